import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';

/** Says that an administrator has ended the access, to somebody in the middle of their work. */
export function AccessEnded({ clinic, onLeave }: { clinic: string; onLeave: () => void }) {
  const translate = useTranslate();
  return (
    <Dialog open maxWidth="xs" fullWidth role="alertdialog" aria-labelledby="access-ended" aria-describedby="access-ended-why">
      <DialogTitle id="access-ended">{translate('staff.accessEnded.title')}</DialogTitle>
      <DialogContent>
        <Typography id="access-ended-why">{translate('staff.accessEnded.text', { clinic })}</Typography>
      </DialogContent>
      <DialogActions>
        <Button autoFocus variant="contained" onClick={onLeave}>
          {translate('staff.accessEnded.leave')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
