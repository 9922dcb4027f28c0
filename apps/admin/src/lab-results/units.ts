/** Units as people write them, and which LOINC code goes with which unit. */
import { ANALYTE_CATALOGUE, type Analyte, harmonize } from '@vastus/clinical';
import { readNumber } from '../numbers.js';

const WRITTEN: Readonly<Record<string, string>> = {
  'm[IU]/L': 'mIU/L',
  'u[IU]/mL': 'µIU/mL',
  '[ppth]': '‰',
  '/100{RBCs}': 'per 100 RBC',
  '{#}/100{RBCs}': 'per 100 RBC',
  um3: 'µm³',
  'mL/min/{1.73_m2}': 'mL/min/1.73 m²',
};

/** UCUM as it is read: `umol/L` is µmol/L. */
export function written(unit: string): string {
  return WRITTEN[unit] ?? unit.replace(/^u(?=[a-zA-Z])/, 'µ').replace('{1.73_m2}', '1.73 m²');
}

/** The units an analyte is entered in; two that are written alike are offered once. */
export function unitsOf(analyte: Analyte): string[] {
  const seen = new Set<string>();
  return Object.keys(ANALYTE_CATALOGUE[analyte].units).filter((unit) => {
    const known = seen.has(written(unit));
    seen.add(written(unit));
    return !known;
  });
}

/** The LOINC codes that measure the analyte in this unit: a mass code refuses moles. */
export function loincFor(analyte: Analyte, unit: string): string[] {
  return ANALYTE_CATALOGUE[analyte].loinc.filter((loinc) => {
    try {
      harmonize(analyte, 1, unit, loinc);
      return true;
    } catch {
      return false;
    }
  });
}

export interface Harmonized {
  value: number;
  unit: string;
  /** Against the general reference range of the catalogue. */
  range: 'low' | 'high' | 'inside' | null;
}

/** The value the rules will see, or `null` while it is no number. */
export function harmonized(analyte: Analyte, typed: string, unit: string, loinc: string | null): Harmonized | null {
  const value = readNumber(typed);
  if (value === null) return null;
  try {
    const result = harmonize(analyte, value, unit, loinc);
    const { low, high } = ANALYTE_CATALOGUE[analyte].reference;
    const range =
      low === undefined && high === undefined
        ? null
        : low !== undefined && result.value < low
          ? 'low'
          : high !== undefined && result.value > high
            ? 'high'
            : 'inside';
    return { ...result, range };
  } catch {
    return null;
  }
}
