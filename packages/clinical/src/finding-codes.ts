import type { RuleId } from './rule-types.js';

/** Every `code` of a finding or a site reason, and the rule it belongs to: the translation catalogues are checked against this list. */
export const FINDING_CODES = {
  'im-hold-active': 'HOLD-IM',
  'limb-restricted': 'HOLD-LIMB',
  'site-restricted': 'HOLD-LIMB',
  'dorsogluteal-site': 'SITE-DG',
  'skin-finding-at-site': 'SITE-SKIN',
  'deltoid-volume-exceeded': 'SITE-RANK',
  'same-site-as-previous': 'SITE-ROTATE',
  'site-used-recently': 'SITE-ROTATE',
  'dose-too-early': 'RX-EARLY',
  'dose-too-close-to-next': 'RX-EARLY',
  'dose-already-given-today': 'RX-EARLY',
  'course-dose-already-given-today': 'RX-EARLY',
  'lot-expired': 'RX-EXPIRED',
  'lot-recalled': 'RX-EXPIRED',
  'lot-on-hold': 'RX-EXPIRED',
  'lot-unknown': 'RX-EXPIRED',
  'cyanocobalamin-with-renal-dysfunction': 'RX-RENAL',
  'allergy-to-substance': 'RX-ALLERGY',
  'allergy-to-related-substance': 'RX-ALLERGY',
  'vitamin-d-without-malabsorption': 'RX-VITD',
  'vitamin-a-oral-preferred': 'RX-VITA',
  'baseline-missing': 'MON-NEURO',
  'route-not-allowed-for-product': 'TECH-SC',
  'site-missing': 'TECH-SC',
  'course-unknown': 'RX-COURSE',
  'course-ended': 'RX-COURSE',
  'patient-deceased': 'RX-COURSE',
  'substance-differs-from-course': 'RX-COURSE',
  'dose-differs-from-course': 'RX-COURSE',
  'folic-acid-before-b12': 'RX-FOLATE',
  'ending-because-improved': 'RX-LIFELONG',
  'oral-while-loading-neurological': 'RX-ORAL-NEURO',
  'motor-deficit-not-benign': 'AE-NODISMISS',
} as const satisfies Record<string, RuleId>;

export type FindingCode = keyof typeof FINDING_CODES;

/** Codes of findings about self-injection at home and about pain treatment, apart from those of the injection form. */
export const CARE_FINDING_CODES = {
  'self-exclusion-present': 'SELF-ELIG',
  'self-eligibility-unanswered': 'SELF-ELIG',
  'self-not-stabilized': 'SELF-STABLE',
  'self-cause-unknown': 'SELF-STABLE',
  'self-plan-incomplete': 'SELF-STABLE',
  'self-training-incomplete': 'SELF-TRAIN',
  'self-training-out-of-date': 'SELF-TRAIN',
  'self-first-dose-not-observed': 'SELF-TRAIN',
  'self-event-unresolved': 'SELF-STOP',
  'self-injection-not-approved': 'SELF-STOP',
  'self-injection-suspended': 'SELF-STOP',
  'pain-dose-in-range': 'PAIN-PLAN',
  'pain-dose-below-range': 'PAIN-PLAN',
  'pain-dose-above-range': 'PAIN-PLAN',
  'pain-dose-without-range': 'PAIN-PLAN',
  'pain-dose-missing': 'PAIN-PLAN',
  'pain-drug-not-first-line': 'PAIN-PLAN',
} as const satisfies Record<string, RuleId>;

export type CareFindingCode = keyof typeof CARE_FINDING_CODES;
