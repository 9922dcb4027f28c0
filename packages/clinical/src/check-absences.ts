/** Why a running B12 course makes no open laboratory check of a rule. */
import type { AbsenceCode, AbsenceVerdict, AlertRuleId, WeighedReason } from './absence.js';
import { ANALYTE_CATALOGUE } from './analytes.js';
import { normalHematocrit } from './blood-counts.js';
import { givenDoses } from './courses.js';
import type { ClinicDate, CourseFacts, PatientFacts } from './facts.js';
import type { Milestone } from './findings.js';
import { byAnalyte, within } from './lab-window.js';
import { checksBeforePlan, checkWindows } from './monitoring.js';
import type { ProtocolParameters } from './protocol.js';
import { heldSince } from './protocol-history.js';

const FIRST_DAYS: readonly AlertRuleId[] = ['MON-BASE', 'MON-K48', 'MON-RETIC'];

export function checkAbsences(
  ruleId: AlertRuleId,
  course: CourseFacts,
  own: readonly Milestone[],
  facts: PatientFacts,
  protocol: ProtocolParameters,
): WeighedReason[] {
  const courseId = course.id;
  const { monitoringPlan, regimen } = course;
  if (FIRST_DAYS.includes(ruleId)) {
    if (regimen === 'maintenance') return [reason('not-applicable', 'began-in-maintenance', { courseId })];
    if (ruleId === 'MON-RETIC' && !course.anemiaAtBaseline) return [reason('not-applicable', 'no-anemia-at-baseline', { courseId })];
    if (ruleId === 'MON-RETIC' && protocol.reticulocyteIntervalDays === undefined) {
      return [reason('not-applicable', 'not-in-protocol-version', { courseId, parameter: 'reticulocyteIntervalDays' })];
    }
  } else {
    if (monitoringPlan === 'none') return [reason('not-applicable', 'plan-none', { courseId })];
    const otherPlan = (ruleId === 'MON-3-6-12' || ruleId === 'MON-Q3') && ruleId !== monitoringPlan;
    if (otherPlan) return [reason('not-applicable', 'other-plan', { courseId, monitoringPlan })];
  }
  const firstOn = givenDoses(course, facts.injections)[0]?.givenOn;
  if (firstOn === undefined) return [reason('not-yet', 'no-first-dose', { courseId, startedOn: course.startedOn })];
  if (ruleId === 'MON-RETIC') {
    const normal = normalHematocrit(byAnalyte(facts.labResults), firstOn);
    const since = heldSince(facts, (version) => version.reticulocyteIntervalDays !== undefined);
    if (!normal) return since === null ? [] : [reason('not-applicable', 'before-version', { courseId, since })];
    return [reason('met', 'hematocrit-normal', { courseId, resultId: normal.id, value: normal.value, collectedOn: normal.collectedOn })];
  }
  if (ruleId === 'MON-HCY') return homocysteine(course, firstOn, own, facts, protocol);
  return ruleId === 'MON-NORESP' ? response(course, firstOn, facts, protocol) : [];
}

/** The latest value at a check, or that none was collected at any. */
function homocysteine(
  course: CourseFacts,
  firstOn: ClinicDate,
  own: readonly Milestone[],
  facts: PatientFacts,
  protocol: ProtocolParameters,
): WeighedReason[] {
  const results = byAnalyte(facts.labResults);
  const at = checkWindows(course, firstOn, facts, protocol).flatMap(
    ({ from, until }) => within(results, 'homocysteine', from, until).at(-1) ?? [],
  );
  const latest = at.at(-1);
  const seen = { courseId: course.id, analyte: 'homocysteine' };
  if (!latest) return own.length > 0 ? [] : [reason('not-yet', 'no-result-in-window', seen)];
  const { homocysteineTargetMicromolesPerL } = protocol;
  if (latest.value >= homocysteineTargetMicromolesPerL) {
    const since = heldSince(facts, (version) => latest.value >= version.homocysteineTargetMicromolesPerL);
    return since === null ? [] : [reason('not-applicable', 'before-version', { ...seen, resultId: latest.id, since })];
  }
  return [
    reason('met', 'value-at-target', {
      ...seen,
      resultId: latest.id,
      value: latest.value,
      collectedOn: latest.collectedOn,
      homocysteineTargetMicromolesPerL,
    }),
  ];
}

function response(course: CourseFacts, firstOn: ClinicDate, facts: PatientFacts, protocol: ProtocolParameters): WeighedReason[] {
  const window = checkWindows(course, firstOn, facts, protocol)[0];
  const results = byAnalyte(facts.labResults);
  const seen = { courseId: course.id, windowFrom: window?.from, windowUntil: window?.until };
  const b12 = window && within(results, 'b12', window.from, window.until).at(-1);
  const mma = window && within(results, 'mma', window.from, window.until).at(-1);
  if (!b12 && !mma) return [reason('not-yet', 'no-result-in-window', { ...seen, analytes: ['b12', 'mma'] })];
  return [
    reason('met', 'response-seen', {
      ...seen,
      b12PicomolesPerL: b12?.value ?? null,
      mmaMicromolesPerL: mma?.value ?? null,
      mmaReferenceHigh: ANALYTE_CATALOGUE.mma.reference.high ?? null,
    }),
  ];
}

/** The checks of a plan that took effect when their window was over already: nobody asked for them. */
export function notAskedFor(ruleId: AlertRuleId, facts: PatientFacts): WeighedReason[] {
  return facts.courses.flatMap((course) => {
    const firstOn = givenDoses(course, facts.injections)[0]?.givenOn;
    if (firstOn === undefined || course.monitoringPlan !== ruleId || course.endedOn !== null) return [];
    return checksBeforePlan(course, firstOn, facts).map(({ months, since }) =>
      reason('not-applicable', 'before-version', { courseId: course.id, months, since }),
    );
  });
}

function reason(verdict: AbsenceVerdict, code: AbsenceCode, facts: Record<string, unknown> = {}): WeighedReason {
  return { verdict, code, facts };
}
