import type { ParameterName } from './protocol.js';

export type SourceFile = 'S0' | 'S1' | 'S2' | 'S3' | 'S4';
export type RuleKind = 'block' | 'warn' | 'alert' | 'schedule' | 'derive' | 'inform';
export type ConflictId =
  | 'gluteal-sites'
  | 'subcutaneous-habits'
  | 'stop-or-continue'
  | 'electrodiagnosis-timing'
  | 'maintenance-interval'
  | 'monitoring-interval'
  | 'oral-equivalence';

/** Sections A and B: assessment, the nerve clock, the hold. */
export type ReactionRuleId =
  | 'AE-ASSESS'
  | 'AE-SYSTEMIC'
  | 'AE-URGENT'
  | 'AE-SEVERITY'
  | 'AE-BENIGN'
  | 'AE-INFLAMMATORY'
  | 'AE-MASS'
  | 'AE-NERVE'
  | 'AE-EXAM'
  | 'AE-WARM'
  | 'AE-PAIN'
  | 'AE-NODISMISS'
  | 'NI-24H'
  | 'NI-48H'
  | 'NI-2W'
  | 'NI-4W'
  | 'NI-6W'
  | 'NI-EMG60'
  | 'NI-SURG'
  | 'NI-BLOCK'
  | 'HOLD-IM'
  | 'HOLD-LIMB'
  | 'HOLD-DECIDE'
  | 'HOLD-GAP';
/** Sections C and D: sites, technique, courses and doses. */
export type TreatmentRuleId =
  | 'SITE-RANK'
  | 'SITE-DG'
  | 'SITE-ROTATE'
  | 'SITE-SKIN'
  | 'TECH-ASPIRATE'
  | 'TECH-NEEDLE'
  | 'TECH-SC'
  | 'DX-START'
  | 'DX-SEVERE'
  | 'DX-CAUSE'
  | 'DX-3MO'
  | 'RX-LOAD-NEURO'
  | 'RX-LOAD-NEURO-ALT'
  | 'RX-LOAD-PLAIN'
  | 'RX-METHYL'
  | 'RX-MAINT'
  | 'RX-LIFELONG'
  | 'RX-OVERDUE'
  | 'RX-EARLY'
  | 'RX-RENAL'
  | 'RX-ORAL-NEURO'
  | 'RX-FOLATE'
  | 'RX-VITD'
  | 'RX-VITA'
  | 'RX-ALLERGY'
  | 'RX-EXPIRED'
  | 'RX-COURSE'
  | 'RX-OBSERVE'
  | 'REC-TRUTH';
/** Sections E and F: monitoring and self-injection. */
export type FollowUpRuleId =
  | 'MON-BASE'
  | 'MON-K48'
  | 'MON-RETIC'
  | 'MON-3-6-12'
  | 'MON-ANNUAL'
  | 'MON-Q3'
  | 'MON-SATISFY'
  | 'MON-HCY'
  | 'MON-NORESP'
  | 'MON-NEURO'
  | 'MON-RELAPSE'
  | 'MON-TIMELINE'
  | 'MON-RULEOUT'
  | 'MON-RISK'
  | 'PAIN-PLAN'
  | 'SELF-ELIG'
  | 'SELF-STABLE'
  | 'SELF-TRAIN'
  | 'SELF-LOG'
  | 'SELF-STOP';
export type RuleId = ReactionRuleId | TreatmentRuleId | FollowUpRuleId;

export interface RuleSource {
  file: SourceFile | 'safety-of-use';
  /** Section heading and the first words of the passage; for `safety-of-use`, the hazard it answers. */
  pointer: string;
  /** The heading of the pointer by itself; `null` for `safety-of-use`. */
  section: string | null;
  /** The words of the pointer by themselves. */
  passage: string;
}

/** The parts of the product where rules speak. */
export type RulePlace =
  | 'injection-check'
  | 'injection-record'
  | 'site-advice'
  | 'start-of-course'
  | 'course-schedule'
  | 'decisions'
  | 'triage'
  | 'hold'
  | 'obligations'
  | 'recording'
  | 'after-injection'
  | 'chart'
  | 'self-injection';

export interface Rule {
  id: RuleId;
  kinds: readonly RuleKind[];
  title: string;
  summary: string;
  sources: readonly RuleSource[];
  parameters: readonly ParameterName[];
  conflict?: ConflictId;
  /** `later`: evaluated here, and fed or shown by no other part of the product yet. */
  enforcedSince: 'now' | 'later';
  /** Where it speaks: never empty. */
  enforcedIn: readonly RulePlace[];
}

/** A rule as it is written down: what most rules share is left out. */
export type RuleEntry = Pick<Rule, 'kinds' | 'title' | 'summary' | 'conflict'> & {
  /** `S3 | Section heading | first words`. */
  from: readonly string[];
  parameters?: Rule['parameters'];
  later?: true;
};

export interface Conflict {
  topic: string;
  positions: readonly { file: SourceFile; position: string }[];
  decision: string;
}

export interface SourceDocument {
  file: string;
  title: string;
  reviewStatus: string;
}
