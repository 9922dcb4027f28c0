import { Box, Skeleton, Typography } from '@mui/material';
import { visuallyHidden } from '@mui/utils';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';

/** Injections per day as bars; each bar says its day and number to those who cannot see it. */
export function DayBars({ days }: { days: readonly { on: string; count: number }[] }) {
  const translate = useTranslate();
  const format = useFormat();
  const most = Math.max(1, ...days.map(({ count }) => count));
  return (
    <Box
      component="ol"
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        display: 'grid',
        gridAutoFlow: 'column',
        gridAutoColumns: '1fr',
        gap: { xs: 0.5, sm: 1 },
        alignItems: 'end',
      }}
    >
      {days.map(({ on, count }, index) => (
        <Box component="li" key={on} sx={{ display: 'grid', gap: 0.5, justifyItems: 'center', minWidth: 0 }}>
          <Box component="span" sx={visuallyHidden}>
            {translate('home.administrator.perDayOf', { date: format.date(on), smart_count: count })}
          </Box>
          <Typography aria-hidden variant="caption" className="tabular" color="text.secondary" sx={{ fontSize: '0.75rem' }}>
            {count || ''}
          </Typography>
          <Box
            aria-hidden
            sx={({ palette }) => ({
              width: '100%',
              maxWidth: 36,
              borderRadius: '4px 4px 2px 2px',
              height: Math.max(3, (count / most) * 96),
              bgcolor: count ? palette.tone.accent.solid : palette.divider,
            })}
          />
          <Typography
            aria-hidden
            variant="caption"
            className="tabular"
            color="text.secondary"
            noWrap
            sx={{ fontSize: '0.6875rem', visibility: index % 2 === (days.length - 1) % 2 ? 'visible' : 'hidden' }}
          >
            {format.date(on, 'month')}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}

/** The place of the bars while they are on their way. */
export const DayBarsPending = () => <Skeleton variant="rounded" height={137} />;
