/** RX-RENAL: what is known about the kidneys, and the cyanocobalamin course that it concerns. */
import { addDays, compareInstants, dateInZone, startOfDay } from './calendar.js';
import type { CourseFacts, Instant, LabResultFacts, PatientFacts } from './facts.js';
import type { Milestone } from './findings.js';
import { milestone } from './milestone.js';
import type { ProtocolParameters } from './protocol.js';
import { heldSince } from './protocol-history.js';

const REVIEW_DAYS = 7;

/** The latest eGFR collected by `now`; of two of one moment the lower one, in whatever order they arrive. */
export function latestEgfr(facts: PatientFacts, now: Instant): LabResultFacts | null {
  return egfrSeries(facts).findLast(({ collectedAt }) => compareInstants(collectedAt, now) <= 0) ?? null;
}

/**
 * RX-RENAL (S3, S4; `eGfrThreshold`) while a course runs: the kidneys fail a patient who is on cyanocobalamin already. It opens with the
 * first eGFR of the present run of low ones, or with the course where the record or an older value says so; and it is gone when
 * the eGFR recovers, the flag is taken back, or the course ends: there is nothing that would "meet" it.
 */
export function renalMilestone(course: CourseFacts, facts: PatientFacts, protocol: ProtocolParameters): Milestone[] {
  if (course.substance !== 'cyanocobalamin' || course.endedOn !== null) return [];
  const { renalDysfunction, renalDysfunctionSince = null } = facts.patient;
  const { eGfrThreshold } = protocol;
  const series = egfrSeries(facts);
  const lastNormal = series.findLastIndex(({ value }) => value >= eGfrThreshold);
  const firstLow = series[lastNormal + 1] ?? null;
  const latestLow = firstLow ? (series.at(-1) ?? null) : null;
  if (renalDysfunction !== true && firstLow === null) return [];

  const courseBegins = startOfDay(course.startedOn, facts.zone);
  const flaggedAt = renalDysfunction === true ? renalDysfunctionSince : null;
  const known = [firstLow?.collectedAt ?? null, flaggedAt].filter((at) => at !== null).sort(compareInstants)[0] ?? courseBegins;
  // Where only the limit of a later version makes the value a low one, it is due from that version on.
  const limitSince = renalDysfunction === true ? null : heldSince(facts, (version) => (latestLow?.value ?? 0) < version.eGfrThreshold);
  const opensAt = [known, courseBegins, ...(limitSince === null ? [] : [limitSince])].sort(compareInstants).at(-1) ?? known;
  return [
    milestone({
      key: `RX-RENAL/${course.id}`,
      ruleId: 'RX-RENAL',
      subjectType: 'course',
      subjectId: course.id,
      opensAt,
      overdueAt: startOfDay(addDays(dateInZone(opensAt, facts.zone), REVIEW_DAYS), facts.zone),
      ownerRole: 'physician',
      priority: 'high',
      missing: ['other-cobalamin'],
      facts: {
        renalDysfunction,
        eGfrMlPerMin: latestLow?.value ?? null,
        eGfrCollectedOn: latestLow?.collectedOn ?? null,
        eGfrThreshold,
        alternatives: ['hydroxocobalamin', 'methylcobalamin'],
      },
    }),
  ];
}

/** Oldest first; of one moment the lower value last, because it is the safer reading. */
function egfrSeries({ labResults }: PatientFacts): LabResultFacts[] {
  return labResults
    .filter(({ analyte }) => analyte === 'egfr')
    .sort((a, b) => compareInstants(a.collectedAt, b.collectedAt) || b.value - a.value || (a.id < b.id ? -1 : 1));
}
