import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslate } from 'react-admin';
import { hasTyped } from '../connection/typed.js';
import { SubmitKeys, submitByKeys } from './KeyCap.js';
import { ProblemAlert } from './ProblemAlert.js';

interface FormDialogProps {
  title: string;
  explain?: ReactNode;
  submit: string;
  ready: boolean;
  busy: boolean;
  error: unknown;
  tone?: 'primary' | 'error' | 'warning';
  onClose: () => void;
  onSubmit: () => void;
  children?: ReactNode;
}

/** Where the first question is a choice, the arrow keys answer it at once. A text field is left alone: on a tablet it would open the keyboard. */
function answerByKeys(form: HTMLFormElement | null): void {
  if (form === null || form.contains(document.activeElement)) return;
  form.querySelector<HTMLElement>('input[type=radio]:checked, input[type=radio]')?.focus();
}

/** A dialog with a few fields, its problem under them, and one way on. */
export function FormDialog({ title, explain, submit, ready, busy, error, tone = 'primary', onClose, onSubmit, children }: FormDialogProps) {
  const translate = useTranslate();
  const heading = useId();
  return (
    <Dialog
      open
      // A touch beside the dialog must not throw away what was typed into it.
      onClose={busy ? undefined : (_, reason) => !(reason === 'backdropClick' && hasTyped()) && onClose()}
      fullWidth
      maxWidth="sm"
      aria-labelledby={heading}
    >
      <form
        ref={answerByKeys}
        onKeyDown={submitByKeys}
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (ready && !busy) onSubmit();
        }}
      >
        <DialogTitle id={heading}>{title}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2.5, pt: 1 }}>
            {explain && <Typography color="text.secondary">{explain}</Typography>}
            <ProblemAlert error={error} />
            {children}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy} color="inherit">
            {translate('app.action.cancel')}
          </Button>
          <Button type="submit" variant="contained" color={tone} disabled={!ready || busy}>
            {submit}
            <SubmitKeys />
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
