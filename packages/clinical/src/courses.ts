/** Where a course stands and when its next dose is due. Loading ends by a clinician's word or a fixed count, maintenance never. */
import { addDays, addMonths, compareDates, compareInstants, daysBetween } from './calendar.js';
import type { ClinicDate, CourseFacts, CoursePhase, InjectionFacts, Regimen } from './facts.js';
import type { ProtocolParameters } from './protocol.js';

/** Three a week for two weeks (RX-LOAD-PLAIN, RX-LOAD-NEURO-ALT). */
const TWO_WEEK_DOSES = 6;
const THREE_WEEKLY_OFFSETS: readonly number[] = [0, 2, 4];
const ALTERNATE_DAYS = 2;

export interface NextDose {
  /** Given sooner than this, RX-EARLY asks for a confirmation. */
  earliestOn: ClinicDate;
  dueOn: ClinicDate;
  /** RX-OVERDUE for the nurse. */
  lateOn: ClinicDate;
  /** RX-OVERDUE for the physician; `null` while loading. */
  relapseOn: ClinicDate | null;
  /** Days from the last dose to `dueOn`; `null` before the first dose. */
  intervalDays: number | null;
}

export interface CourseState {
  phase: CoursePhase;
  /** What the schedule follows, also while the phase is `on-hold` or `ended`. */
  stage: 'loading' | 'maintenance';
  firstDoseOn: ClinicDate | null;
  lastDoseOn: ClinicDate | null;
  lastDoseId: string | null;
  dosesGiven: number;
  /** `null` once ended, and of a deceased patient. On hold it stays: it is the date HOLD-GAP watches. */
  next: NextDose | null;
}

/**
 * RX-LOAD-NEURO, RX-LOAD-NEURO-ALT, RX-LOAD-PLAIN, RX-METHYL, RX-MAINT (S3, S4); parameters `maintenanceOverdueNurseDays`,
 * `maintenanceOverduePhysicianDays`, `loadingOverdueNurseDays`. Injections of other courses and doses not given are ignored.
 */
export function courseState(
  course: CourseFacts,
  injections: readonly InjectionFacts[],
  holdActive: boolean,
  protocol: ProtocolParameters,
): CourseState {
  const doses = givenDoses(course, injections);
  const stage = stageOf(course, doses.length);
  const last = doses.at(-1) ?? null;
  const ended = course.endedOn !== null;
  return {
    phase: ended ? 'ended' : holdActive ? 'on-hold' : stage,
    stage,
    firstDoseOn: doses[0]?.givenOn ?? null,
    lastDoseOn: last?.givenOn ?? null,
    lastDoseId: last?.id ?? null,
    dosesGiven: doses.length,
    next: ended ? null : nextDoseAfter(course, last, stage, protocol),
  };
}

/** DX-3MO (S4): whether symptoms had lasted longer than `permanentDamageRiskMonths` when treatment began; `null` when not recorded. */
export function permanentDamageRisk(course: CourseFacts, protocol: ProtocolParameters): boolean | null {
  if (course.symptomsSince === null) return null;
  return compareDates(course.startedOn, addMonths(course.symptomsSince, protocol.permanentDamageRiskMonths)) > 0;
}

/**
 * RX-LOAD-NEURO, RX-METHYL: whether loading goes on until a clinician states that nothing improves any more. The three-weekly schedules
 * end after their count, maintenance has no loading.
 */
export function loadingEndsByStatement(regimen: Regimen): boolean {
  return regimen === 'loading-alternate-days' || regimen === 'methylcobalamin-three-weekly';
}

/** The given doses of one course, oldest first. */
export function givenDoses(course: CourseFacts, injections: readonly InjectionFacts[]): InjectionFacts[] {
  return injections.filter((injection) => injection.courseId === course.id && injection.status === 'given').sort(byGivenAt);
}

export function byGivenAt(a: InjectionFacts, b: InjectionFacts): number {
  return compareInstants(a.givenAt, b.givenAt) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * The stage after `dosesGiven` doses. `asOf` looks back: a statement "no further improvement" made later than that day does not count yet.
 */
export function stageOf(
  course: Pick<CourseFacts, 'regimen' | 'loadingEndedOn'>,
  dosesGiven: number,
  asOf: ClinicDate | null = null,
): 'loading' | 'maintenance' {
  if (course.regimen === 'maintenance') return 'maintenance';
  if (course.loadingEndedOn !== null && (asOf === null || course.loadingEndedOn <= asOf)) return 'maintenance';
  return !loadingEndsByStatement(course.regimen) && dosesGiven >= TWO_WEEK_DOSES ? 'maintenance' : 'loading';
}

/** The window of the dose that follows `last`, or of the first dose when there is none: that one is due on the day the course starts. */
export function nextDoseAfter(
  course: CourseFacts,
  last: InjectionFacts | null,
  stage: 'loading' | 'maintenance',
  protocol: ProtocolParameters,
): NextDose {
  const dueOn = last === null ? course.startedOn : dueAfter(course, last.givenOn, stage);
  const loading = stage === 'loading';
  return {
    earliestOn: last === null ? dueOn : addDays(last.givenOn, earliestAfterDays(course, last.givenOn, dueOn, stage)),
    dueOn,
    lateOn: addDays(dueOn, loading ? protocol.loadingOverdueNurseDays : protocol.maintenanceOverdueNurseDays),
    relapseOn: loading ? null : addDays(dueOn, protocol.maintenanceOverduePhysicianDays),
    intervalDays: last === null ? null : daysBetween(last.givenOn, dueOn),
  };
}

function dueAfter(course: CourseFacts, lastOn: ClinicDate, stage: 'loading' | 'maintenance'): ClinicDate {
  if (stage === 'maintenance') return addMonths(lastOn, course.maintenanceMonths);
  if (course.regimen === 'loading-alternate-days') return addDays(lastOn, ALTERNATE_DAYS);
  // A day of the weekly pattern, at least two days on: after a dose given off the pattern the schedule finds back without bunching.
  let day = addDays(lastOn, ALTERNATE_DAYS);
  while (!THREE_WEEKLY_OFFSETS.includes(((daysBetween(course.startedOn, day) % 7) + 7) % 7)) day = addDays(day, 1);
  return day;
}

/** RX-EARLY: half the interval, rounded up to whole days. Three a week has an interval of 7/3 days, whatever the next gap is. */
function earliestAfterDays(course: CourseFacts, lastOn: ClinicDate, dueOn: ClinicDate, stage: 'loading' | 'maintenance'): number {
  const threeWeekly = stage === 'loading' && course.regimen !== 'loading-alternate-days';
  return Math.ceil((threeWeekly ? 7 / 3 : daysBetween(lastOn, dueOn)) / 2);
}
