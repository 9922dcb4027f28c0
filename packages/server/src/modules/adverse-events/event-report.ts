/** A case as a national report asks for it: pure, from what is recorded. Nothing is guessed; what is not recorded stays empty. */
import { ANALYTE_CATALOGUE, ageOn, dateInZone, type Instant, type Regimen, type TimeZone } from '@vastus/clinical';
import type { AdverseEvent, EventReport } from '@vastus/contract';
import type { ReportedDose, ReportedPatient, ReportFacts } from './event-report.store.js';

export interface ReportOccasion {
  now: Instant;
  zone: TimeZone;
  identify: 'initials' | 'record-number';
}

/** The codes of this product are English words; a report is read by people who know none of them as codes. */
export const plain = (code: string): string => {
  const words = code.replaceAll('-', ' ').replace('crohns', 'Crohn’s');
  return words.charAt(0).toUpperCase() + words.slice(1);
};
const FREQUENCY: Readonly<Record<Exclude<Regimen, 'maintenance'>, string>> = {
  'loading-alternate-days': 'on alternate days (loading)',
  'loading-three-weekly-neurological': 'three times a week (loading)',
  'loading-three-weekly': 'three times a week (loading)',
  'methylcobalamin-three-weekly': 'three times a week',
};
const CRITERIA: Readonly<Record<string, string>> = {
  death: 'Death',
  'life-threatening': 'Life-threatening',
  hospitalization: 'Hospitalization, initial or prolonged',
  disability: 'Disability or permanent damage',
  'congenital-anomaly': 'Congenital anomaly or birth defect',
  'other-important': 'Other serious or important medical event',
};
const CAUSALITY: Readonly<Record<string, string>> = {
  certain: 'Certain',
  probable: 'Probable / likely',
  possible: 'Possible',
  unlikely: 'Unlikely',
  conditional: 'Conditional / unclassified',
  unassessable: 'Unassessable / unclassifiable',
};
const QUESTIONS = {
  onset: 'Onset after the injection',
  distribution: 'Distribution',
  motor: 'Motor function',
  radiatingPain: 'Radiating pain',
  lossOfConsciousness: 'Loss of consciousness',
  course: 'Course at the report',
  siteFindings: 'Findings at the site',
} as const;

const yesNo = (value: boolean) => (value ? 'Yes' : 'No');
const amount = (micrograms: number) => (micrograms >= 1000 ? `${micrograms / 1000} mg` : `${micrograms} µg`);
const present = (lines: (string | null | false | undefined)[]) => lines.filter((line): line is string => Boolean(line));

export function eventReport(
  event: AdverseEvent,
  { patient, dose, tests }: ReportFacts,
  { now, zone, identify }: ReportOccasion,
): EventReport {
  const on = (at: Instant) => dateInZone(at, zone);
  const { filing } = event;
  return {
    schema: 'vastus.event-report/1',
    caseId: event.id,
    caseVersion: event.version,
    clinic: patient.clinicName,
    writtenAt: now,
    A: {
      patientIdentifier: identify === 'initials' ? initials(patient) : patient.recordNumber,
      ageAtEvent: ageOn(patient.birthDate, on(event.onsetAt)),
      sex: plain(patient.sex),
      weightKg: null,
    },
    B: {
      kind: present(['Adverse event', dose?.againstStop && 'Product use error: given against a stop']),
      outcomesAttributed: event.seriousnessCriteria.map((criterion) =>
        criterion === 'death' && patient.deceasedOn ? `${CRITERIA[criterion]} (${patient.deceasedOn})` : CRITERIA[criterion]!,
      ),
      serious: event.serious,
      dateOfEvent: on(event.onsetAt),
      timeOfEvent: event.onsetAt,
      dateOfThisReport: on(now),
      description: event.narrative ?? '',
      assessment: assessmentOf(event),
      ctcaeTerm: event.ctcaeTerm && plain(event.ctcaeTerm),
      ctcaeGrade: event.ctcaeGrade,
      causality: event.causality && (CAUSALITY[event.causality] ?? null),
      outcome: plain(event.outcome),
      resolvedOn: event.resolvedAt && on(event.resolvedAt),
      tests: tests.map(({ on: day, analyte, value, unit }) => ({
        on: day,
        test: ANALYTE_CATALOGUE[analyte].name,
        result: `${value} ${unit.replace(/^umol/, 'µmol')}`,
      })),
      examinations: event.examinations
        .filter(({ state }) => state === 'effective')
        .map((examination) => ({ on: on(examination.examinedAt), findings: findingsOf(examination) })),
      history: historyOf(patient, dose),
    },
    C: {
      productAvailable: filing?.productKept ? plain(filing.productKept) : null,
      manufacturerInformedOn: filing?.manufacturerInformedOn ?? null,
    },
    D: {
      product: dose?.productName ?? null,
      substance: dose && plain(dose.substance),
      strength: dose && `${amount(dose.strengthMicrogramsPerMl)}/mL`,
      manufacturer: filing?.manufacturer ?? null,
      atcCode: dose?.atcCode ?? null,
      gtins: dose?.gtins ?? [],
      dose: dose && `${amount(dose.doseMicrograms)}${dose.volumeMl === null ? '' : ` (${dose.volumeMl} mL)`}`,
      frequency: dose && frequencyOf(dose),
      route: dose && (dose.route === 'IM' ? 'Intramuscular' : 'Subcutaneous'),
      site: event.site && plain(event.site),
      datesOfUse: { from: dose?.firstDoseOn ?? null, to: dose?.lastDoseOn ?? null },
      givenAt: dose?.givenAt ?? null,
      indication: dose && (dose.indication ?? (dose.cause === 'unknown' ? null : plain(dose.cause))),
      ...challenge(event, dose),
      lotNumber: dose?.lotNumber ?? null,
      expiresOn: dose?.expiresOn ?? null,
    },
    E: {
      device: dose && (dose.needleGauge !== null || dose.needleLengthMm !== null) ? 'Hypodermic needle' : null,
      needle:
        present([dose?.needleGauge != null && `${dose.needleGauge} G`, dose?.needleLengthMm != null && `${dose.needleLengthMm} mm`]).join(
          ', ',
        ) || null,
      operator: dose && (dose.selfReported ? 'Patient' : 'Health professional'),
    },
    F: {
      concomitant: present([
        ...patient.otherCourses,
        ...patient.painDrugs.map(plain),
        patient.folicAcidMgPerDay !== null && patient.folicAcidMgPerDay > 0 && `Folic acid ${patient.folicAcidMgPerDay} mg a day`,
        patient.neurotoxicDrugs,
        patient.anticoagulated === true && 'Anticoagulant',
      ]),
    },
    G: {
      reporter: patient.reporterName,
      occupation: plain(patient.reporterRole),
      organization: patient.clinicName,
      alsoReportedTo: present([
        filing?.manufacturerInformedOn && `Manufacturer (${filing.manufacturerInformedOn})`,
        filing?.filedOn && `${filing.authority ?? 'Authority'} (${filing.filedOn})`,
      ]),
      authorityReference: filing?.authorityReference ?? null,
    },
    completeness: {
      score: event.completeness.score,
      missing: [...event.completeness.missing, ...event.completeness.unanswered].map(plain),
    },
  };
}

