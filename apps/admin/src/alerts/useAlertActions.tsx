/** What a person can do with an alert. Everything is written first and shown afterwards: no optimistic state. */
import { Button, SnackbarContent, Typography } from '@mui/material';
import { type AlertWork, handlingOf, LONGEST_SNOOZE_MS } from '@vastus/clinical';
import { type AlertRow, actsFor, ROUTES } from '@vastus/contract';
import { type ReactNode, useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useSend } from '../api/queries.js';
import { RouteDecisionDialog } from '../chart/RouteDecisionDialog.js';
import { CallDialog } from '../home/CallDialog.js';
import { useWords } from '../i18n/useWords.js';
import { type SignedIn, useSession } from '../session/useSession.js';
import { nameOf } from '../ui/PatientLine.js';
import { ReasonDialog } from '../ui/ReasonDialog.js';
import { ResolveDialog } from './ResolveDialog.js';
import { SnoozeDialog } from './SnoozeDialog.js';

export type AlertAction = 'acknowledge' | 'snooze' | 'resolve' | 'dismiss' | 'undo';
/** The work that is done in a dialog here; all other work has a page of its own. */
export type AlertDialogWork = Extract<AlertWork, 'decide-route' | 'order-results' | 'contact'>;

const ACTIVE: readonly AlertRow['state'][] = ['open', 'acknowledged', 'snoozed'];
export const isActive = ({ state }: AlertRow) => ACTIVE.includes(state);

/** What this alert still allows this person; the server decides in the end. */
export function actionsOf(
  { state, dismissible, ruleId, priority, ownerRole }: AlertRow,
  { role, may }: Pick<SignedIn, 'role' | 'may'>,
): AlertAction[] {
  if (!ACTIVE.includes(state) || !may('alert.act') || !actsFor(role, ownerRole)) return [];
  const actions: AlertAction[] = state === 'open' ? ['acknowledge'] : ['undo'];
  if (state !== 'snoozed' && LONGEST_SNOOZE_MS[priority] > 0) actions.push('snooze');
  if (handlingOf(ruleId).outcomes.length > 0) actions.push('resolve');
  if (dismissible) actions.push('dismiss');
  return actions;
}

interface AlertActions {
  act: (action: AlertAction, alert: AlertRow) => void;
  work: (work: AlertDialogWork, alert: AlertRow, phone: string | null) => void;
  /** Takes back the last step of this page, if it can be. */
  undoLast: () => void;
  /** The alert being written. */
  busy: string | null;
  /** A dialog is open: the keyboard belongs to it. */
  asking: boolean;
  dialogs: ReactNode;
}

/** `onDone` is told which alert changed and how, so that a list can move on to the next. */
export function useAlertActions(onDone?: (alertId: string, action: AlertAction | AlertDialogWork) => void): AlertActions {
  const translate = useTranslate();
  const words = useWords();
  const notify = useNotify();
  const session = useSession();
  const [asked, setAsked] = useState<{ action: AlertAction | AlertDialogWork; alert: AlertRow; phone?: string | null } | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [undoable, setUndoable] = useState<AlertRow | null>(null);
  const acknowledge = useSend(ROUTES.acknowledgeAlert);
  const undo = useSend(ROUTES.undoAlert);
  const snooze = useSend(ROUTES.snoozeAlert);
  const resolve = useSend(ROUTES.resolveAlert);
  const dismiss = useSend(ROUTES.dismissAlert);
  const t = (key: string, options?: Record<string, unknown>) => translate(`alerts.${key}`, options);

  const written = (alert: AlertRow, action: AlertAction) => ({
    onSuccess: () => {
      setAsked(null);
      const text = t(`did.${action}`, { rule: words.word('rule', alert.ruleId) });
      const back = action === 'acknowledge' || action === 'snooze';
      setUndoable(back ? alert : null);
      if (back) notify(<UndoNotice text={text} onUndo={() => takeBack(alert)} />, { autoHideDuration: 10_000 });
      else notify(text, { type: 'success' });
      onDone?.(alert.id, action);
    },
    onSettled: () => setBusy(null),
  });
  const directly = (alert: AlertRow, action: AlertAction) => ({
    ...written(alert, action),
    onError: (problem: { code: string }) => notify(`app.problem.${problem.code}`, { type: 'error' }),
  });
  const takeBack = (alert: AlertRow) => {
    setBusy(alert.id);
    undo.mutate({ params: { alertId: alert.id }, body: {} }, directly(alert, 'undo'));
  };
  const act = (action: AlertAction, alert: AlertRow) => {
    if (busy) return;
    // A key was pressed for which there is no button: nothing happens, and that is said.
    if (!actionsOf(alert, session).includes(action)) return notify(t('notOffered'), { type: 'info' });
    for (const mutation of [acknowledge, undo, snooze, resolve, dismiss]) mutation.reset();
    if (action === 'undo') return takeBack(alert);
    if (action !== 'acknowledge') return setAsked({ action, alert });
    setBusy(alert.id);
    acknowledge.mutate({ params: { alertId: alert.id }, body: {} }, directly(alert, 'acknowledge'));
  };

  const close = () => setAsked(null);
  const alert = asked?.alert;
  const about = alert ? `${words.word('rule', alert.ruleId)} – ${nameOf(alert.patient)}` : '';
  const dialogs = alert && (
    <>
      {(asked.action === 'snooze' || asked.action === 'order-results') && (
        <SnoozeDialog
          alert={alert}
          about={about}
          ordered={asked.action === 'order-results'}
          busy={snooze.isPending}
          error={snooze.error}
          onClose={close}
          onSnooze={(until, reason) => {
            setBusy(alert.id);
            snooze.mutate({ params: { alertId: alert.id }, body: { until, reason }, ifMatch: alert.version }, written(alert, 'snooze'));
          }}
        />
      )}
      {asked.action === 'resolve' && (
        <ResolveDialog
          ruleId={alert.ruleId}
          about={about}
          busy={resolve.isPending}
          error={resolve.error}
          onClose={close}
          onResolve={(outcome, reason) => {
            setBusy(alert.id);
            resolve.mutate({ params: { alertId: alert.id }, body: { outcome, reason } }, written(alert, 'resolve'));
          }}
        />
      )}
      {asked.action === 'decide-route' && (
        <RouteDecisionDialog
          patientId={alert.patient.id}
          who={nameOf(alert.patient)}
          onClose={() => {
            close();
            onDone?.(alert.id, 'decide-route');
          }}
        />
      )}
      {asked.action === 'contact' && (
        <CallDialog
          row={{ patient: alert.patient, courseId: alert.subjectId, phone: asked.phone ?? null, phoneWrong: false, contact: null }}
          onClose={() => {
            close();
            onDone?.(alert.id, 'contact');
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
  return {
    act,
    work: (work, about_, phone) => setAsked({ action: work, alert: about_, phone }),
    undoLast: () => undoable && !busy && takeBack(undoable),
    busy,
    asking: asked !== null,
    dialogs,
  };
}

function UndoNotice({ text, onUndo }: { text: string; onUndo: () => void }) {
  const translate = useTranslate();
  const [used, setUsed] = useState(false);
  return (
    <SnackbarContent
      message={text}
      action={
        <Button
          color="inherit"
          variant="outlined"
          size="small"
          disabled={used}
          sx={{ bgcolor: 'transparent', borderColor: 'currentcolor' }}
          onClick={() => {
            setUsed(true);
            onUndo();
          }}
        >
          {translate('alerts.undo')}
        </Button>
      }
    />
  );
}
