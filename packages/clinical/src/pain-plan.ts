/** PAIN-PLAN: symptomatic treatment beside the ranges of the sources. It informs; it never stops anybody. */
import type { CareFindingCode } from './finding-codes.js';

export const PAIN_DRUGS = [
  'pregabalin',
  'duloxetine',
  'gabapentin',
  'carbamazepine',
  'valproate',
  'amitriptyline',
  'imipramine',
  'capsaicin-topical',
] as const;
export type PainDrug = (typeof PAIN_DRUGS)[number];

export interface PainDrugReference {
  line: 'first' | 'alternative';
  unit: 'mg/day' | '%';
  /** Of the sources, ends included; `null` where they give none. */
  range: readonly [low: number, high: number] | null;
}

const alternative = (unit: PainDrugReference['unit'] = 'mg/day', range: PainDrugReference['range'] = null): PainDrugReference => ({
  line: 'alternative',
  unit,
  range,
});

/** PAIN-PLAN (S4, S3, S0): orientation from the sources, not a prescription; kidneys, age and interactions are not in them. */
export const PAIN_REFERENCE: Readonly<Record<PainDrug, PainDrugReference>> = {
  pregabalin: { line: 'first', unit: 'mg/day', range: [300, 600] },
  duloxetine: { line: 'first', unit: 'mg/day', range: [60, 120] },
  gabapentin: alternative(),
  carbamazepine: alternative(),
  valproate: alternative(),
  amitriptyline: alternative(),
  imipramine: alternative(),
  'capsaicin-topical': alternative('%', [0.025, 0.075]),
};

/** What PAIN-PLAN says about a drug. `inform` stands beside the field, `warn` is marked; neither has to be acknowledged. */
export interface PainRemark {
  ruleId: 'PAIN-PLAN';
  severity: 'inform' | 'warn';
  code: Extract<CareFindingCode, `pain-${string}`>;
  field: 'drug' | 'dose';
  facts: Record<string, unknown>;
}

/** PAIN-PLAN (S4, S3, S0): a dose in mg a day (capsaicin: percent) beside its range. Only one above the range warns: low doses start a titration. */
export function checkPainDrug(drug: PainDrug, dose: number | null): PainRemark[] {
  const { line, unit, range } = PAIN_REFERENCE[drug];
  const seen = { drug, dose, unit, low: range?.[0] ?? null, high: range?.[1] ?? null };
  const remark = (severity: PainRemark['severity'], code: PainRemark['code'], field: PainRemark['field']): PainRemark => ({
    ruleId: 'PAIN-PLAN',
    severity,
    code,
    field,
    facts: seen,
  });
  const remarks = line === 'first' ? [] : [remark('inform', 'pain-drug-not-first-line', 'drug')];
  if (dose === null) return [...remarks, remark('inform', 'pain-dose-missing', 'dose')];
  if (range === null) return [...remarks, remark('inform', 'pain-dose-without-range', 'dose')];
  if (dose > range[1]) return [...remarks, remark('warn', 'pain-dose-above-range', 'dose')];
  return [...remarks, remark('inform', dose < range[0] ? 'pain-dose-below-range' : 'pain-dose-in-range', 'dose')];
}
