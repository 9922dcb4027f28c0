import { Box, Skeleton } from '@mui/material';
import { useTranslate } from 'react-admin';

/** Keeps the place of lines that are on their way, so that what stands below them does not jump when they come. */
export function LinesPending({ lines }: { lines: number }) {
  const translate = useTranslate();
  return (
    <Box role="status" aria-label={translate('app.problem.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all the same
        <Box key={line} sx={{ height: 66, px: 2.5, display: 'flex', alignItems: 'center', borderTop: 1, borderColor: 'divider' }}>
          <Skeleton width={`${70 - ((line * 13) % 30)}%`} height={22} />
        </Box>
      ))}
    </Box>
  );
}
