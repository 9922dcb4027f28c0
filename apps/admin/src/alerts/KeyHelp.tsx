import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, FormControlLabel, Switch, Typography } from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import { KeyCap } from '../ui/KeyCap.js';
import { QUEUE_KEYS } from './useQueueKeys.js';

const SHORT = ['j', 'k', 'a', 's', 'r', 'o', '?'] as const;

interface Props {
  listening: boolean;
  onListening: (listening: boolean) => void;
}

/** The keys in one line above the queue, with the switch that turns them off. */
export function KeyLine({ listening, onListening }: Props) {
  const translate = useTranslate();
  return (
    <>
      {listening && (
        <Typography variant="caption" color="text.secondary" component="div" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}>
          {SHORT.map((key) => (
            <span key={key}>
              <KeyCap>{key}</KeyCap> {translate(`alerts.keys.${key}`)}
            </span>
          ))}
        </Typography>
      )}
      <KeySwitch listening={listening} onListening={onListening} />
    </>
  );
}

/** Single-letter shortcuts can be switched off: speech input types letters, too. */
function KeySwitch({ listening, onListening }: Props) {
  const translate = useTranslate();
  return (
    <FormControlLabel
      sx={{ ml: 'auto', mr: 0 }}
      control={<Switch size="small" checked={listening} onChange={({ target }) => onListening(target.checked)} />}
      label={<Typography variant="caption">{translate('alerts.keys.label')}</Typography>}
    />
  );
}

/** Every key, in words. */
export function KeyHelp({ onClose, ...keys }: Props & { onClose: () => void }) {
  const translate = useTranslate();
  const heading = useId();
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={heading}>
      <DialogTitle id={heading}>{translate('alerts.keys.title')}</DialogTitle>
      <DialogContent>
        <Box
          component="dl"
          sx={{
            display: 'grid',
            gridTemplateColumns: '40px 1fr',
            rowGap: 1,
            m: 0,
            mb: 2,
            alignItems: 'baseline',
            '& dt, & dd': { m: 0 },
          }}
        >
          {QUEUE_KEYS.map((key) => (
            <Box key={key} sx={{ display: 'contents' }}>
              <dt>
                <KeyCap>{key}</KeyCap>
              </dt>
              <dd>{translate(`alerts.keys.long.${key}`)}</dd>
            </Box>
          ))}
        </Box>
        <KeySwitch {...keys} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('alerts.keys.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
