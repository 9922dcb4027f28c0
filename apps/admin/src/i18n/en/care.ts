/** The ward's words for the codes of follow-up, pain treatment and self-injection. */
import type {
  CareFindingCode,
  PainDrug,
  PictureElement,
  RuleOutItem,
  SelfExclusion,
  SelfInjectionState,
  SelfPlanPart,
  SelfStopCode,
  SelfTrainingItem,
} from '@vastus/clinical';

/** Sentences of the findings, beside those of the injection form. */
export const careFinding = {
  'self-exclusion-present': 'Not fit for self-injection: %{exclusions}.',
  'self-eligibility-unanswered': 'Still to be asked: %{unanswered}.',
  'self-not-stabilized': 'Still loading: self-injection only after stabilization.',
  'self-cause-unknown': 'The cause of the deficiency is not recorded with the course.',
  'self-plan-incomplete': 'Not written down: %{missing}.',
  'self-training-incomplete': 'Not trained: %{missing}.',
  'self-training-out-of-date': 'The oldest training (%{trainedOn}) was good until %{validUntil}. Train again.',
  'self-first-dose-not-observed': 'The first self-injection has not been observed by the clinic.',
  'self-event-unresolved': 'An adverse event has not been resolved yet.',
  'self-injection-not-approved': 'Self-injection is not approved for this course.',
  'self-injection-suspended': 'Self-injection is suspended. A new approval is needed.',
  'pain-dose-in-range': 'Within the range of the sources (%{low}–%{high} %{unit}).',
  'pain-dose-below-range': 'Below the range of the sources (%{low}–%{high} %{unit}), as at the start of a titration.',
  'pain-dose-above-range': 'Above the range of the sources (%{low}–%{high} %{unit}).',
  'pain-dose-without-range': 'The sources give no dose for this drug.',
  'pain-dose-missing': 'No dose recorded.',
  'pain-drug-not-first-line': 'An alternative; pregabalin and duloxetine come first in the sources.',
} satisfies Record<CareFindingCode, string>;

const ruleOut = {
  diabetes: 'Diabetes (glucose, HbA1c)',
  thyroid: 'Thyroid (TSH)',
  'renal-function': 'Renal function',
  hiv: 'HIV',
  'hepatitis-b-c': 'Hepatitis B and C',
  'protein-electrophoresis': 'Protein electrophoresis',
  'neurotoxic-drugs': 'Neurotoxic drugs',
  thiamine: 'Thiamine',
  'vitamin-b6': 'Vitamin B6',
} satisfies Record<RuleOutItem, string>;

const painDrug = {
  pregabalin: 'Pregabalin',
  duloxetine: 'Duloxetine',
  gabapentin: 'Gabapentin',
  carbamazepine: 'Carbamazepine',
  valproate: 'Valproate',
  amitriptyline: 'Amitriptyline',
  imipramine: 'Imipramine',
  'capsaicin-topical': 'Capsaicin (topical)',
} satisfies Record<PainDrug, string>;

const exclusion = {
  'needle-phobia': 'Fear of needles',
  'tremor-or-poor-coordination': 'Tremor or poor coordination',
  'no-sterile-technique': 'Cannot keep a sterile technique',
  'no-sharps-disposal': 'Cannot dispose of sharps safely',
  'rapid-neurological-progression': 'Nerve symptoms progress rapidly',
  'skin-disease-at-site': 'Skin disease or infection at the site',
} satisfies Record<SelfExclusion, string>;

const plan = {
  'dosing-plan': 'Dosing plan',
  'laboratory-plan': 'Laboratory plan',
  'red-flags': 'Red flags: when to stop and call',
  'planned-duration': 'Planned duration',
} satisfies Record<SelfPlanPart, string>;

const training = {
  'needle-and-site': 'Needle and site',
  'depth-and-angle': 'Depth and angle',
  comfort: 'Comfort',
  'sharps-disposal': 'Sharps disposal',
  'recognizing-reactions': 'Recognizing reactions',
  'observed-dose': 'First self-injection, observed',
} satisfies Record<SelfTrainingItem | 'observed-dose', string>;

const picture = {
  lowB12: 'Low B12',
  symptoms: 'Symptoms',
  neurologicalSigns: 'Neurological signs',
  anemiaOrMacrocytosis: 'Anemia or macrocytosis',
  malabsorptionRisk: 'Risk of malabsorption',
} satisfies Record<PictureElement, string>;

/** Every code by itself, for facts inside a sentence. */
export const care = { ...ruleOut, ...painDrug, ...exclusion, ...plan, ...training, ...picture };

export const ruleOutWords = ruleOut;
export const selfStop = {
  'adverse-event': 'an adverse event was reported after the approval',
  'im-hold-active': 'IM injections are on hold since %{since}',
  'training-lapsed': 'the training of %{trainedOn} was good until %{validUntil}',
  'planned-duration-over': 'it was planned until %{plannedUntil}',
  'approval-ended': 'the approval was taken back on %{endedAt}',
  'course-ended': 'the course ended on %{endedOn}',
  'patient-deceased': 'the patient died on %{deceasedOn}',
} satisfies Record<SelfStopCode, string>;
export const selfState = {
  none: 'Not approved',
  approved: 'Approved',
  suspended: 'Suspended',
  ended: 'Ended',
} satisfies Record<SelfInjectionState['state'], string>;
