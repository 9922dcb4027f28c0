/** MON-RETIC: whether the marrow answers, in a patient who was anemic at the start. */
import { ANALYTE_CATALOGUE } from './analytes.js';
import { addDays, addMonths, compareDates, compareInstants, startOfDay } from './calendar.js';
import type { Analyte, ClinicDate, CourseFacts, LabResultFacts, PatientFacts, TimeZone } from './facts.js';
import type { Milestone } from './findings.js';
import { type Results, satisfy } from './lab-window.js';
import { milestone } from './milestone.js';
import type { ProtocolParameters } from './protocol.js';
import { heldSince } from './protocol-history.js';

const COUNTS: readonly Analyte[] = ['hematocrit', 'reticulocytes'];
const FIRST_DAY = 5;
const LAST_DAILY_DAY = 7;
/** How long after the first dose a version that begins to ask for counts still asks a course that is under way. */
const JOINED_WITHIN_MONTHS = 3;

/**
 * MON-RETIC (S4; `reticulocyteIntervalDays`), only with anemia at baseline: hematocrit and reticulocytes on days 5, 6 and 7 after the first
 * dose, each on its own day, then every `reticulocyteIntervalDays` (the window lies half before and half after) until a hematocrit
 * from day 5 on is normal. A check that was missed cannot be drawn any more: it gives way to a later one that is met, and of the
 * later ones only the first unmet one is listed. A version without the parameter asks for none of this; one that begins to ask does so
 * from the check whose window is still open, and only of courses in their first three months: later the answer of the marrow is over.
 */
export function bloodCounts(
  course: CourseFacts,
  firstOn: ClinicDate,
  results: Results,
  facts: PatientFacts,
  protocol: ProtocolParameters,
): Milestone[] {
  const { zone } = facts;
  const intervalDays = protocol.reticulocyteIntervalDays;
  if (intervalDays === undefined || !course.anemiaAtBaseline) return [];
  const since = heldSince(facts, (version) => version.reticulocyteIntervalDays !== undefined);
  if (since !== null && compareInstants(since, startOfDay(addMonths(firstOn, JOINED_WITHIN_MONTHS), zone)) >= 0) return [];
  const normal = normalHematocrit(results, firstOn);
  const lead = Math.floor((intervalDays - 1) / 2);
  const lastResultOn = COUNTS.flatMap((analyte) => results.get(analyte)?.at(-1)?.collectedOn ?? [])
    .sort(compareDates)
    .at(-1);

  const checks: Milestone[] = [];
  for (let day = FIRST_DAY; ; day += day < LAST_DAILY_DAY ? 1 : intervalDays) {
    const daily = day <= LAST_DAILY_DAY;
    const dueOn = addDays(firstOn, day);
    const from = daily ? dueOn : addDays(dueOn, -lead);
    if (normal && from > normal.collectedOn) break;
    const asked = check(course, firstOn, day, { from, dueOn, until: daily ? dueOn : addDays(from, intervalDays - 1) }, results, zone);
    if (since !== null && asked.overdueAt !== null && compareInstants(asked.overdueAt, since) <= 0) continue;
    checks.push(asked);
    if (!daily && (lastResultOn === undefined || from > lastResultOn)) break;
  }
  const lastMet = checks.findLastIndex(({ met }) => met);
  const firstLater = checks.findIndex((later, index) => index > lastMet && !later.met && Number(later.facts['day']) > LAST_DAILY_DAY);
  return checks.filter(({ met, facts }, index) => {
    if (met) return true;
    if (normal || index < lastMet) return false;
    return Number(facts['day']) <= LAST_DAILY_DAY || index === firstLater;
  });
}

/** The first hematocrit from day 5 on that is not low; `null` while the anemia lasts. */
export function normalHematocrit(results: Results, firstOn: ClinicDate): LabResultFacts | null {
  const low = ANALYTE_CATALOGUE.hematocrit.reference.low ?? 0;
  const since = addDays(firstOn, FIRST_DAY);
  return (results.get('hematocrit') ?? []).find(({ collectedOn, value }) => collectedOn >= since && value >= low) ?? null;
}

function check(
  course: CourseFacts,
  firstOn: ClinicDate,
  day: number,
  { from, dueOn, until }: { from: ClinicDate; dueOn: ClinicDate; until: ClinicDate },
  results: Results,
  zone: TimeZone,
): Milestone {
  const { met, missing } = satisfy(results, COUNTS, from, until);
  return milestone({
    key: `MON-RETIC/${course.id}/d${day}`,
    ruleId: 'MON-RETIC',
    subjectType: 'course',
    subjectId: course.id,
    opensAt: startOfDay(from, zone),
    dueAt: startOfDay(dueOn, zone),
    overdueAt: startOfDay(addDays(until, 1), zone),
    ownerRole: 'nurse',
    priority: 'normal',
    met,
    missing,
    facts: { firstDoseOn: firstOn, day, dueOn, windowFrom: from, windowUntil: until, analytes: COUNTS },
  });
}
