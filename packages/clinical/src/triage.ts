/** AE-*: what an assessment of numbness after an injection means. A total function: every combination of answers has one outcome. */
import type { Assessment, SiteId } from './facts.js';
import type { RuleId } from './rule-types.js';
import { type Nerve, suspectedNerves } from './sites.js';

export interface Triage {
  level: 'emergency' | 'urgent' | 'suspected-injury' | 'benign';
  severity: 'mild' | 'moderate-severe' | 'undetermined';
  mechanism: 'direct-trauma' | 'inflammatory' | 'undetermined';
  /** HOLD-IM. */
  holdIm: boolean;
  /** HOLD-LIMB; `false` when the site is not known, because there is nothing to restrict. */
  restrictLimb: boolean;
  /** AE-MASS. */
  imagingSuggested: boolean;
  suspectedNerves: Nerve[];
  /** Unanswered questions, in the order of the form. They never count as "no". */
  missing: (keyof Assessment)[];
  /** The rules that spoke. */
  ruleIds: RuleId[];
  /** Informative rules to show beside the event: AE-WARM, AE-PAIN, AE-EXAM, NI-BLOCK. */
  advice: RuleId[];
}

const QUESTIONS: readonly (keyof Assessment)[] = [
  'onset',
  'distribution',
  'motor',
  'radiatingPain',
  'lossOfConsciousness',
  'course',
  'siteFindings',
];

/**
 * AE-ASSESS, AE-SYSTEMIC, AE-URGENT, AE-SEVERITY, AE-BENIGN, AE-INFLAMMATORY, AE-MASS, AE-NERVE (S0, S1). No parameters.
 *
 * Levels, worst first: loss of consciousness or diffuse numbness is an emergency, and the nerve pathway runs beside it; any motor
 * deficit, or pain that radiates after an onset within minutes, is urgent; benign needs every answer, all of them reassuring; all
 * the rest is a suspected nerve injury. Numbness that began days later cannot have improved "within the first hours" and a changed
 * site is not an isolated numbness: neither is benign.
 */
export function triage(assessment: Assessment, site: SiteId | null): Triage {
  const { onset, distribution, radiatingPain, lossOfConsciousness, course, siteFindings } = assessment;
  const missing = QUESTIONS.filter((question) => assessment[question] === null);
  const motorDeficit = hasMotorDeficit(assessment);
  const systemic = lossOfConsciousness === true || distribution === 'diffuse';
  const urgent = motorDeficit || (onset === 'seconds-to-minutes' && radiatingPain === true);
  const imagingSuggested = siteFindings !== null && siteFindings.length > 0;
  const severity = severityOf(assessment, motorDeficit);
  const benign = missing.length === 0 && severity === 'mild' && onset !== 'days' && course === 'improving' && !imagingSuggested;
  const level = systemic ? 'emergency' : urgent ? 'urgent' : benign ? 'benign' : 'suspected-injury';
  const mechanism = onset === null ? 'undetermined' : onset === 'seconds-to-minutes' ? 'direct-trauma' : 'inflammatory';
  const holdIm = level !== 'benign';
  const restrictLimb = holdIm && site !== null;

  const ruleIds: RuleId[] = ['AE-ASSESS'];
  if (systemic) ruleIds.push('AE-SYSTEMIC');
  if (urgent) ruleIds.push('AE-URGENT');
  ruleIds.push('AE-SEVERITY');
  if (level === 'benign') ruleIds.push('AE-BENIGN');
  if (mechanism === 'inflammatory') ruleIds.push('AE-INFLAMMATORY');
  if (imagingSuggested) ruleIds.push('AE-MASS');
  if (site !== null) ruleIds.push('AE-NERVE');
  if (holdIm) ruleIds.push('HOLD-IM');
  if (restrictLimb) ruleIds.push('HOLD-LIMB');
  if (motorDeficit) ruleIds.push('AE-NODISMISS');

  const nerves = suspectedNerves(site);
  const advice: RuleId[] = [];
  if (severity === 'mild') advice.push('AE-WARM');
  if (severity === 'moderate-severe') advice.push('AE-PAIN');
  if (holdIm) advice.push('AE-EXAM');
  if (holdIm && nerves.includes('sciatic')) advice.push('NI-BLOCK');

  return { level, severity, mechanism, holdIm, restrictLimb, imagingSuggested, suspectedNerves: nerves, missing, ruleIds, advice };
}

/** Weakness or a foot or wrist drop was reported. A missing answer is not a deficit, and not the absence of one either. */
export function hasMotorDeficit(assessment: Assessment): boolean {
  return assessment.motor === 'weakness' || assessment.motor === 'foot-or-wrist-drop';
}

/** AE-SEVERITY. Pain or symptoms beyond the site count as extensive; "mild" has to be known, not assumed. */
function severityOf(assessment: Assessment, motorDeficit: boolean): Triage['severity'] {
  const { distribution, radiatingPain, lossOfConsciousness } = assessment;
  if (
    motorDeficit ||
    distribution === 'dermatomal' ||
    distribution === 'diffuse' ||
    radiatingPain === true ||
    lossOfConsciousness === true
  ) {
    return 'moderate-severe';
  }
  const known = distribution !== null && assessment.motor !== null && radiatingPain !== null && lossOfConsciousness !== null;
  return known ? 'mild' : 'undetermined';
}
