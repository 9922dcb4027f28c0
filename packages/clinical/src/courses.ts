/** Where a course stands and when its next dose is due. Loading ends by a clinician's word or a fixed count, maintenance never. */
import type { ClinicDate, CourseFacts, CoursePhase, InjectionFacts } from './facts.js';
import type { ProtocolParameters } from './protocol.js';

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
  /** `null` once ended. On hold it stays: it is the date HOLD-GAP watches. */
  next: NextDose | null;
}

/**
 * RX-LOAD-NEURO, RX-LOAD-NEURO-ALT, RX-LOAD-PLAIN, RX-METHYL, RX-MAINT (S3, S4); parameters `maintenanceOverdueNurseDays`,
 * `maintenanceOverduePhysicianDays`, `loadingOverdueNurseDays`. Injections of other courses and doses not given are ignored.
 */
export function courseState(
  _course: CourseFacts, _injections: readonly InjectionFacts[], _holdActive: boolean, _protocol: ProtocolParameters,
): CourseState {
  throw new Error('not written yet');
}

/** DX-3MO (S4): whether symptoms had lasted longer than `permanentDamageRiskMonths` when treatment began; `null` when not recorded. */
export function permanentDamageRisk(_course: CourseFacts, _protocol: ProtocolParameters): boolean | null {
  throw new Error('not written yet');
}
