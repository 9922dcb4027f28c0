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
  constructor(readonly analyte: Analyte, readonly unit: string, readonly accepted: readonly string[]) {
    super(`${analyte} is not accepted in this unit`);
  }
}

/** The unit is known but contradicts what the LOINC code measures: 2132-9 is mass, 14685-2 is moles. */
export class UnitContradictsLoincError extends UnknownUnitError {
  override readonly name = 'UnitContradictsLoincError';
  constructor(analyte: Analyte, unit: string, readonly loinc: string, accepted: readonly string[]) {
    super(analyte, unit, accepted);
  }
}

/** By analyte. */
export const ANALYTE_CATALOGUE: Readonly<Record<Analyte, AnalyteDescription>> = {} as Record<Analyte, AnalyteDescription>;

/** The analyte a LOINC code measures, or `null` when the rules do not read it. */
export function analyteOfLoinc(_loinc: string): Analyte | null {
  throw new Error('not written yet');
}

/**
 * The value in the canonical unit of its analyte. Pass the LOINC code where there is one: mass and molar codes refuse each other's units.
 * Throws `UnknownUnitError`, `UnitContradictsLoincError`, or `RangeError` for a value that is negative or not finite.
 */
export function harmonize(_analyte: Analyte, _value: number, _unit: string, _loinc?: string | null): { value: number; unit: string } {
  throw new Error('not written yet');
}
