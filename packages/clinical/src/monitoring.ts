/** Laboratory checks of a B12 course (MON-*). Everything counts from the first given dose. */

import { ANALYTE_CATALOGUE } from './analytes.js';
import { bloodCounts } from './blood-counts.js';
import { addDays, addHours, addMonths, compareInstants, startOfDay } from './calendar.js';
import { type CourseState, givenDoses } from './courses.js';
import {
  type Analyte,
  type ClinicDate,
  COBALAMINS,
  type CourseFacts,
  type Instant,
  type LabResultFacts,
  type MonitoringPlan,
  type PatientFacts,
} from './facts.js';
import type { Milestone } from './findings.js';
import { byAnalyte, type Results, satisfy, within } from './lab-window.js';
import { milestone } from './milestone.js';
import type { ProtocolParameters } from './protocol.js';
import { heldSince, remarkableOnlySince } from './protocol-history.js';
import type { RuleId } from './rule-types.js';

const BASELINE: readonly Analyte[] = ['hematocrit', 'reticulocytes', 'b12', 'folate', 'ferritin'];
const FIRST_YEAR: readonly Analyte[] = ['b12', 'homocysteine', 'mma'];
const LATER: readonly Analyte[] = ['b12', 'homocysteine'];
/** A baseline may be a little old, and may still be drawn until the marrow answers the first dose. */
export const BASELINE_BEFORE_DAYS = 90;
const BASELINE_AFTER_DAYS = 2;
const POTASSIUM_HOURS = 48;
/** A late potassium still answers the question; after a week it is another one. */
const POTASSIUM_WITHIN_DAYS = 7;
const REVIEW_DAYS = 7;
const YEARLY_CHECKS_EXPLAINED = 80;

/** The milestones of one course. No dose yet: nothing to count from. A plan of `none` leaves the checks at the start of treatment. */
export function monitoringMilestones(
  course: CourseFacts,
  state: CourseState,
  facts: PatientFacts,
  protocol: ProtocolParameters,
): Milestone[] {
  const doses = givenDoses(course, facts.injections);
  const first = doses[0];
  if (!first || !COBALAMINS.includes(course.substance)) return [];
  const results = byAnalyte(facts.labResults);
  const milestones: Milestone[] = [];
  // Who comes to us in maintenance began treatment long ago: the checks of the first days do not apply.
  if (course.regimen !== 'maintenance') {
    milestones.push(baseline(course, first.givenAt, first.givenOn, results, facts));
    milestones.push(...potassium(course, first.givenAt, first.givenOn, results, facts, protocol));
    milestones.push(...bloodCounts(course, first.givenOn, results, facts, protocol));
  }
  if (course.monitoringPlan === 'none') return milestones;
  const lastDoseOn = state.lastDoseOn ?? first.givenOn;
  for (const check of scheduledChecks(course, first.givenOn, lastDoseOn, results, facts, protocol)) {
    milestones.push(check.milestone, ...responseAlerts(course, check, first.givenOn, results, facts, protocol));
  }
  return milestones;
}

/** MON-BASE (S4): opens with the first dose, which it never delays. */
function baseline(course: CourseFacts, givenAt: Instant, givenOn: ClinicDate, results: Results, { zone }: PatientFacts): Milestone {
  const until = addDays(givenOn, BASELINE_AFTER_DAYS);
  const { met, missing } = satisfy(results, BASELINE, addDays(givenOn, -BASELINE_BEFORE_DAYS), until);
  return milestone({
    key: `MON-BASE/${course.id}`,
    ruleId: 'MON-BASE',
    subjectType: 'course',
    subjectId: course.id,
    opensAt: givenAt,
    dueAt: startOfDay(until, zone),
    overdueAt: startOfDay(addDays(until, 1), zone),
    ownerRole: 'nurse',
    priority: 'normal',
    met,
    missing,
    facts: { firstDoseOn: givenOn, analytes: BASELINE, windowUntil: until },
  });
}

/** MON-K48 (S4; `potassiumUrgentMillimolesPerL`): missing after 48 hours, and every low value of the first week. */
function potassium(
  course: CourseFacts,
  givenAt: Instant,
  givenOn: ClinicDate,
  results: Results,
  history: PatientFacts,
  protocol: ProtocolParameters,
): Milestone[] {
  const opensAt = addHours(givenAt, POTASSIUM_HOURS);
  const until = addDays(givenOn, POTASSIUM_WITHIN_DAYS);
  const inWindow = within(results, 'potassium', givenOn, until);
  const firstResult = inWindow[0];
  const subject = { ruleId: 'MON-K48' as const, subjectType: 'course' as const, subjectId: course.id };
  const check = milestone({
    ...subject,
    key: `MON-K48/${course.id}`,
    opensAt,
    overdueAt: addHours(opensAt, 24),
    ownerRole: 'nurse',
    priority: 'high',
    missing: ['potassium'],
    met: firstResult ? { at: firstResult.collectedAt, by: [firstResult.id] } : null,
    facts: { firstDoseOn: givenOn, firstDoseAt: givenAt, windowUntil: until },
  });
  const low = inWindow
    .filter(({ value }) => value < protocol.potassiumUrgentMillimolesPerL)
    .filter(
      ({ value, collectedAt }) => !remarkableOnlySince(collectedAt, history, (version) => value < version.potassiumUrgentMillimolesPerL),
    )
    .map((result) =>
      milestone({
        ...subject,
        key: `MON-K48/${course.id}/low:${result.id}`,
        opensAt: result.collectedAt,
        overdueAt: addHours(result.collectedAt, 4),
        ownerRole: 'physician',
        priority: 'urgent',
        dismissible: false,
        facts: {
          potassiumMillimolesPerL: result.value,
          collectedOn: result.collectedOn,
          potassiumUrgentMillimolesPerL: protocol.potassiumUrgentMillimolesPerL,
        },
      }),
    );
  return [check, ...low];
}

