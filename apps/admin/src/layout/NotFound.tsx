import { Button, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { Page } from '../ui/Page.js';

export default function NotFound() {
  const translate = useTranslate();
  return (
    <Page title={translate('app.notFound.title')} width="narrow">
      <Typography sx={{ mb: 2 }}>{translate('app.notFound.text')}</Typography>
      <Button component={Link} to="/" variant="contained">
        {translate('app.notFound.home')}
      </Button>
    </Page>
  );
}
