import { Box, CssBaseline } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useDelayed } from '../ui/useDelayed.js';
import { Logo } from './Logo.js';

/** The quiet screen before the first page: nothing for a moment, so that a fast start does not flicker, then the mark. */
export function Opening() {
  const translate = useTranslate();
  const slow = useDelayed(true, 400, false);
  return (
    <Box role="status" aria-label={translate('app.problem.loading')} sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center' }}>
      <CssBaseline enableColorScheme />
      {slow && <Logo size={48} />}
    </Box>
  );
}
