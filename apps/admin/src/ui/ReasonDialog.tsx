import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, Stack, TextField } from '@mui/material';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import { SubmitKeys, submitByKeys } from './KeyCap.js';
import { ProblemAlert } from './ProblemAlert.js';

interface ReasonDialogProps {
  open: boolean;
  title: string;
  /** What will happen, before the reason is asked for. */
  explain?: ReactNode;
  confirm: string;
  label?: string;
  help?: string;
  tone?: 'primary' | 'error' | 'warning';
  /** The contract's reasons have ten characters at least. */
  minLength?: number;
  start?: string;
  /** Ready-made words that fill the field. */
  suggestions?: readonly string[];
  busy?: boolean;
  error?: unknown;
  /** Further fields, above the reason. */
  children?: ReactNode;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}

/** Asks why before something that somebody will read later. Confirming is possible once the reason is long enough. */
export function ReasonDialog({
  open,
  title,
  explain,
  confirm,
  label,
  help,
  tone = 'primary',
  minLength = 10,
  start = '',
  suggestions = [],
  busy = false,
  error,
  children,
  onClose,
  onConfirm,
}: ReasonDialogProps) {
  const translate = useTranslate();
  const [reason, setReason] = useState(start);
  useEffect(() => {
    if (open) setReason(start);
  }, [open, start]);
  const enough = reason.trim().length >= minLength;
  return (
    <Dialog open={open} onClose={busy ? undefined : onClose} fullWidth maxWidth="sm" aria-labelledby="reason-title">
      <form
        onKeyDown={submitByKeys}
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (enough && !busy) onConfirm(reason.trim());
        }}
      >
        <DialogTitle id="reason-title">{title}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2 }}>
            {explain && <DialogContentText component="div">{explain}</DialogContentText>}
            {children}
            {suggestions.length > 0 && (
              <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1 }}>
                {suggestions.map((words) => (
                  <Button key={words} size="small" variant="outlined" color="inherit" onClick={() => setReason(words)}>
                    {words}
                  </Button>
                ))}
              </Stack>
            )}
            <TextField
              autoFocus
              multiline
              minRows={2}
              required={minLength > 0}
              label={label ?? translate('app.reason.label')}
              helperText={help ?? (minLength >= 10 ? translate('app.reason.help') : undefined)}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              slotProps={{ htmlInput: { maxLength: 2000 } }}
            />
            <ProblemAlert error={error} />
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2.5 }}>
          <Button onClick={onClose} disabled={busy}>
            {translate('app.action.cancel')}
          </Button>
          <Button type="submit" variant="contained" color={tone} disabled={!enough || busy}>
            {confirm}
            <SubmitKeys />
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
