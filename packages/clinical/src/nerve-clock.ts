/** The nerve-injury clock (NI-*) and the alerts that an event or an examination raises at once (AE-*). Times count from the onset. */
import { addDays, addHours, addMonths, compareInstants, dateInZone, startOfDay } from './calendar.js';
import type { EventCourse } from './event-course.js';
import type { Instant, PatientFacts } from './facts.js';
import type { Milestone } from './findings.js';
import { milestone } from './milestone.js';
import type { ProtocolParameters } from './protocol.js';
import type { RuleId } from './rule-types.js';

/** How long an immediate alert may wait for a person before it is escalated. */
const SYSTEMIC_ESCALATION_HOURS = 1;
const URGENT_ESCALATION_HOURS = 4;
const IMAGING_ESCALATION_HOURS = 24;

/** Days after the onset, counted on the clinic's calendar; `graceDays` later the step is overdue. */
const DAY_STEPS: readonly { ruleId: RuleId; day: number; graceDays: number }[] = [
  { ruleId: 'NI-2W', day: 14, graceDays: 3 },
  { ruleId: 'NI-4W', day: 28, graceDays: 7 },
  { ruleId: 'NI-6W', day: 42, graceDays: 7 },
  { ruleId: 'NI-EMG60', day: 60, graceDays: 10 },
];
/** What a step covers of the earlier ones when it has passed itself by the time the event is reported. */
const COVERS: Partial<Record<RuleId, readonly RuleId[]>> = {
  'NI-2W': ['NI-48H'],
  'NI-4W': ['NI-24H'],
  'NI-6W': ['NI-24H', 'NI-4W'],
};
const SURGERY_OPENS_DAY = 70;
const SURGERY_WINDOW_MONTHS = 3;

/**
 * AE-SYSTEMIC, AE-URGENT, AE-MASS: one alert at the report, one AE-URGENT for each examination that escalates. They are met by no
 * record: a person has to close them, so that nobody misses a fainting because the numbness had gone by the time it was read.
 */
export function immediateAlerts(course: EventCourse): Milestone[] {
  const { event, triage, escalations } = course;
  const shown = eventFacts(course);
  const alert = (ruleId: RuleId, key: string, at: Instant, escalateAfterHours: number, facts: Record<string, unknown>): Milestone =>
    milestone({
      key,
      ruleId,
      subjectType: 'adverse-event',
      subjectId: event.id,
      opensAt: at,
      overdueAt: addHours(at, escalateAfterHours),
      ownerRole: 'physician',
      priority: ruleId === 'AE-SYSTEMIC' ? 'emergency' : ruleId === 'AE-URGENT' ? 'urgent' : 'high',
      dismissible: ruleId === 'AE-MASS',
      facts,
    });
  const alerts: Milestone[] = [];
  if (triage.ruleIds.includes('AE-SYSTEMIC')) {
    alerts.push(alert('AE-SYSTEMIC', `AE-SYSTEMIC/${event.id}`, event.reportedAt, SYSTEMIC_ESCALATION_HOURS, shown));
  }
  if (triage.ruleIds.includes('AE-URGENT')) {
    alerts.push(alert('AE-URGENT', `AE-URGENT/${event.id}`, event.reportedAt, URGENT_ESCALATION_HOURS, shown));
  }
  for (const { examinationId, at, reason } of escalations) {
    const key = `AE-URGENT/${event.id}/exam:${examinationId}`;
    alerts.push(alert('AE-URGENT', key, at, URGENT_ESCALATION_HOURS, { ...shown, examinationId, reason }));
  }
  if (triage.imagingSuggested) {
    const siteFindings = [...(event.assessment.siteFindings ?? [])].sort();
    alerts.push(alert('AE-MASS', `AE-MASS/${event.id}`, event.reportedAt, IMAGING_ESCALATION_HOURS, { ...shown, siteFindings }));
  }
  return alerts;
}

/**
 * NI-24H … NI-SURG, for every event, a benign one included: its clock is how "reassure and monitor" ends in a recorded resolution.
 * 24 h and 48 h are exact hours; the later steps begin with a day of the clinic's calendar. A resolution meets the steps that had opened
 * and removes the rest. NI-24H, NI-4W are met by any examination once open; NI-48H and NI-2W by an examination with an electrodiagnostic
 * study (proof that a neurologist has seen the patient), else by the person who closes them; NI-EMG60 only by a study on or after day 60.
 *
 * A reaction reported late finds steps passed. One examination now takes the place of the re-examinations that were missed, and the
 * neurological evaluation that of the earlier referral (`coveredSteps`); NI-2W, NI-EMG60 and NI-SURG always stay. What nobody could have
 * done before the report is due with it and overdue as long after it as it would be after its own time.
 * A moderate or severe injury is referred at once; that is overdue at 48 hours, or a day after it was asked for, whichever is later.
 */
