import fc from 'fast-check';
import { ANALYTE_CATALOGUE, analyteOfLoinc, harmonize, UnitContradictsLoincError, UnknownUnitError } from './analytes.js';
import { ANALYTES } from './facts.js';

describe('analytes', () => {
  it.each([
    ['b12', 350, 'pg/mL', '2132-9', 258.3],
    ['b12', 350, 'ng/L', '2132-9', 258.3],
    ['b12', 350, 'PG/ML', null, 258.3],
    ['b12', 258.3, 'pmol/L', '14685-2', 258.3],
    ['mma', 280, 'nmol/L', '13964-2', 0.28],
    ['mma', 0.28, 'µmol/L', '13964-2', 0.28],
    ['mma', 0.28, 'μmol/L', '13964-2', 0.28],
    ['mma', 0.28, 'nmol/mL', null, 0.28],
    ['mma', 0.28, 'mcmol/L', null, 0.28],
    ['homocysteine', 12, 'umol/L', '13965-9', 12],
    ['potassium', 3.4, 'mEq/L', '2823-3', 3.4],
    ['potassium', 3.4, 'meq/l', '6298-4', 3.4],
    ['potassium', 4.2, 'mmol/L', '6298-4', 4.2],
    ['hematocrit', 0.41, 'L/L', '4544-3', 41],
    ['hematocrit', 41, '%', '4544-3', 41],
    ['hemoglobin', 130, 'g/L', '718-7', 13],
    ['hemoglobin', 13, 'g/dL', '718-7', 13],
    ['mcv', 101, 'fL', '787-2', 101],
    ['creatinine', 1, 'mg/dL', '38483-4', 88.42],
    ['creatinine', 88.42, 'µmol/L', null, 88.42],
    ['egfr', 58, 'mL/min/{1.73_m2}', '33914-3', 58],
    ['egfr', 58, 'mL/min', '33914-3', 58],
    ['egfr', 58, 'mL/min/1.73 m²', '98979-8', 58],
    ['hba1c', 5.6, '%', '4548-4', 5.6],
    ['ferritin', 30, 'ng/mL', '2276-4', 30],
    ['ferritin', 30, 'mcg/L', '2276-4', 30],
    ['tsh', 2.1, 'mIU/L', '3016-3', 2.1],
    ['tsh', 2.1, 'µIU/mL', '3016-3', 2.1],
    ['vitamin-d', 20, 'ng/mL', '1989-3', 49.92],
    ['folate', 5, 'ng/mL', '2284-8', 11.33],
    ['reticulocytes', 1.2, '%', '17849-1', 1.2],
  ] as const)('%s %d %s (%s) is %d in the canonical unit', (analyte, value, unit, loinc, expected) => {
    const harmonized = harmonize(analyte, value, unit, loinc);
    expect(harmonized.value).toBeCloseTo(expected, 8);
    expect(harmonized.unit).toBe(ANALYTE_CATALOGUE[analyte].canonicalUnit);
  });

  it('HbA1c in mmol/mol follows the master equation', () => {
    expect(harmonize('hba1c', 53, 'mmol/mol').value).toBeCloseTo(7.0, 1);
  });

  it.each([
    ['b12', 350, 'mg/dL'],
    ['potassium', 4, ''],
    ['hematocrit', 41, 'g/dL'],
    ['reticulocytes', 60, '10*3/uL'],
    ['mma', 3, 'toString'],
    ['b12', 3, 'constructor'],
  ] as const)('%s in "%s%s" is refused, not guessed', (analyte, value, unit) => {
    expect(() => harmonize(analyte, value, unit)).toThrow(UnknownUnitError);
  });

  it('names the analyte, the unit and what would be accepted', () => {
    try {
      harmonize('potassium', 4, 'mg/dL');
      throw new Error('not refused');
    } catch (error) {
      expect(error).toMatchObject({ name: 'UnknownUnitError', analyte: 'potassium', unit: 'mg/dL', accepted: ['mmol/L', 'meq/L'] });
    }
  });

  it('a mass code does not take moles, nor a molar code mass', () => {
    expect(() => harmonize('b12', 250, 'pmol/L', '2132-9')).toThrow(UnitContradictsLoincError);
    expect(() => harmonize('b12', 350, 'pg/mL', '14685-2')).toThrow(UnitContradictsLoincError);
    expect(() => harmonize('creatinine', 90, 'umol/L', '2160-0')).toThrow(/2160-0/);
  });

  it('refuses values that are no measurement', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1]) expect(() => harmonize('b12', value, 'pmol/L')).toThrow(RangeError);
  });

  it('each LOINC code belongs to one analyte', () => {
    const codes = ANALYTES.flatMap((analyte) => ANALYTE_CATALOGUE[analyte].loinc);
    expect(new Set(codes).size).toBe(codes.length);
    for (const analyte of ANALYTES) for (const code of ANALYTE_CATALOGUE[analyte].loinc) expect(analyteOfLoinc(code)).toBe(analyte);
    expect(analyteOfLoinc('8302-2')).toBeNull();
  });

  it('the canonical unit of every analyte is accepted unchanged, and text that is no unit never gives a number', () => {
    for (const analyte of ANALYTES) expect(harmonize(analyte, 7, ANALYTE_CATALOGUE[analyte].canonicalUnit).value).toBe(7);
    fc.assert(
      fc.property(fc.constantFrom(...ANALYTES), fc.string(), (analyte, unit) => {
        try {
          return Number.isFinite(harmonize(analyte, 1, unit).value);
        } catch (error) {
          return error instanceof UnknownUnitError;
        }
      }),
    );
  });
});
