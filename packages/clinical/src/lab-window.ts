/** Results by analyte and by window of collection dates: what every laboratory check is made of (MON-SATISFY). */
import { compareInstants } from './calendar.js';
import type { Analyte, ClinicDate, Instant, LabResultFacts } from './facts.js';

export type Results = ReadonlyMap<Analyte, readonly LabResultFacts[]>;

/** Oldest first within an analyte. */
export function byAnalyte(labResults: readonly LabResultFacts[]): Results {
  const results = new Map<Analyte, LabResultFacts[]>();
  const sorted = [...labResults].sort((a, b) => compareInstants(a.collectedAt, b.collectedAt) || (a.id < b.id ? -1 : 1));
  for (const result of sorted) {
    const known = results.get(result.analyte);
    if (known) known.push(result);
    else results.set(result.analyte, [result]);
  }
  return results;
}

export function within(results: Results, analyte: Analyte, from: ClinicDate, until: ClinicDate): LabResultFacts[] {
  return (results.get(analyte) ?? []).filter(({ collectedOn }) => collectedOn >= from && collectedOn <= until);
}

/** MON-SATISFY: each analyte's first result inside the window counts; complete when the last of them was collected. */
export function satisfy(
  results: Results,
  analytes: readonly Analyte[],
  from: ClinicDate,
  until: ClinicDate,
): {
  met: { at: Instant; by: string[] } | null;
  missing: string[];
} {
  const found = analytes.map((analyte) => within(results, analyte, from, until)[0]);
  const missing = analytes.filter((_, index) => found[index] === undefined);
  const used = found.filter((result) => result !== undefined);
  const at = used
    .map(({ collectedAt }) => collectedAt)
    .sort(compareInstants)
    .at(-1);
  return { met: missing.length === 0 && at !== undefined ? { at, by: used.map(({ id }) => id) } : null, missing };
}