export function nerveClock(course: EventCourse, facts: PatientFacts, protocol: ProtocolParameters): Milestone[] {
  const { event, triage, examinations, escalations, resolution, motorDeficit } = course;
  const onsetOn = dateInZone(event.onsetAt, facts.zone);
  const dayStart = (day: number): Instant => startOfDay(addDays(onsetOn, day), facts.zone);
  const at24 = addHours(event.onsetAt, 24);
  const at48 = addHours(event.onsetAt, 48);
  const severeSince = triage.severity === 'moderate-severe' ? event.reportedAt : (escalations[0]?.at ?? null);
  const referralAt = severeSince !== null && compareInstants(severeSince, at48) < 0 ? severeSince : at48;
  const surgeryEnds = startOfDay(addMonths(onsetOn, SURGERY_WINDOW_MONTHS), facts.zone);
  const { reportedAt } = event;
  const reportedOn = dateInZone(reportedAt, facts.zone);
  const passed = (at: Instant): boolean => compareInstants(at, reportedAt) < 0;

  const steps: { ruleId: RuleId; opensAt: Instant; dueAt: Instant; overdueAt: Instant }[] = [
    { ruleId: 'NI-24H', opensAt: at24, dueAt: later(at24, reportedAt), overdueAt: later(at48, addHours(reportedAt, 24)) },
    {
      ruleId: 'NI-48H',
      opensAt: referralAt,
      dueAt: later(referralAt, reportedAt),
      overdueAt: later(referralAt === at48 ? addHours(at48, 24) : at48, addHours(later(referralAt, reportedAt), 24)),
    },
    ...DAY_STEPS.map(({ ruleId, day, graceDays }) => ({
      ruleId,
      opensAt: dayStart(day),
      dueAt: later(dayStart(day), reportedAt),
      overdueAt: passed(dayStart(day)) ? startOfDay(addDays(reportedOn, graceDays), facts.zone) : dayStart(day + graceDays),
    })),
    { ruleId: 'NI-SURG', opensAt: dayStart(SURGERY_OPENS_DAY), dueAt: surgeryEnds, overdueAt: surgeryEnds },
  ];

  const severe = severeSince !== null || motorDeficit;
  const milestones: Milestone[] = [];
  const covered = coveredSteps(course, facts);
  for (const { ruleId, opensAt, dueAt, overdueAt } of steps) {
    if (covered.has(ruleId)) continue;
    if (resolution !== null && compareInstants(opensAt, resolution.at) > 0) continue;
    const done = examinations.find((examination) => compareInstants(examination.examinedAt, opensAt) >= 0 && meets(ruleId, examination));
    const met = done ? { at: done.examinedAt, by: [done.id] } : resolution ? { at: resolution.at, by: [resolution.factId] } : null;
    // Studies made too early are kept in view with their caution, and close nothing.
    const early =
      ruleId === 'NI-EMG60'
        ? examinations
            .filter((examination) => examination.electrodiagnosticStudy && compareInstants(examination.examinedAt, opensAt) < 0)
            .map(({ id }) => id)
        : [];
    milestones.push(
      milestone({
        key: `${ruleId}/${event.id}`,
        ruleId,
        subjectType: 'adverse-event',
        subjectId: event.id,
        opensAt,
        dueAt,
        overdueAt,
        ownerRole: ruleId === 'NI-24H' ? 'nurse' : 'physician',
        priority: ruleId === 'NI-24H' || ruleId === 'NI-48H' || ruleId === 'NI-4W' ? (severe ? 'high' : 'normal') : 'high',
        dismissible: ruleId !== 'NI-2W',
        met,
        facts: {
          ...eventFacts(course),
          ...(coversOf(ruleId, covered).length > 0 ? { reportedAt, covers: coversOf(ruleId, covered) } : {}),
          ...(ruleId === 'NI-SURG' ? { windowClosesOn: addMonths(onsetOn, SURGERY_WINDOW_MONTHS) } : {}),
          ...(early.length > 0 ? { earlyStudyExaminationIds: early, earlyStudyMayReassureFalsely: true } : {}),
          ...(ruleId === 'NI-2W' && triage.suspectedNerves.includes('sciatic') && triage.holdIm
            ? { transsacralBlockUntil: addDays(onsetOn, protocol.transsacralBlockDays) }
            : {}),
        },
      }),
    );
  }
  return milestones;
}

/** The steps that had passed when the event was reported, each with the passed step that stands for it. */
export function coveredSteps({ event }: EventCourse, { zone }: Pick<PatientFacts, 'zone'>): ReadonlyMap<RuleId, RuleId> {
  const onsetOn = dateInZone(event.onsetAt, zone);
  const covered = new Map<RuleId, RuleId>();
  for (const { ruleId, day } of DAY_STEPS) {
    if (compareInstants(startOfDay(addDays(onsetOn, day), zone), event.reportedAt) >= 0) continue;
    for (const earlier of COVERS[ruleId] ?? []) covered.set(earlier, ruleId);
  }
  return covered;
}

function coversOf(ruleId: RuleId, covered: ReadonlyMap<RuleId, RuleId>): RuleId[] {
  return [...covered].flatMap(([earlier, by]) => (by === ruleId ? [earlier] : [])).sort();
}

function later(a: Instant, b: Instant): Instant {
  return compareInstants(a, b) >= 0 ? a : b;
}

function meets(ruleId: RuleId, examination: EventCourse['examinations'][number]): boolean {
  if (ruleId === 'NI-24H' || ruleId === 'NI-4W') return true;
  return (ruleId === 'NI-48H' || ruleId === 'NI-2W' || ruleId === 'NI-EMG60') && examination.electrodiagnosticStudy;
}

function eventFacts({ event, triage, motorDeficit }: EventCourse): Record<string, unknown> {
  const { level, severity, suspectedNerves, missing } = triage;
  return {
    onsetAt: event.onsetAt,
    injectionId: event.injectionId,
    site: event.site,
    level,
    severity,
    motorDeficit,
    suspectedNerves,
    missingAnswers: missing,
  };
}
