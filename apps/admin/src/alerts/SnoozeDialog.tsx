import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField, Typography } from '@mui/material';
import { addDays, addHours, dateInZone, type Instant, LONGEST_SNOOZE_MS, weekdayOf } from '@vastus/clinical';
import type { AlertRow } from '@vastus/contract';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useFormat } from '../format.js';
import { fromLocal, useServerNow } from '../injections/clinicTime.js';
import { useSession } from '../session/useSession.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';

/** Nobody looks at the queue before that. */
const MORNING = '07:00';

interface Props {
  alert: AlertRow;
  about: string;
  /** Results were ordered: it comes back if they have not come by then. */
  ordered?: boolean;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onSnooze: (until: Instant, reason: string | null) => void;
}

/** It comes back in the morning of the day chosen, or in a few hours where it must not rest longer. */
export function SnoozeDialog({ alert, about, ordered = false, busy, error, onClose, onSnooze }: Props) {
  const translate = useTranslate();
  const format = useFormat();
  const { today, zone } = useSession();
  const now = useServerNow()();
  const [on, setOn] = useState('');
  const t = (key: string, options?: Record<string, unknown>) => translate(`alerts.${ordered ? 'order' : 'snooze'}.${key}`, options);
  const [reason, setReason] = useState(ordered ? t('reasonStart') : '');
  const latest = new Date(Date.parse(now) + LONGEST_SNOOZE_MS[alert.priority]).toISOString();
  const latestOn = dateInZone(latest, zone);
  const tomorrow = addDays(today, 1);
  const morningOf = (date: string) => fromLocal(`${date}T${MORNING}`, zone);
  const presets: { key: string; until: Instant | null }[] = ordered
    ? [
        { key: 'days3', until: morningOf(addDays(today, 3)) },
        { key: 'week', until: morningOf(addDays(today, 7)) },
        { key: 'weeks2', until: morningOf(addDays(today, 14)) },
      ]
    : [
        ...(alert.priority === 'urgent' ? [2, 4].map((hours) => ({ key: `hours${hours}`, until: addHours(now, hours) })) : []),
        { key: 'tomorrow', until: morningOf(tomorrow) },
        { key: 'monday', until: morningOf(addDays(today, 8 - weekdayOf(today))) },
        { key: 'week', until: morningOf(addDays(today, 7)) },
        { key: 'weeks2', until: morningOf(addDays(today, 14)) },
        { key: 'month', until: morningOf(addDays(today, 30)) },
      ];
  const offered = presets.filter(
    ({ until }, index) => until !== null && until <= latest && presets.findIndex((other) => other.until === until) === index,
  );
  const send = (until: Instant | null) => until && onSnooze(until, reason.trim() || null);
  return (
    <Dialog open onClose={busy ? undefined : onClose} fullWidth maxWidth="xs" aria-labelledby="snooze-title">
      <DialogTitle id="snooze-title">{t('title')}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          <Typography sx={{ fontWeight: 600 }}>{about}</Typography>
          <TextField
            label={translate('alerts.snooze.reason')}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            slotProps={{ htmlInput: { maxLength: 500 } }}
          />
          <Box
            role="group"
            aria-label={translate('alerts.snooze.presets')}
            sx={{ display: 'grid', gap: 1, gridTemplateColumns: '1fr 1fr' }}
          >
            {offered.map(({ key, until }, index) => (
              <Button
                key={key}
                autoFocus={index === 0}
                variant="outlined"
                disabled={busy}
                onClick={() => send(until)}
                sx={{ display: 'block', textAlign: 'left', lineHeight: 1.3, py: 0.75 }}
              >
                {translate(`alerts.snooze.preset.${key}`)}
                <Typography component="span" variant="caption" color="text.secondary" className="tabular" sx={{ display: 'block' }}>
                  {format.instant(until)}
                </Typography>
              </Button>
            ))}
          </Box>
          {latestOn > today && (
            <Stack direction="row" sx={{ gap: 1, alignItems: 'flex-start' }}>
              <TextField
                type="date"
                label={translate('alerts.snooze.date')}
                value={on}
                onChange={({ target }) => setOn(target.value)}
                helperText={translate('alerts.snooze.atMost', { date: format.date(latestOn) })}
                slotProps={{ inputLabel: { shrink: true }, htmlInput: { min: tomorrow, max: latestOn } }}
              />
              <Button
                variant="outlined"
                sx={{ mt: 0.5 }}
                disabled={busy || on < tomorrow || (morningOf(on) ?? latest) > latest}
                onClick={() => send(morningOf(on))}
              >
                {translate('alerts.snooze.until')}
              </Button>
            </Stack>
          )}
          <ProblemAlert error={error} />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {translate('app.action.cancel')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
