import { Alert, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { startNewVersion, useNewVersion } from './newVersion.js';

/** Offers the new version; nobody has to take it now. */
export function NewVersion() {
  const translate = useTranslate();
  if (!useNewVersion()) return null;
  return (
    <Alert
      severity="info"
      className="no-print"
      sx={{ mb: 2 }}
      action={
        <Button color="inherit" size="small" onClick={startNewVersion}>
          {translate('connection.version.start')}
        </Button>
      }
    >
      {translate('connection.version.ready')}
    </Alert>
  );
}
