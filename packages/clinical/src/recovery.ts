/** How symptoms develop under treatment: what to expect, and when somebody who was stable gets worse again. */
import { addDays, addMonths, compareInstants, dateInZone, startOfDay } from './calendar.js';
import { givenDoses, stageOf } from './courses.js';
import { type ClinicDate, COBALAMINS, type CourseFacts, type PatientFacts, type SymptomScoreFacts } from './facts.js';
import type { Milestone } from './findings.js';
import { milestone } from './milestone.js';
import type { ProtocolParameters } from './protocol.js';
import { remarkableOnlySince } from './protocol-history.js';
import { parameterOf } from './protocol-parameters.js';

const SCALES = ['pain', 'sensory', 'motor'] as const;
type Scale = (typeof SCALES)[number];
const REVIEW_DAYS = 3;
const FIRST_CHANGES_DAYS = 28;
const COMPLETE_MONTHS = 3;
const AXONAL_MONTHS = [6, 12] as const;

export interface RecoveryStage {
  ruleId: 'MON-TIMELINE';
  stage: 'first-changes' | 'complete-recovery' | 'axonal-recovery';
  fromOn: ClinicDate;
  untilOn: ClinicDate;
}

/** MON-TIMELINE (S3, S4): when which change is to be expected, to be drawn beside the patient's own curve. Counted from the first dose. */
export function recoveryTimeline(firstDoseOn: ClinicDate): RecoveryStage[] {
  const stage = (name: RecoveryStage['stage'], fromOn: ClinicDate, untilOn: ClinicDate): RecoveryStage => ({
    ruleId: 'MON-TIMELINE',
    stage: name,
    fromOn,
    untilOn,
  });
  return [
    stage('first-changes', firstDoseOn, addDays(firstDoseOn, FIRST_CHANGES_DAYS)),
    stage('complete-recovery', firstDoseOn, addMonths(firstDoseOn, COMPLETE_MONTHS)),
    stage('axonal-recovery', addMonths(firstDoseOn, AXONAL_MONTHS[0]), addMonths(firstDoseOn, AXONAL_MONTHS[1])),
  ];
}

/** The day a course reached maintenance; `null` while it loads, and before the first dose of a maintenance course. */
export function stabilizedOn(course: CourseFacts, facts: PatientFacts): ClinicDate | null {
  const doses = givenDoses(course, facts.injections);
  if (course.regimen === 'maintenance') return doses[0]?.givenOn ?? null;
  const reached = doses.find((dose, index) => stageOf(course, index + 1, dose.givenOn) === 'maintenance')?.givenOn ?? null;
  const stated = course.loadingEndedOn;
  if (reached === null || stated === null) return reached ?? stated;
  // Dates sort as text.
  return [reached, stated].sort()[0] ?? null;
}

/**
 * MON-RELAPSE (S3; `relapseWorseningPoints`): a scale that is worse, by that many points or more, than the best it has been since the
 * patient was stable – the last score before that day included. Scores made while any B12 course loads are compared with nothing. One
 * relapse is one milestone, at its first score; it is met by a later score that is no longer worse on any scale that was.
 */
export function relapseMilestones(facts: PatientFacts, protocol: ProtocolParameters): Milestone[] {
  const threshold = parameterOf(protocol, 'relapseWorseningPoints');
  const milestones: Milestone[] = [];
  let open: { index: number; scales: Scale[] } | null = null;
  let stableSince: ClinicDate | null = null;
  let compared: SymptomScoreFacts[] = [];
  let previous: SymptomScoreFacts | null = null;
  for (const score of scoresInOrder(facts)) {
    const since = stableOn(dateInZone(score.at, facts.zone), facts);
    if (since === null) {
      stableSince = null;
    } else {
      if (since !== stableSince) compared = previous ? [previous] : [];
      stableSince = since;
      const worse = worsened(score, compared, threshold);
      if (open?.scales.every((scale) => score[scale] !== null && worse.every((entry) => entry.scale !== scale))) {
        const last = milestones[open.index];
        if (last) milestones[open.index] = { ...last, met: true, metAt: score.at, metBy: [score.id], missing: [] };
        open = null;
      }
      const isRelapse = (version: ProtocolParameters) =>
        worsened(score, compared, parameterOf(version, 'relapseWorseningPoints')).length > 0;
      if (open === null && worse.length > 0 && !remarkableOnlySince(score.at, facts, isRelapse)) {
        open = { index: milestones.length, scales: worse.map(({ scale }) => scale) };
        milestones.push(relapse(score, since, worse, threshold, facts));
      }
      compared.push(score);
    }
    previous = score;
  }
  return milestones;
}

interface Worsening {
  scale: Scale;
  from: number;
  to: number;
}

export function worsened(score: SymptomScoreFacts, compared: readonly SymptomScoreFacts[], threshold: number): Worsening[] {
  return SCALES.flatMap((scale): Worsening[] => {
    const to = score[scale];
    const before = compared.map((other) => other[scale]).filter((value) => value !== null);
    const from = Math.min(...before);
    return to !== null && before.length > 0 && to - from >= threshold ? [{ scale, from, to }] : [];
  });
}

function relapse(score: SymptomScoreFacts, since: ClinicDate, worse: Worsening[], threshold: number, facts: PatientFacts): Milestone {
  return milestone({
    key: `MON-RELAPSE/${score.id}`,
    ruleId: 'MON-RELAPSE',
    subjectType: 'patient',
    subjectId: facts.patient.id,
    opensAt: score.at,
    overdueAt: startOfDay(addDays(dateInZone(score.at, facts.zone), REVIEW_DAYS), facts.zone),
    ownerRole: 'physician',
    priority: 'high',
    facts: { scoreId: score.id, stabilizedOn: since, worsened: worse, relapseWorseningPoints: threshold },
  });
}

/** Since when the patient had been stable on that day; `null` when no B12 course had reached maintenance, or one was loading. */
export function stableOn(day: ClinicDate, facts: PatientFacts): ClinicDate | null {
  const stable: ClinicDate[] = [];
  for (const course of facts.courses) {
    if (!COBALAMINS.includes(course.substance) || course.startedOn > day) continue;
    const since = stabilizedOn(course, facts);
    if (since !== null && since <= day) stable.push(since);
    else if (course.endedOn === null || course.endedOn > day) return null;
  }
  return stable.sort().at(-1) ?? null;
}

export function scoresInOrder({ symptomScores = [] }: PatientFacts): SymptomScoreFacts[] {
  return [...symptomScores].sort((a, b) => compareInstants(a.at, b.at) || (a.id < b.id ? -1 : 1));
}
