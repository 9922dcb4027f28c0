import { Box, Button, CssBaseline, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Logo } from './Logo.js';

/** When not even the frame can be drawn: what happened, and the one thing that helps. */
export function Broken() {
  const translate = useTranslate();
  return (
    <Box
      component="main"
      role="alert"
      sx={{ minHeight: '100vh', display: 'grid', placeContent: 'center', justifyItems: 'center', gap: 2, p: 3 }}
    >
      <CssBaseline enableColorScheme />
      <Logo size={48} />
      <Typography variant="h1">{translate('app.problem.crashed')}</Typography>
      <Typography color="text.secondary" sx={{ maxWidth: 420, textAlign: 'center' }}>
        {translate('app.problem.crashedText')}
      </Typography>
      <Button variant="contained" onClick={() => window.location.reload()}>
        {translate('app.problem.reload')}
      </Button>
    </Box>
  );
}
