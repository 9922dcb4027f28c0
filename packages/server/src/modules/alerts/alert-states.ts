/** What a person may do with an alert, as data. The system's own steps (raised, woken, escalated, closed, reopened) are SQL. */
import type { Priority, Role } from '@vastus/clinical';

export type AlertState = 'open' | 'acknowledged' | 'snoozed' | 'resolved' | 'dismissed' | 'closed';
export type AlertAction = 'acknowledge' | 'snooze' | 'resolve' | 'dismiss';

export const TRANSITIONS: Readonly<Record<AlertAction, { from: readonly AlertState[]; to: AlertState }>> = {
  acknowledge: { from: ['open'], to: 'acknowledged' },
  snooze: { from: ['open', 'acknowledged', 'snoozed'], to: 'snoozed' },
  resolve: { from: ['open', 'acknowledged', 'snoozed'], to: 'resolved' },
  dismiss: { from: ['open', 'acknowledged', 'snoozed'], to: 'dismissed' },
};

const HOUR_MS = 3_600_000;
/** How long an alert may sleep: an emergency never, an urgent one a day. */
export const LONGEST_SNOOZE_MS: Readonly<Record<Priority, number>> = {
  emergency: 0,
  urgent: 24 * HOUR_MS,
  high: 14 * 24 * HOUR_MS,
  normal: 90 * 24 * HOUR_MS,
  low: 180 * 24 * HOUR_MS,
};

/** Alerts that end by the fact they ask for and by nothing else. */
export const ENDS_BY_FACT_ONLY: ReadonlySet<string> = new Set(['HOLD-DECIDE']);

/** A physician may act for a nurse, never the other way round. */
export function mayAct(role: Role, owner: Role): boolean {
  return role === owner || (role === 'physician' && owner === 'nurse');
}
