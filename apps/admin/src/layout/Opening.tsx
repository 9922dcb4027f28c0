import { Box, CssBaseline } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useDelayed } from '../ui/useDelayed.js';
import { Logo } from './Logo.js';

/** After this long the page's own opening (index.html) has shown the mark, which then stays. */
const MARK_AFTER_MS = 400;

/** The quiet screen before the first page: nothing for a moment, so that a fast start does not flicker, then the mark. */
export function Opening() {
  const translate = useTranslate();
  const slow = useDelayed(true, MARK_AFTER_MS, performance.now() > MARK_AFTER_MS);
  return (
    <Box role="status" aria-label={translate('app.problem.loading')} sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center' }}>
      <CssBaseline enableColorScheme />
      {slow && <Logo size={48} />}
    </Box>
  );
}
