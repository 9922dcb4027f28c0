import { Button, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { Page } from '../ui/Page.js';

/** A page that the role may not open: says so, and the way back. */
export default function AccessDenied() {
  const translate = useTranslate();
  return (
    <Page title={translate('app.problem.not-permitted')} width="narrow">
      <Typography sx={{ mb: 2 }}>{translate('app.denied')}</Typography>
      <Button component={Link} to="/" variant="contained">
        {translate('app.notFound.home')}
      </Button>
    </Page>
  );
}