/** The first letters of given and family names, as a report in confidence asks for. */
export function initials({ givenName, familyName }: Pick<ReportedPatient, 'givenName' | 'familyName'>): string {
  return [givenName, familyName]
    .flatMap((name) => name.split(/[\s-]+/))
    .flatMap((part) => [...part].slice(0, 1))
    .map((letter) => `${letter.toUpperCase()}.`)
    .join(' ');
}

function assessmentOf({ assessment }: AdverseEvent): EventReport['B']['assessment'] {
  return (Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]).map((question) => {
    const answer = assessment[question];
    const said =
      answer === null
        ? null
        : typeof answer === 'boolean'
          ? yesNo(answer)
          : Array.isArray(answer)
            ? answer.map(plain).join(', ') || 'Unremarkable'
            : plain(answer);
    return { question: QUESTIONS[question], answer: said };
  });
}

function findingsOf(examination: AdverseEvent['examinations'][number]): string {
  const { course, motorDeficit, pain, strength, sensation, sensory, electrodiagnosticStudy, note } = examination;
  return present([
    plain(course),
    motorDeficit !== null && (motorDeficit ? 'motor deficit' : 'no motor deficit'),
    pain !== null && `pain ${pain}/10`,
    ...strength.map(({ muscle, side, grade }) => `${plain(muscle).toLowerCase()} ${side} MRC ${grade}/5`),
    ...sensation.map(
      ({ region, side, modality, sensation: felt }) =>
        `${plain(region).toLowerCase()} ${side}, ${plain(modality).toLowerCase()}: ${plain(felt).toLowerCase()}`,
    ),
    electrodiagnosticStudy && 'electrodiagnostic study done',
    sensory,
    note,
  ]).join('; ');
}

function historyOf(patient: ReportedPatient, dose: ReportedDose | null): string[] {
  return present([
    dose && dose.cause !== 'unknown' && `Cause of the deficiency: ${plain(dose.cause)}`,
    dose?.neurologicalInvolvement && 'Neurological involvement before treatment',
    dose?.symptomsSince && `Symptoms of the deficiency since ${dose.symptomsSince}`,
    ...patient.malabsorption.map((code) => `Malabsorption: ${plain(code)}`),
    ...patient.riskGroups.map((code) => `Risk group: ${plain(code)}`),
    patient.renalDysfunction !== null && `Renal dysfunction: ${yesNo(patient.renalDysfunction).toLowerCase()}`,
    ...patient.allergies.map((code) => `Allergy: ${plain(code)}`),
    patient.allergyNote,
  ]);
}

function frequencyOf({ regimen, maintenanceMonths }: ReportedDose): string {
  if (regimen !== 'maintenance') return FREQUENCY[regimen];
  return maintenanceMonths === 1 ? 'every month' : `every ${maintenanceMonths} months`;
}

/** Dechallenge and rechallenge as far as the record shows them; where it does not, that is what is said. */
function challenge(
  { outcome, examinations }: AdverseEvent,
  dose: ReportedDose | null,
): Pick<EventReport['D'], 'abatedAfterStop' | 'reappearedAfterReintroduction'> {
  if (!dose) return { abatedAfterStop: 'unknown', reappearedAfterReintroduction: 'unknown' };
  if (dose.dosesAfter > 0)
    return { abatedAfterStop: 'does not apply', reappearedAfterReintroduction: dose.eventsAfter > 0 ? 'yes' : 'unknown' };
  const better = outcome === 'resolved' || outcome === 'recovering' || outcome === 'resolved-with-sequelae';
  return { abatedAfterStop: better ? 'yes' : examinations.length > 0 ? 'no' : 'unknown', reappearedAfterReintroduction: 'does not apply' };
}
