/** DX-SEVERE and MON-RISK: what makes a deficiency severe, and who is at risk of one. */
import { ANALYTE_CATALOGUE } from './analytes.js';
import { addDays, compareInstants } from './calendar.js';
import { givenDoses } from './courses.js';
import type { Analyte, Cause, CourseFacts, DeficiencyPictureFacts, LabResultFacts, PatientFacts, Regimen, RiskGroup } from './facts.js';

export const PICTURE_ELEMENTS = ['lowB12', 'symptoms', 'neurologicalSigns', 'anemiaOrMacrocytosis', 'malabsorptionRisk'] as const;
export type PictureElement = (typeof PICTURE_ELEMENTS)[number];

export interface PictureState {
  element: PictureElement;
  present: boolean | null;
  /** What says so; `null` when nothing does. What a clinician recorded comes before what is derived. */
  from: 'recorded' | 'result' | 'course' | 'patient' | null;
  factIds: string[];
}

export interface DeficiencyPicture {
  ruleId: 'DX-SEVERE';
  elements: PictureState[];
  /** `null` = undetermined: what is missing could still change the answer. */
  severe: boolean | null;
  /** Neurological involvement chooses the regimen; `null` while it is not known. */
  proposedRegimen: Regimen | null;
  missing: PictureElement[];
}

/** Values up to this long before the first dose (or the start) describe the state before treatment. */
const RESULT_BEFORE_DAYS = 90;
const MALABSORPTIVE_CAUSES: readonly Cause[] = ['pernicious-anemia', 'gastric-surgery', 'ileal-surgery', 'crohns-disease'];

/**
 * DX-SEVERE (S2): a picture, not a number. Severe is a low B12 together with symptoms, neurological signs or a changed blood picture;
 * malabsorption makes it likelier and is shown. It is not severe when all three are known to be absent, and undetermined otherwise – also
 * with a normal B12, which excludes nothing. The course's flags say "yes" only: a flag that is off was perhaps never asked about.
 */
export function deficiencyPicture(course: CourseFacts, facts: PatientFacts): DeficiencyPicture {
  const derived: Record<PictureElement, PictureState> = {
    lowB12: byResults('lowB12', [{ analyte: 'b12', abnormal: isLow('b12') }], course, facts),
    symptoms: state('symptoms', course.symptomsSince === null ? null : true, 'course'),
    neurologicalSigns: state('neurologicalSigns', course.neurologicalInvolvement ? true : null, 'course'),
    anemiaOrMacrocytosis: course.anemiaAtBaseline
      ? state('anemiaOrMacrocytosis', true, 'course')
      : byResults(
          'anemiaOrMacrocytosis',
          [
            { analyte: 'hemoglobin', abnormal: isLow('hemoglobin') },
            { analyte: 'hematocrit', abnormal: isLow('hematocrit') },
            { analyte: 'mcv', abnormal: isHigh('mcv') },
          ],
          course,
          facts,
        ),
    malabsorptionRisk: malabsorption(course, facts),
  };
  const elements = PICTURE_ELEMENTS.map((element) => {
    const recorded = course.deficiencyPicture?.[element] ?? null;
    return recorded === null ? derived[element] : state(element, recorded, 'recorded');
  });
  const present = (element: PictureElement): boolean | null => elements.find((entry) => entry.element === element)?.present ?? null;
  const clinical = (['symptoms', 'neurologicalSigns', 'anemiaOrMacrocytosis'] as const).map(present);
  const neurological = present('neurologicalSigns');
  return {
    ruleId: 'DX-SEVERE',
    elements,
    severe: clinical.includes(true) && present('lowB12') === true ? true : clinical.every((known) => known === false) ? false : null,
    proposedRegimen: neurological === null ? null : neurological ? 'loading-alternate-days' : 'loading-three-weekly',
    missing: elements.filter((entry) => entry.present === null).map(({ element }) => element),
  };
}

export interface RiskGroupState {
  ruleId: 'MON-RISK';
  group: RiskGroup;
  /** Recorded with the patient, or implied by the cause of a course. */
  from: 'patient' | 'course';
}

const IMPLIED_BY_CAUSE: Partial<Record<Cause, RiskGroup>> = {
  'ileal-surgery': 'ileal-resection-or-crohns',
  'crohns-disease': 'ileal-resection-or-crohns',
  metformin: 'long-term-metformin',
};

/** MON-RISK (S4): the risk groups of a patient, recorded ones first. */
export function riskGroups(facts: PatientFacts): RiskGroupState[] {
  const recorded = facts.patient.riskGroups.map((group): RiskGroupState => ({ ruleId: 'MON-RISK', group, from: 'patient' }));
  const implied = facts.courses.flatMap(({ cause }): RiskGroupState[] => {
    const group = IMPLIED_BY_CAUSE[cause];
    return group ? [{ ruleId: 'MON-RISK', group, from: 'course' }] : [];
  });
  const all = [...recorded, ...implied];
  return all.filter(({ group }, index) => all.findIndex((other) => other.group === group) === index);
}

function state(element: PictureElement, present: boolean | null, from: PictureState['from'], factIds: string[] = []): PictureState {
  return { element, present, from: present === null ? null : from, factIds };
}

const isLow =
  (analyte: Analyte) =>
  (value: number): boolean =>
    value < (ANALYTE_CATALOGUE[analyte].reference.low ?? Number.NEGATIVE_INFINITY);
const isHigh =
  (analyte: Analyte) =>
  (value: number): boolean =>
    value > (ANALYTE_CATALOGUE[analyte].reference.high ?? Number.POSITIVE_INFINITY);

function byResults(
  element: PictureElement,
  tests: { analyte: Analyte; abnormal: (value: number) => boolean }[],
  course: CourseFacts,
  facts: PatientFacts,
): PictureState {
  const untilOn = givenDoses(course, facts.injections)[0]?.givenOn ?? course.startedOn;
  const fromOn = addDays(untilOn, -RESULT_BEFORE_DAYS);
  const latest = tests.flatMap(({ analyte, abnormal }) => {
    const result = facts.labResults
      .filter((entry) => entry.analyte === analyte && entry.collectedOn >= fromOn && entry.collectedOn <= untilOn)
      .sort((a, b) => compareInstants(a.collectedAt, b.collectedAt) || (a.id < b.id ? -1 : 1))
      .at(-1);
    return result ? [{ result, abnormal: abnormal(result.value) }] : [];
  });
  const abnormal = latest.filter((entry) => entry.abnormal);
  const ids = (entries: { result: LabResultFacts }[]): string[] => entries.map(({ result }) => result.id).sort();
  if (abnormal.length > 0) return state(element, true, 'result', ids(abnormal));
  return state(element, latest.length > 0 ? false : null, 'result', ids(latest));
}

/** Whether this cause means malabsorption by itself (DX-SEVERE), whether or not the patient's record names one. */
export const impliesMalabsorption = (cause: Cause): boolean => MALABSORPTIVE_CAUSES.includes(cause);

function malabsorption(course: CourseFacts, facts: PatientFacts): PictureState {
  if (facts.patient.malabsorption.length > 0) return state('malabsorptionRisk', true, 'patient');
  return state('malabsorptionRisk', impliesMalabsorption(course.cause) ? true : null, 'course');
}

/** Every element still to be asked. */
export const UNANSWERED_PICTURE: Readonly<DeficiencyPictureFacts> = {
  lowB12: null,
  symptoms: null,
  neurologicalSigns: null,
  anemiaOrMacrocytosis: null,
  malabsorptionRisk: null,
};
