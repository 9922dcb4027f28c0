/** The analytes the rules read: their LOINC codes, units and reference ranges. Units are converted or refused, never guessed. */
import type { Analyte } from './facts.js';

export interface AnalyteDescription {
  name: string;
  /** Accepted LOINC codes. */
  loinc: readonly string[];
  /** UCUM. Facts and rules hold values in this unit only. */
  canonicalUnit: string;
  /** Factor to the canonical unit by UCUM unit; other spellings are recognised by `harmonize`. */
  units: Readonly<Record<string, number>>;
  /** Added after the factor, for scales that do not share a zero (HbA1c in mmol/mol). */
  offsets?: Readonly<Record<string, number>>;
  /** In the canonical unit; a general adult orientation, not a laboratory's own range. */
  reference: { low?: number; high?: number };
  /** g/mol, where mass and molar units are converted into each other. */
  molarMass?: number;
}

/** The unit is not one this analyte is reported in, or it cannot be converted without knowing more. */
export class UnknownUnitError extends Error {
  override readonly name: string = 'UnknownUnitError';
  constructor(
    readonly analyte: Analyte,
    readonly unit: string,
    readonly accepted: readonly string[],
  ) {
    super(`${analyte} is not accepted in this unit; accepted: ${accepted.join(', ')}`);
  }
}

/** The unit is known but contradicts what the LOINC code measures: 2132-9 is mass, 14685-2 is moles. */
export class UnitContradictsLoincError extends UnknownUnitError {
  override readonly name = 'UnitContradictsLoincError';
  constructor(
    analyte: Analyte,
    unit: string,
    readonly loinc: string,
    accepted: readonly string[],
  ) {
    super(analyte, unit, accepted);
    this.message = `LOINC ${loinc} does not measure ${analyte} in this kind of unit; accepted: ${accepted.join(', ')}`;
  }
}

/**
 * By analyte. B12 is canonical in pmol/L because mass (2132-9) and molar (14685-2) results of one patient must be comparable;
 * pg/mL and ng/L are the same and × 0.738 (1000 / 1355.4 g/mol). Reticulocyte counts per volume need the erythrocyte count and are refused.
 */
export const ANALYTE_CATALOGUE: Readonly<Record<Analyte, AnalyteDescription>> = {
  b12: {
    name: 'Vitamin B12',
    loinc: ['2132-9', '14685-2'],
    canonicalUnit: 'pmol/L',
    units: { 'pmol/L': 1, 'pg/mL': 0.738, 'ng/L': 0.738 },
    reference: { low: 148, high: 664 },
    molarMass: 1355.4,
  },
  homocysteine: {
    name: 'Homocysteine',
    loinc: ['13965-9'],
    canonicalUnit: 'umol/L',
    units: { 'umol/L': 1, 'nmol/mL': 1, 'nmol/L': 0.001 },
    reference: { high: 15 },
    molarMass: 135.18,
  },
  mma: {
    name: 'Methylmalonic acid',
    loinc: ['13964-2'],
    canonicalUnit: 'umol/L',
    units: { 'umol/L': 1, 'nmol/mL': 1, 'nmol/L': 0.001 },
    reference: { high: 0.4 },
    molarMass: 118.09,
  },
  folate: {
    name: 'Folate',
    loinc: ['2284-8'],
    canonicalUnit: 'nmol/L',
    units: { 'nmol/L': 1, 'ng/mL': 2.266, 'ug/L': 2.266 },
    reference: { low: 7, high: 45 },
    molarMass: 441.4,
  },
  potassium: {
    name: 'Potassium',
    loinc: ['2823-3', '6298-4'],
    canonicalUnit: 'mmol/L',
    units: { 'mmol/L': 1, 'meq/L': 1 },
    reference: { low: 3.5, high: 5.1 },
  },
  hematocrit: {
    name: 'Hematocrit',
    loinc: ['4544-3'],
    canonicalUnit: '%',
    units: { '%': 1, 'L/L': 100 },
    reference: { low: 36, high: 50 },
  },
  hemoglobin: {
    name: 'Hemoglobin',
    loinc: ['718-7'],
    canonicalUnit: 'g/dL',
    units: { 'g/dL': 1, 'g/L': 0.1 },
    reference: { low: 12, high: 17.5 },
  },
  mcv: {
    name: 'Mean corpuscular volume',
    loinc: ['787-2'],
    canonicalUnit: 'fL',
    units: { fL: 1, um3: 1 },
    reference: { low: 80, high: 100 },
  },
  reticulocytes: {
    name: 'Reticulocytes',
    loinc: ['17849-1', '4679-7'],
    canonicalUnit: '%',
    units: { '%': 1, '/100{RBCs}': 1, '{#}/100{RBCs}': 1, '[ppth]': 0.1 },
    reference: { low: 0.5, high: 2.5 },
  },
  ferritin: {
    name: 'Ferritin',
    loinc: ['2276-4'],
    canonicalUnit: 'ug/L',
    units: { 'ug/L': 1, 'ng/mL': 1 },
    reference: { low: 15, high: 300 },
  },
  hba1c: {
    name: 'Hemoglobin A1c',
    loinc: ['4548-4'],
    canonicalUnit: '%',
    units: { '%': 1, 'mmol/mol': 0.09148 },
    offsets: { 'mmol/mol': 2.152 },
    reference: { high: 5.7 },
  },
  tsh: {
    name: 'Thyrotropin',
    loinc: ['3016-3'],
    canonicalUnit: 'm[IU]/L',
    units: { 'm[IU]/L': 1, 'u[IU]/mL': 1 },
    reference: { low: 0.4, high: 4 },
  },
  creatinine: {
    name: 'Creatinine',
    loinc: ['2160-0', '38483-4'],
    canonicalUnit: 'umol/L',
    units: { 'umol/L': 1, 'mg/dL': 88.42, 'mg/L': 8.842 },
    reference: { low: 45, high: 110 },
    molarMass: 113.12,
  },
  egfr: {
    name: 'Estimated glomerular filtration rate',
    loinc: ['98979-8', '62238-1', '33914-3'],
    canonicalUnit: 'mL/min/{1.73_m2}',
    // Real feeds send the estimate with the bare unit under the same codes: the number is per 1.73 m² all the same.
    units: { 'mL/min/{1.73_m2}': 1, 'mL/min': 1 },
    reference: { low: 60 },
  },
  'vitamin-d': {
    name: '25-hydroxyvitamin D',
    loinc: ['1989-3', '62292-8'],
    canonicalUnit: 'nmol/L',
    units: { 'nmol/L': 1, 'ng/mL': 2.496, 'ug/L': 2.496 },
    reference: { low: 50, high: 250 },
    molarMass: 400.64,
  },
};

