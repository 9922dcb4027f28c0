import type { RuleId } from './rule-types.js';

/** The rules that make milestones, and so alerts. */
export const ALERT_RULE_IDS = [
  'AE-SYSTEMIC',
  'AE-URGENT',
  'AE-MASS',
  'NI-24H',
  'NI-48H',
  'NI-2W',
  'NI-4W',
  'NI-6W',
  'NI-EMG60',
  'NI-SURG',
  'HOLD-DECIDE',
  'HOLD-GAP',
  'DX-CAUSE',
  'RX-OVERDUE',
  'RX-RENAL',
  'RX-FOLATE',
  'REC-TRUTH',
  'MON-BASE',
  'MON-K48',
  'MON-RETIC',
  'MON-3-6-12',
  'MON-ANNUAL',
  'MON-Q3',
  'MON-HCY',
  'MON-NORESP',
  'MON-RELAPSE',
  'MON-RULEOUT',
] as const satisfies readonly RuleId[];
export type AlertRuleId = (typeof ALERT_RULE_IDS)[number];

/**
 * `applies` = the facts ask for an alert now; where there is none, a person has closed or snoozed it. `not-yet` = it opens later, or
 * waits for something to count from. `cancelled-cause` = what it stood for has gone. `met` = it was answered. `not-applicable` = nothing
 * of this patient calls for it.
 */
export type AbsenceVerdict = 'applies' | 'not-yet' | 'cancelled-cause' | 'met' | 'not-applicable';

export interface AbsenceReason {
  /** Stable code, used as a translation key. */
  code: AbsenceCode;
  facts: Record<string, unknown>;
}

export type AbsenceCode =
  | 'open-since'
  | 'opens-later'
  | 'met-by'
  | 'result-before-window'
  | 'result-after-window'
  | 'patient-deceased'
  | 'no-b12-course'
  | 'course-ended'
  | 'plan-none'
  | 'other-plan'
  | 'no-first-dose'
  | 'began-in-maintenance'
  | 'no-anemia-at-baseline'
  | 'not-in-protocol-version'
  | 'before-version'
  | 'hematocrit-normal'
  | 'no-result-in-window'
  | 'value-at-target'
  | 'response-seen'
  | 'no-symptom-scores'
  | 'not-stabilized'
  | 'no-worsening'
  | 'no-neurological-involvement'
  | 'not-recorded'
  | 'im-hold-active'
  | 'cause-recorded'
  | 'not-cyanocobalamin'
  | 'kidneys-not-known-to-fail'
  | 'no-folic-acid-recorded'
  | 'folic-acid-within-limit'
  | 'b12-given'
  | 'no-dose-against-stop'
  | 'no-adverse-event'
  | 'triage-does-not-call-for-it'
  | 'covered-by-later-step'
  | 'event-resolved'
  | 'no-hold'
  | 'makes-no-alert';

export interface Absence {
  ruleId: RuleId;
  verdict: AbsenceVerdict;
  reasons: AbsenceReason[];
}

/** A reason with the verdict it speaks for. */
export interface WeighedReason extends AbsenceReason {
  verdict: AbsenceVerdict;
}
