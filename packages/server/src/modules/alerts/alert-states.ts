/** What a person may do with an alert, as data. The system's own steps (raised, woken, escalated, closed, reopened) are SQL. */
export type AlertState = 'open' | 'acknowledged' | 'snoozed' | 'resolved' | 'dismissed' | 'closed';
export type AlertAction = 'acknowledge' | 'snooze' | 'resolve' | 'dismiss';

export const TRANSITIONS: Readonly<Record<AlertAction, { from: readonly AlertState[]; to: AlertState }>> = {
  acknowledge: { from: ['open'], to: 'acknowledged' },
  snooze: { from: ['open', 'acknowledged', 'snoozed'], to: 'snoozed' },
  resolve: { from: ['open', 'acknowledged', 'snoozed'], to: 'resolved' },
  dismiss: { from: ['open', 'acknowledged', 'snoozed'], to: 'dismissed' },
};

/** The steps that can be taken back, by whoever may act, while nothing else has happened since. Ending an alert is a decision and stays. */
export const UNDOABLE: ReadonlySet<string> = new Set<AlertAction>(['acknowledge', 'snooze']);

/** What waits longer than this for its alert is late: the job that raises alerts comes every minute. */
export const ALERT_LATE_MS = 300_000;