/** Codes whose LOINC property fixes mass or amount of substance; the others accept every unit of their analyte. */
const LOINC_PROPERTY: Readonly<Record<string, 'mass' | 'molar'>> = {
  '2132-9': 'mass',
  '14685-2': 'molar',
  '13965-9': 'molar',
  '13964-2': 'molar',
  '2284-8': 'mass',
  '2823-3': 'molar',
  '6298-4': 'molar',
  '718-7': 'mass',
  '2276-4': 'mass',
  '2160-0': 'mass',
  '38483-4': 'mass',
  '1989-3': 'mass',
  '62292-8': 'mass',
};

/** Printed spellings that differ from UCUM in more than case, spaces and the sign for micro. */
const PRINTED_UNITS: Readonly<Record<string, string>> = {
  'miu/l': 'm[IU]/L',
  'mu/l': 'm[IU]/L',
  'uiu/ml': 'u[IU]/mL',
  'uu/ml': 'u[IU]/mL',
  'mcu/ml': 'u[IU]/mL',
  'ml/min/1.73m2': 'mL/min/{1.73_m2}',
  'ml/min/1.73_m2': 'mL/min/{1.73_m2}',
  'ml/min/{1.73m2}': 'mL/min/{1.73_m2}',
  'ml/min/1.73': 'mL/min/{1.73_m2}',
  'ml/min/1.73m^2': 'mL/min/{1.73_m2}',
  'ml/min/173.10*-2.m2': 'mL/min/{1.73_m2}',
  '/100{rbc}': '/100{RBCs}',
  '{#}/100{rbc}': '{#}/100{RBCs}',
  '‰': '[ppth]',
  percent: '%',
  '{%}': '%',
  'um^3': 'um3',
  'l/l': 'L/L',
  '1': '1',
};

const analytesByLoinc = new Map<string, Analyte>(
  (Object.keys(ANALYTE_CATALOGUE) as Analyte[]).flatMap((analyte) =>
    ANALYTE_CATALOGUE[analyte].loinc.map((code) => [code, analyte] as const),
  ),
);

/** The analyte a LOINC code measures, or `null` when the rules do not read it. */
export function analyteOfLoinc(loinc: string): Analyte | null {
  return analytesByLoinc.get(loinc.trim()) ?? null;
}

/**
 * The value in the canonical unit of its analyte. Pass the LOINC code where there is one: mass and molar codes refuse each other's units.
 * Spelling is forgiven (case, spaces, µ or u or mc for micro), meaning is not. Conversion keeps ten significant digits.
 * Throws `UnknownUnitError`, `UnitContradictsLoincError`, or `RangeError` for a value that is negative or not finite.
 */
export function harmonize(analyte: Analyte, value: number, unit: string, loinc: string | null = null): { value: number; unit: string } {
  if (!Number.isFinite(value) || value < 0) throw new RangeError('a laboratory value is a finite number, zero or more');
  const { units, offsets, canonicalUnit } = ANALYTE_CATALOGUE[analyte];
  const property = loinc === null ? undefined : LOINC_PROPERTY[loinc.trim()];
  const accepted = Object.keys(units).filter((known) => property === undefined || propertyOf(known) === property);
  const spelled = fold(unit);
  const printed = Object.hasOwn(PRINTED_UNITS, spelled) ? fold(PRINTED_UNITS[spelled] ?? '') : spelled;
  const known = Object.keys(units).find((candidate) => fold(candidate) === printed);
  if (loinc !== null && property !== undefined && contradicts(known ?? printed, property)) {
    throw new UnitContradictsLoincError(analyte, unit, loinc.trim(), accepted);
  }
  const factor = known === undefined ? undefined : units[known];
  if (known === undefined || factor === undefined) throw new UnknownUnitError(analyte, unit, accepted);
  return { value: Number((value * factor + (offsets?.[known] ?? 0)).toPrecision(10)), unit: canonicalUnit };
}

function fold(unit: string): string {
  // NFKC turns the micro sign into the Greek letter and a superscript two into a digit.
  return unit
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/μ/g, 'u')
    .toLowerCase()
    .replace(/^mc(?=g\/|mol\/)/, 'u');
}

function propertyOf(unit: string): 'mass' | 'molar' | null {
  const folded = fold(unit);
  if (/^[a-z]*(?:mol|eq)\//.test(folded)) return 'molar';
  return /^[a-z]?g\//.test(folded) ? 'mass' : null;
}

function contradicts(unit: string, property: 'mass' | 'molar'): boolean {
  const own = propertyOf(unit);
  return own !== null && own !== property;
}
