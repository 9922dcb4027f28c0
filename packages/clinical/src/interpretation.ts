/** How a value is to be read beside its reference range, and when a high one is no finding. */
import { ANALYTE_CATALOGUE } from './analytes.js';
import { addMonths } from './calendar.js';
import { type Analyte, type ClinicDate, COBALAMINS, type InjectionFacts } from './facts.js';

export type Interpretation = 'low' | 'normal' | 'high' | 'expected-high';

/** Serum B12 stays high for months after a dose, longer than the longest maintenance interval. */
const INJECTIONS_LAST_MONTHS = 6;

/**
 * A value in the canonical unit against the reference range, ends included. B12 above the range in somebody who gets B12 injections is what
 * the injections do: `expected-high`, and not to be coloured as abnormal. A low one stays low.
 */
export function interpretResult(analyte: Analyte, value: number, { onInjections }: { onInjections: boolean }): Interpretation {
  const { low, high } = ANALYTE_CATALOGUE[analyte].reference;
  if (low !== undefined && value < low) return 'low';
  if (high === undefined || value <= high) return 'normal';
  return analyte === 'b12' && onInjections ? 'expected-high' : 'high';
}

/** Whether the patient was on B12 injections on a day: a dose was given by then, and within six months before. The latest dose by then decides. */
export function onInjections(
  { injections }: { injections: readonly Pick<InjectionFacts, 'status' | 'substance' | 'givenOn'>[] },
  day: ClinicDate,
): boolean {
  return injections.some(
    ({ status, substance, givenOn }) =>
      status === 'given' && COBALAMINS.includes(substance) && givenOn <= day && addMonths(givenOn, INJECTIONS_LAST_MONTHS) >= day,
  );
}
