import { type Analyte, type ClinicDate, dateInZone, type ProtocolParameters } from '@vastus/clinical';
import type { MilestoneOut } from '@vastus/contract';

/** The three results that show whether treatment works. */
export const TREND_ANALYTES: readonly Analyte[] = ['b12', 'homocysteine', 'mma'];

/** `200–600`, `≥ 200`, `≤ 15`, or a dash. */
export function rangeText(low: number | undefined, high: number | undefined, number: (value: number) => string): string {
  if (low !== undefined && high !== undefined) return `${number(low)}–${number(high)}`;
  if (low !== undefined) return `≥ ${number(low)}`;
  return high === undefined ? '–' : `≤ ${number(high)}`;
}

/** What the protocol in force wants to be reached (MON-HCY); only homocysteine has a target beside its reference. */
export function targetOf(analyte: Analyte, protocol: ProtocolParameters | null): number | null {
  return analyte === 'homocysteine' && protocol ? protocol.homocysteineTargetMicromolesPerL : null;
}

/** Between which days a planned check counts. */
export interface CheckWindow {
  from: ClinicDate;
  until: ClinicDate;
  /** After the first dose; `null` for the yearly ones. */
  months: number | null;
}

const CHECKS = ['MON-3-6-12', 'MON-ANNUAL', 'MON-Q3'];

/** The windows of the checks after the first dose (MON-SATISFY), as the milestones have them, in order. */
export function checkWindows(milestones: readonly MilestoneOut[], zone: string): CheckWindow[] {
  return milestones
    .filter(({ ruleId, state }) => CHECKS.includes(ruleId) && state !== 'cancelled')
    .map(({ opensAt, overdueAt, dueAt, facts }) => ({
      from: dateInZone(opensAt, zone),
      until: dateInZone(overdueAt ?? dueAt, zone),
      months: typeof facts['months'] === 'number' ? facts['months'] : null,
    }))
    .toSorted((a, b) => a.from.localeCompare(b.from));
}
