import { Box, Button } from '@mui/material';
import { useEffect, useRef } from 'react';
import { useTranslate } from 'react-admin';

interface MoreRowsProps {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** The end of a keyset list: fetches the next page when it comes into view, and on a click. */
export function MoreRows({ hasNextPage, isFetchingNextPage, fetchNextPage }: MoreRowsProps) {
  const translate = useTranslate();
  const end = useRef<HTMLDivElement>(null);
  const next = useRef(fetchNextPage);
  next.current = fetchNextPage;

  useEffect(() => {
    if (!hasNextPage || isFetchingNextPage || !end.current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && next.current(), { rootMargin: '300px' });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [hasNextPage, isFetchingNextPage]);

  if (!hasNextPage) return null;
  return (
    <Box ref={end} sx={{ display: 'grid', placeItems: 'center', p: 2 }}>
      <Button onClick={() => fetchNextPage()} disabled={isFetchingNextPage}>
        {translate(isFetchingNextPage ? 'app.problem.loading' : 'app.action.more')}
      </Button>
    </Box>
  );
}
