/** What people may do with the alert of each rule: the work that answers it, how it may end, and whether it may be taken on in bulk. */
import type { AlertRuleId } from './absence.js';
import type { Priority } from './facts.js';

/** The work that answers an alert, as the dashboard offers it; most of these records close the alert by themselves. */
export const ALERT_WORK = [
  'decide-route',
  'examine',
  'open-event',
  'enter-result',
  'order-results',
  'contact',
  'log-dose',
  'review-dose',
  'review-course',
  'work-up',
  'rule-out',
  'edit-record',
  'open-chart',
] as const;
export type AlertWork = (typeof ALERT_WORK)[number];

/** How a person may say that an alert has been answered. */
export const ALERT_OUTCOMES = [
  'done',
  'referred',
  'examined',
  'results-ordered',
  'dose-arranged',
  'patient-declined',
  'not-reachable',
  'route-decided',
  'other',
] as const;
export type AlertOutcome = (typeof ALERT_OUTCOMES)[number];

export interface AlertHandling {
  /** Most useful first; never empty. */
  work: readonly AlertWork[];
  /** The outcomes a person may close it with, most usual first; empty: it ends by the fact it asks for and by nothing else. */
  outcomes: readonly AlertOutcome[];
  /** A reminder without danger: several may be acknowledged in one go, without opening each. */
  acknowledgeTogether: boolean;
}

const INJURY: readonly AlertOutcome[] = ['examined', 'referred', 'patient-declined', 'not-reachable', 'other'];
const REVIEW: readonly AlertOutcome[] = ['done', 'results-ordered', 'referred', 'patient-declined', 'not-reachable', 'other'];
// Not "results ordered": an order is no result, and an alert closed by it would wait for nothing any more. It is put off instead.
const BLOOD: readonly AlertOutcome[] = ['done', 'patient-declined', 'not-reachable', 'other'];

const careful = (work: readonly AlertWork[], outcomes: readonly AlertOutcome[]): AlertHandling => ({
  work,
  outcomes,
  acknowledgeTogether: false,
});
const reminder = (work: readonly AlertWork[], outcomes: readonly AlertOutcome[]): AlertHandling => ({
  work,
  outcomes,
  acknowledgeTogether: true,
});

/**
 * By rule. Harmless in bulk are the reminders of planned blood tests and of the record's open questions: nothing happens to the
 * patient while they wait, and acknowledging them closes nothing. Potassium (MON-K48), results out of target, late doses, and all
 * that follows an injury are looked at one by one.
 */
export const ALERT_HANDLING: Readonly<Record<AlertRuleId, AlertHandling>> = {
  'AE-SYSTEMIC': careful(['open-event', 'examine'], INJURY),
  'AE-URGENT': careful(['examine', 'open-event'], INJURY),
  'AE-MASS': careful(['open-event', 'examine'], INJURY),
  'NI-24H': careful(['examine'], INJURY),
  'NI-48H': careful(['examine', 'open-event'], ['referred', ...INJURY.filter((outcome) => outcome !== 'referred')]),
  'NI-2W': careful(['examine', 'open-event'], INJURY),
  'NI-4W': careful(['examine', 'open-event'], INJURY),
  'NI-6W': careful(['examine', 'open-event'], ['done', ...INJURY]),
  'NI-EMG60': careful(['examine', 'open-event'], ['referred', ...INJURY.filter((outcome) => outcome !== 'referred')]),
  'NI-SURG': careful(['open-event', 'examine'], ['done', ...INJURY]),
  'HOLD-DECIDE': careful(['decide-route', 'open-event'], []),
  'HOLD-GAP': careful(['decide-route', 'open-chart'], ['dose-arranged', 'route-decided', 'patient-declined', 'not-reachable', 'other']),
  'DX-CAUSE': reminder(['work-up'], REVIEW),
  'RX-OVERDUE': careful(['contact', 'log-dose'], ['dose-arranged', 'patient-declined', 'not-reachable', 'done', 'other']),
  'RX-RENAL': careful(['review-course'], REVIEW),
  'RX-FOLATE': careful(['edit-record', 'log-dose'], REVIEW),
  'REC-TRUTH': careful(['review-dose'], ['done', 'examined', 'referred', 'other']),
  'MON-BASE': reminder(['enter-result', 'order-results'], BLOOD),
  'MON-K48': careful(['enter-result', 'order-results'], BLOOD),
  'MON-RETIC': reminder(['enter-result', 'order-results'], BLOOD),
  'MON-3-6-12': reminder(['enter-result', 'order-results'], BLOOD),
  'MON-ANNUAL': reminder(['enter-result', 'order-results'], BLOOD),
  'MON-Q3': reminder(['enter-result', 'order-results'], BLOOD),
  'MON-HCY': careful(['open-chart', 'enter-result'], REVIEW),
  'MON-NORESP': careful(['open-chart', 'review-course'], REVIEW),
  'MON-RELAPSE': careful(['open-chart'], ['examined', ...REVIEW]),
  'MON-RULEOUT': reminder(['rule-out'], REVIEW),
};

const HOUR_MS = 3_600_000;
/** How long an alert may sleep, in milliseconds: an emergency never, an urgent one a day. */
export const LONGEST_SNOOZE_MS: Readonly<Record<Priority, number>> = {
  emergency: 0,
  urgent: 24 * HOUR_MS,
  high: 14 * 24 * HOUR_MS,
  normal: 90 * 24 * HOUR_MS,
  low: 180 * 24 * HOUR_MS,
};

/** Whether an alert may be acknowledged together with others: its kind is harmless, and nothing has made it pressing since. */
export function acknowledgesTogether({ ruleId, priority }: { ruleId: string; priority: Priority }): boolean {
  return handlingOf(ruleId).acknowledgeTogether && (priority === 'normal' || priority === 'low');
}

/** The handling of a stored alert. A rule that is no longer in the register is handled like one nobody knows anything about: with care. */
export function handlingOf(ruleId: string): AlertHandling {
  return (ALERT_HANDLING as Readonly<Record<string, AlertHandling>>)[ruleId] ?? careful(['open-chart'], ['done', 'other']);
}
