/** Laboratory results around the milestones of a course: low before, better after, some of them never drawn. */
import { type Analyte, addDays, addMonths, type ClinicDate, harmonize, type LabResultFacts } from '@vastus/clinical';
import { at, type ClinicFrame, hoursAfter } from './clinic-frame.js';
import type { Chance } from './random.js';
import type { Completeness, Script } from './script.js';

export interface SeedResult extends LabResultFacts {
  loinc: string;
  reportedValue: number;
  unit: string;
  harmonizedUnit: string;
  resultedAt: string;
}

/** How the laboratories of the network report each analyte, and what they find before treatment, during it, and when it works badly. */
const REPORTED: Partial<
  Record<
    Analyte,
    readonly {
      loinc: string;
      unit: string;
      low: readonly [number, number];
      good: readonly [number, number];
      slow?: readonly [number, number];
      digits: number;
    }[]
  >
> = {
  b12: [
    { loinc: '2132-9', unit: 'pg/mL', low: [70, 190], good: [420, 1200], digits: 0 },
    { loinc: '14685-2', unit: 'pmol/L', low: [52, 140], good: [310, 880], digits: 0 },
  ],
  homocysteine: [{ loinc: '13965-9', unit: 'umol/L', low: [18, 60], good: [5.5, 9.8], slow: [10.2, 16], digits: 1 }],
  mma: [
    { loinc: '13964-2', unit: 'umol/L', low: [0.6, 4], good: [0.1, 0.38], slow: [0.3, 0.7], digits: 2 },
    { loinc: '13964-2', unit: 'nmol/L', low: [600, 4000], good: [100, 380], slow: [300, 700], digits: 0 },
  ],
  folate: [{ loinc: '2284-8', unit: 'ng/mL', low: [4, 15], good: [4, 15], digits: 1 }],
  potassium: [{ loinc: '2823-3', unit: 'mmol/L', low: [3.6, 4.6], good: [3.6, 4.6], slow: [3.1, 3.4], digits: 1 }],
  hematocrit: [{ loinc: '4544-3', unit: '%', low: [26, 36], good: [36, 45], digits: 1 }],
  hemoglobin: [{ loinc: '718-7', unit: 'g/dL', low: [8.2, 12], good: [12, 15], digits: 1 }],
  mcv: [{ loinc: '787-2', unit: 'fL', low: [100, 122], good: [84, 98], digits: 0 }],
  reticulocytes: [{ loinc: '17849-1', unit: '%', low: [0.3, 1.2], good: [0.8, 2.2], digits: 1 }],
  ferritin: [{ loinc: '2276-4', unit: 'ng/mL', low: [18, 220], good: [18, 220], digits: 0 }],
};
const BASELINE: readonly Analyte[] = ['b12', 'folate', 'ferritin', 'hematocrit', 'reticulocytes'];
/** Whether the marrow answers. */
const COUNTS: readonly Analyte[] = ['hematocrit', 'reticulocytes'];
const BASELINE_EXTRA: readonly Analyte[] = ['hemoglobin', 'mcv', 'homocysteine', 'mma'];

export function resultsOf(
  frame: ClinicFrame,
  script: Script,
  anemic: boolean,
  firstDoseOn: ClinicDate,
  lastOn: ClinicDate,
  chance: Chance,
  newId: () => string,
): SeedResult[] {
  const results: SeedResult[] = [];
  const draw = (analytes: readonly Analyte[], day: ClinicDate, phase: 'low' | 'good' | 'slow') => {
    if (day > frame.today || day > lastOn) return;
    for (const analyte of analytes) {
      const result = measure(frame, analyte, day, phase, chance, newId);
      if (result) results.push(result);
    }
  };
  if (script.regimen !== 'maintenance') {
    if (script.baseline !== 'missing') draw(some(BASELINE, script.baseline, chance), addDays(firstDoseOn, -chance.whole(0, 9)), 'low');
    if (script.baseline !== 'missing' && chance.happens(0.5)) draw(BASELINE_EXTRA, addDays(firstDoseOn, -chance.whole(0, 9)), 'low');
    if (chance.happens(0.75)) draw(['potassium'], addDays(firstDoseOn, chance.whole(1, 2)), chance.happens(0.02) ? 'slow' : 'good');
    if (anemic) {
      for (const day of [5, 6, 7]) if (chance.happens(0.9)) draw(COUNTS, addDays(firstDoseOn, day), 'low');
      for (const day of [14, 21, 28]) draw(COUNTS, addDays(firstDoseOn, day), 'good');
    }
  }
  if (script.monitoringPlan === 'none') return results;
  const quarterly = script.monitoringPlan === 'MON-Q3';
  for (
    let months = 3;
    addMonths(firstDoseOn, months) <= addDays(frame.today, 14);
    months += months >= 12 ? 12 : quarterly || months === 3 ? 3 : 6
  ) {
    const completeness = script.checks(months, chance);
    if (completeness === 'missing') continue;
    const wanted: readonly Analyte[] = quarterly || months > 12 ? ['b12', 'homocysteine'] : ['b12', 'homocysteine', 'mma'];
    const phase = script.slowResponse && months < 12 ? 'slow' : 'good';
    draw(some(wanted, completeness, chance), addDays(addMonths(firstDoseOn, months), chance.whole(-10, 16)), phase);
  }
  return results;
}

function some(analytes: readonly Analyte[], completeness: Completeness, chance: Chance): readonly Analyte[] {
  if (completeness === 'complete') return analytes;
  const dropped = chance.pick(analytes);
  return analytes.filter((analyte) => analyte !== dropped);
}

function measure(
  frame: ClinicFrame,
  analyte: Analyte,
  day: ClinicDate,
  phase: 'low' | 'good' | 'slow',
  chance: Chance,
  newId: () => string,
): SeedResult | null {
  const report = chance.pick(REPORTED[analyte] ?? []);
  if (!report) return null;
  const [from, to] = phase === 'low' ? report.low : phase === 'slow' ? (report.slow ?? report.good) : report.good;
  const collectedAt = at(frame, day, chance.whole(7 * 60 + 15, 10 * 60));
  const resultedAt = hoursAfter(collectedAt, chance.whole(4, 30));
  const id = newId();
  // Still in the laboratory.
  if (resultedAt > frame.now) return null;
  const reportedValue = chance.between(from, to, report.digits);
  const { value, unit } = harmonize(analyte, reportedValue, report.unit, report.loinc);
  return {
    id,
    analyte,
    value,
    collectedAt,
    collectedOn: day,
    loinc: report.loinc,
    reportedValue,
    unit: report.unit,
    harmonizedUnit: unit,
    resultedAt,
  };
}