/** The windows of the scheduled checks of the first year, and of the yearly ones for as long as doses can go on mattering. */
export function checkWindows(
  course: CourseFacts,
  firstOn: ClinicDate,
  facts: PatientFacts,
  { monitoringWindowBeforeDays, monitoringWindowAfterDays }: ProtocolParameters,
): { months: number; from: ClinicDate; until: ClinicDate }[] {
  const yearly = Array.from({ length: YEARLY_CHECKS_EXPLAINED }, (_, index) => 24 + 12 * index);
  return [...firstYear(course, firstOn, facts).map(({ months }) => months), ...yearly].map((months) => {
    const dueOn = addMonths(firstOn, months);
    return { months, from: addDays(dueOn, -monitoringWindowBeforeDays), until: addDays(dueOn, monitoringWindowAfterDays) };
  });
}

const PLANS: Readonly<Record<Exclude<MonitoringPlan, 'none'>, { months: readonly number[]; analytes: readonly Analyte[] }>> = {
  'MON-3-6-12': { months: [3, 6, 12], analytes: FIRST_YEAR },
  'MON-Q3': { months: [3, 6, 9, 12], analytes: LATER },
};
const FIRST_YEAR_MONTHS: readonly number[] = [3, 6, 9, 12];

/** The checks of the first year, each with the plan that asks for it. */
function firstYear(course: CourseFacts, firstOn: ClinicDate, facts: PatientFacts): { months: number; plan: keyof typeof PLANS }[] {
  return FIRST_YEAR_MONTHS.flatMap((months) => {
    const plan = planOf(course, firstOn, months, facts);
    return plan !== 'none' && PLANS[plan].months.includes(months) ? [{ months, plan }] : [];
  });
}

/**
 * The plan that speaks for a check: of a course that follows the protocol, the one in force when the window of the check closed, and of a
 * window that is still open the present one. So a new plan begins to ask with the day it takes effect, and what the old one asked for and
 * missed stays to be answered for.
 */
function planOf(course: CourseFacts, firstOn: ClinicDate, months: number, { zone, protocolBefore = [] }: PatientFacts): MonitoringPlan {
  const then = protocolBefore.find(({ parameters, until }) => {
    const closes = startOfDay(addDays(addMonths(firstOn, months), parameters.monitoringWindowAfterDays + 1), zone);
    return compareInstants(closes, until) <= 0;
  });
  return course.followsPlan && then ? (then.parameters.monitoringPlan ?? 'MON-3-6-12') : course.monitoringPlan;
}

/** The checks of the present plan that nobody asked for: it took effect (`since`) when their window had closed under another. */
export function checksBeforePlan(course: CourseFacts, firstOn: ClinicDate, facts: PatientFacts): { months: number; since: Instant }[] {
  const plan = course.monitoringPlan;
  const since = heldSince(facts, (version) => (version.monitoringPlan ?? 'MON-3-6-12') === plan);
  if (plan === 'none' || since === null) return [];
  return PLANS[plan].months.filter((months) => planOf(course, firstOn, months, facts) !== plan).map((months) => ({ months, since }));
}

interface Check {
  label: string;
  milestone: Milestone;
  from: ClinicDate;
  until: ClinicDate;
}

/**
 * MON-3-6-12 (S3), MON-Q3 (S4), MON-ANNUAL (S3) and MON-SATISFY; `monitoringWindowBeforeDays`, `monitoringWindowAfterDays`.
 * A check opens when its window does, so that there is time to draw; it is due on the anniversary and overdue after the window.
 * The quarterly plan runs to month 12 and then yearly. Yearly checks are listed while met, and then the first unmet one; it gives way to
 * the next year's once a dose has been given in that one's window, because a missed year cannot be drawn any more and must not
 * stand in the way of the next. Of a plan that took effect later only the checks are asked for whose window it found open.
 */
