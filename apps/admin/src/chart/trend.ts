import type { Analyte } from '@vastus/clinical';

/** The three results that show whether treatment works. */
export const TREND_ANALYTES: readonly Analyte[] = ['b12', 'homocysteine', 'mma'];

/** `200–600`, `≥ 200`, `≤ 15`, or a dash. */
export function rangeText(low: number | undefined, high: number | undefined, number: (value: number) => string): string {
  if (low !== undefined && high !== undefined) return `${number(low)}–${number(high)}`;
  if (low !== undefined) return `≥ ${number(low)}`;
  return high === undefined ? '–' : `≤ ${number(high)}`;
}
