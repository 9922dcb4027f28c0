/** What a person can do with an alert. Everything is written first and shown afterwards: no optimistic state. */
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField, Typography } from '@mui/material';
import { addDays } from '@vastus/clinical';
import { ALERT_OUTCOMES, type AlertRow, ROUTES } from '@vastus/contract';
import { type ReactNode, useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { useWords } from '../i18n/useWords.js';
import { fromLocal } from '../injections/clinicTime.js';
import { useSession } from '../session/useSession.js';
import { FormDialog } from '../ui/FormDialog.js';
import { nameOf } from '../ui/PatientLine.js';
import { ProblemAlert } from '../ui/ProblemAlert.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { Segmented } from '../ui/Segmented.js';

export type AlertAction = 'acknowledge' | 'snooze' | 'resolve' | 'dismiss';

/** What this alert still allows; the server decides in the end. */
export function actionsOf({ state, dismissible }: AlertRow): AlertAction[] {
  if (state !== 'open' && state !== 'acknowledged' && state !== 'snoozed') return [];
  const actions: AlertAction[] = state === 'open' ? ['acknowledge'] : [];
  if (state !== 'snoozed') actions.push('snooze');
  actions.push('resolve');
  if (dismissible) actions.push('dismiss');
  return actions;
}

interface AlertActions {
  act: (action: AlertAction, alert: AlertRow) => void;
  /** The alert being written. */
  busy: string | null;
  /** A dialog is open: the keyboard belongs to it. */
  asking: boolean;
  dialogs: ReactNode;
}

/** `onDone` is told which alert changed, so that a list can move on to the next. */
export function useAlertActions(onDone?: (alertId: string) => void): AlertActions {
  const translate = useTranslate();
  const words = useWords();
  const notify = useNotify();
  const { may } = useSession();
  const [asked, setAsked] = useState<{ action: AlertAction; alert: AlertRow } | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const acknowledge = useSend(ROUTES.acknowledgeAlert);
  const snooze = useSend(ROUTES.snoozeAlert);
  const resolve = useSend(ROUTES.resolveAlert);
  const dismiss = useSend(ROUTES.dismissAlert);
  const t = (key: string, options?: Record<string, unknown>) => translate(`alerts.${key}`, options);

  const written = (alert: AlertRow, said: string) => ({
    onSuccess: () => {
      setAsked(null);
      notify(t(`did.${said}`, { rule: words.word('rule', alert.ruleId) }), { type: 'success' });
      onDone?.(alert.id);
    },
    onSettled: () => setBusy(null),
  });
  const act = (action: AlertAction, alert: AlertRow) => {
    if (!may('alert.act') || busy || !actionsOf(alert).includes(action)) return;
    for (const mutation of [acknowledge, snooze, resolve, dismiss]) mutation.reset();
    if (action !== 'acknowledge') return setAsked({ action, alert });
    setBusy(alert.id);
    acknowledge.mutate(
      { params: { alertId: alert.id }, body: {} },
      { ...written(alert, 'acknowledge'), onError: (problem) => notify(`app.problem.${problem.code}`, { type: 'error' }) },
    );
  };

  const close = () => setAsked(null);
  const alert = asked?.alert;
  const about = alert && `${words.word('rule', alert.ruleId)} – ${nameOf(alert.patient)}`;
  const dialogs = alert && (
    <>
      {asked.action === 'snooze' && (
        <SnoozeDialog
          about={about ?? ''}
          busy={snooze.isPending}
          error={snooze.error}
          onClose={close}
          onSnooze={(until, reason) => {
            setBusy(alert.id);
            snooze.mutate({ params: { alertId: alert.id }, body: { until, reason } }, written(alert, 'snooze'));
          }}
        />
      )}
      {asked.action === 'resolve' && (
        <ResolveDialog
          about={about ?? ''}
          busy={resolve.isPending}
          error={resolve.error}
          onClose={close}
          onResolve={(outcome, reason) => {
            setBusy(alert.id);
            resolve.mutate({ params: { alertId: alert.id }, body: { outcome, reason } }, written(alert, 'resolve'));
          }}
        />
      )}
      <ReasonDialog
        open={asked.action === 'dismiss'}
        title={t('dismiss.title')}
        explain={
          <>
            <Typography sx={{ fontWeight: 600 }}>{about}</Typography>
            {t('dismiss.explain')}
          </>
        }
        confirm={t('action.dismiss')}
        busy={dismiss.isPending}
        error={dismiss.error}
        onClose={close}
        onConfirm={(reason) => {
          setBusy(alert.id);
          dismiss.mutate({ params: { alertId: alert.id }, body: { reason } }, written(alert, 'dismiss'));
        }}
      />
    </>
  );
  return { act, busy, asking: asked !== null, dialogs };
}

interface SnoozeDialogProps {
  about: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onSnooze: (until: string, reason: string | null) => void;
}

/** It comes back in the morning of the day chosen. */
function SnoozeDialog({ about, busy, error, onClose, onSnooze }: SnoozeDialogProps) {
  const translate = useTranslate();
  const { today, zone } = useSession();
  const [on, setOn] = useState('');
  const [reason, setReason] = useState('');
  const t = (key: string) => translate(`alerts.snooze.${key}`);
  const tomorrow = addDays(today, 1);
  const send = (date: string) => {
    const until = fromLocal(`${date}T07:00`, zone);
    if (until) onSnooze(until, reason.trim() || null);
  };
  return (
    <Dialog open onClose={busy ? undefined : onClose} fullWidth maxWidth="xs" aria-labelledby="snooze-title">
      <DialogTitle id="snooze-title">{t('title')}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          <Typography sx={{ fontWeight: 600 }}>{about}</Typography>
          <TextField
            label={t('reason')}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
            slotProps={{ htmlInput: { maxLength: 500 } }}
          />
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
            <Button autoFocus variant="outlined" disabled={busy} onClick={() => send(tomorrow)}>
              {t('tomorrow')}
            </Button>
            <Button variant="outlined" disabled={busy} onClick={() => send(addDays(today, 7))}>
              {t('week')}
            </Button>
          </Stack>
          <Stack direction="row" sx={{ gap: 1, alignItems: 'flex-start' }}>
            <TextField
              type="date"
              label={t('date')}
              value={on}
              onChange={({ target }) => setOn(target.value)}
              slotProps={{ inputLabel: { shrink: true }, htmlInput: { min: tomorrow } }}
            />
            <Button variant="outlined" sx={{ mt: 0.5 }} disabled={busy || on < tomorrow} onClick={() => send(on)}>
              {t('until')}
            </Button>
          </Stack>
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

interface ResolveDialogProps {
  about: string;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onResolve: (outcome: (typeof ALERT_OUTCOMES)[number], reason: string | null) => void;
}

function ResolveDialog({ about, busy, error, onClose, onResolve }: ResolveDialogProps) {
  const translate = useTranslate();
  const words = useWords();
  const [outcome, setOutcome] = useState<(typeof ALERT_OUTCOMES)[number] | null>(null);
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={translate('alerts.resolve.title')}
      explain={about}
      submit={translate('alerts.resolve.confirm')}
      ready={outcome !== null && (outcome !== 'other' || reason.trim().length > 0)}
      busy={busy}
      error={error}
      onClose={onClose}
      onSubmit={() => outcome && onResolve(outcome, reason.trim() || null)}
    >
      <Segmented
        large
        label={translate('alerts.resolve.outcome')}
        value={outcome}
        onChange={setOutcome}
        options={ALERT_OUTCOMES.map((code) => ({ value: code, label: words.word('outcome', code) }))}
      />
      <TextField
        label={translate('alerts.resolve.note')}
        required={outcome === 'other'}
        multiline
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        slotProps={{ htmlInput: { maxLength: 2000 } }}
      />
    </FormDialog>
  );
}