function scheduledChecks(
  course: CourseFacts,
  firstOn: ClinicDate,
  lastDoseOn: ClinicDate,
  results: Results,
  facts: PatientFacts,
  protocol: ProtocolParameters,
): Check[] {
  const { zone } = facts;
  const { monitoringWindowBeforeDays, monitoringWindowAfterDays } = protocol;
  const opensOn = (months: number): ClinicDate => addDays(addMonths(firstOn, months), -monitoringWindowBeforeDays);
  const check = (ruleId: RuleId, months: number, analytes: readonly Analyte[]): Check => {
    const label = `${months}m`;
    const dueOn = addMonths(firstOn, months);
    const from = opensOn(months);
    const until = addDays(dueOn, monitoringWindowAfterDays);
    const { met, missing } = satisfy(results, analytes, from, until);
    return {
      label,
      from,
      until,
      milestone: milestone({
        key: `${ruleId}/${course.id}/${label}`,
        ruleId,
        subjectType: 'course',
        subjectId: course.id,
        opensAt: startOfDay(from, zone),
        dueAt: startOfDay(dueOn, zone),
        overdueAt: startOfDay(addDays(until, 1), zone),
        ownerRole: 'physician',
        priority: 'normal',
        met,
        missing,
        facts: { firstDoseOn: firstOn, months, dueOn, windowFrom: from, windowUntil: until, analytes },
      }),
    };
  };
  const checks = firstYear(course, firstOn, facts).map(({ months, plan }) => check(plan, months, PLANS[plan].analytes));
  for (let months = 24; ; months += 12) {
    const yearly = check('MON-ANNUAL', months, LATER);
    if (yearly.milestone.met) {
      checks.push(yearly);
    } else if (lastDoseOn < opensOn(months + 12)) {
      checks.push(yearly);
      return checks;
    }
  }
}

/**
 * MON-HCY (S3; `homocysteineTargetMicromolesPerL`): homocysteine at or above the target at a check; met by a later one below it.
 * MON-NORESP (S2), at three months: B12 no higher than at the baseline, or methylmalonic acid still above its reference.
 */
function responseAlerts(
  course: CourseFacts,
  check: Check,
  firstOn: ClinicDate,
  results: Results,
  history: PatientFacts,
  protocol: ProtocolParameters,
): Milestone[] {
  const milestones: Milestone[] = [];
  const subject = { subjectType: 'course' as const, subjectId: course.id, ownerRole: 'physician' as const };
  const target = protocol.homocysteineTargetMicromolesPerL;
  const homocysteine = within(results, 'homocysteine', check.from, check.until).at(-1);
  const isHigh = (version: ProtocolParameters) => (homocysteine?.value ?? 0) >= version.homocysteineTargetMicromolesPerL;
  if (homocysteine && isHigh(protocol) && !remarkableOnlySince(homocysteine.collectedAt, history, isHigh)) {
    const better = (results.get('homocysteine') ?? []).find(
      (result) => compareInstants(result.collectedAt, homocysteine.collectedAt) > 0 && result.value < target,
    );
    milestones.push(
      milestone({
        ...subject,
        key: `MON-HCY/${course.id}/${check.label}`,
        ruleId: 'MON-HCY',
        opensAt: homocysteine.collectedAt,
        priority: 'normal',
        dueAt: addHours(homocysteine.collectedAt, REVIEW_DAYS * 24),
        met: better ? { at: better.collectedAt, by: [better.id] } : null,
        facts: {
          homocysteineMicromolesPerL: homocysteine.value,
          homocysteineTargetMicromolesPerL: target,
          collectedOn: homocysteine.collectedOn,
        },
      }),
    );
  }
  if (check.label !== '3m') return milestones;

  const before = within(results, 'b12', addDays(firstOn, -BASELINE_BEFORE_DAYS), firstOn).at(-1);
  const b12 = within(results, 'b12', check.from, check.until).at(-1);
  const mma = within(results, 'mma', check.from, check.until).at(-1);
  const mmaLimit = ANALYTE_CATALOGUE.mma.reference.high ?? Number.POSITIVE_INFINITY;
  const signs: { code: string; result: LabResultFacts }[] = [];
  if (before && b12 && b12.value <= before.value) signs.push({ code: 'b12-not-risen', result: b12 });
  if (mma && mma.value > mmaLimit) signs.push({ code: 'mma-still-high', result: mma });
  const latest = signs
    .map(({ result }) => result.collectedAt)
    .sort(compareInstants)
    .at(-1);
  if (latest !== undefined) {
    milestones.push(
      milestone({
        ...subject,
        key: `MON-NORESP/${course.id}/${check.label}`,
        ruleId: 'MON-NORESP',
        opensAt: latest,
        dueAt: addHours(latest, REVIEW_DAYS * 24),
        priority: 'high',
        facts: {
          signs: signs.map(({ code }) => code),
          b12BaselinePicomolesPerL: before?.value ?? null,
          b12PicomolesPerL: b12?.value ?? null,
          mmaMicromolesPerL: mma?.value ?? null,
        },
      }),
    );
  }
  return milestones;
}
