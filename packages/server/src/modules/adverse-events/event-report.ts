/** A case as a national report asks for it: pure, from what is recorded. Nothing is guessed; what is not recorded stays empty. */
import { ageOn, dateInZone, type Instant, stageOf, type TimeZone } from '@vastus/clinical';
import type { AdverseEvent, EventReport } from '@vastus/contract';
import type { ReportedDose, ReportedPatient, ReportFacts } from './event-report.store.js';
import type { ReportWords } from './event-report.words.js';

export interface ReportOccasion {
  now: Instant;
  zone: TimeZone;
  identify: 'initials' | 'record-number';
  words: ReportWords;
}

const QUESTIONS = ['onset', 'distribution', 'motor', 'radiatingPain', 'lossOfConsciousness', 'course', 'siteFindings'] as const;
const present = (lines: (string | null | false | undefined)[]) => lines.filter((line): line is string => Boolean(line));

export function eventReport(
  event: AdverseEvent,
  { patient, dose, tests }: ReportFacts,
  { now, zone, identify, words }: ReportOccasion,
): EventReport {
  const { say, code, decimal } = words;
  const amount = (micrograms: number) => (micrograms >= 1000 ? `${decimal(micrograms / 1000)} mg` : `${decimal(micrograms)} µg`);
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
      sex: words.sex(patient.sex),
      weightKg: null,
    },
    B: {
      kind: present([say.adverseEvent, dose?.againstStop && say.useError]),
      outcomesAttributed: event.seriousnessCriteria.map((criterion) =>
        criterion === 'death' && patient.deceasedOn ? `${words.criterion.death} (${patient.deceasedOn})` : words.criterion[criterion],
      ),
      serious: event.serious,
      dateOfEvent: on(event.onsetAt),
      timeOfEvent: event.onsetAt,
      dateOfThisReport: on(now),
      description: event.narrative ?? '',
      assessment: assessmentOf(event, words),
      ctcaeTerm: event.ctcaeTerm && code(event.ctcaeTerm),
      ctcaeGrade: event.ctcaeGrade,
      causality: event.causality && words.causality[event.causality],
      outcome: code(event.outcome),
      resolvedOn: event.resolvedAt && on(event.resolvedAt),
      tests: tests.map(({ on: day, analyte, value, unit }) => ({
        on: day,
        test: words.analyte(analyte),
        result: `${decimal(value)} ${unit.replace(/^umol/, 'µmol')}`,
      })),
      examinations: event.examinations
        .filter(({ state }) => state === 'effective')
        .map((examination) => ({ on: on(examination.examinedAt), findings: findingsOf(examination, words) })),
      history: historyOf(patient, dose, words),
    },
    C: {
      productAvailable: filing?.productKept ? code(filing.productKept) : null,
      manufacturerInformedOn: filing?.manufacturerInformedOn ?? null,
    },
    D: {
      product: dose?.productName ?? null,
      substance: dose && code(dose.substance),
      strength: dose && `${amount(dose.strengthMicrogramsPerMl)}/mL`,
      manufacturer: filing?.manufacturer ?? null,
      atcCode: dose?.atcCode ?? null,
      gtins: dose?.gtins ?? [],
      dose: dose && `${amount(dose.doseMicrograms)}${dose.volumeMl === null ? '' : ` (${decimal(dose.volumeMl)} mL)`}`,
      frequency: dose && frequencyOf(dose, words),
      route: dose && words.route[dose.route],
      site: event.site && code(event.site),
      datesOfUse: { from: dose?.firstDoseOn ?? null, to: dose?.lastDoseOn ?? null },
      givenAt: dose?.givenAt ?? null,
      indication: dose && (dose.indication ?? (dose.cause === 'unknown' ? null : code(dose.cause))),
      ...challenge(event, dose),
      lotNumber: dose?.lotNumber ?? null,
      expiresOn: dose?.expiresOn ?? null,
    },
    E: {
      device: dose && (dose.needleGauge !== null || dose.needleLengthMm !== null) ? say.needle : null,
      needle:
        present([dose?.needleGauge != null && `${dose.needleGauge} G`, dose?.needleLengthMm != null && `${dose.needleLengthMm} mm`]).join(
          ', ',
        ) || null,
      operator: dose && (dose.selfReported ? say.patient : say.professional),
    },
    F: {
      concomitant: present([
        ...patient.otherCourses,
        ...patient.painDrugs.map((drug) => drug.replace(/^\S+/, code)),
        patient.folicAcidMgPerDay !== null &&
          patient.folicAcidMgPerDay > 0 &&
          `${say.folicAcid} ${decimal(patient.folicAcidMgPerDay)} mg ${say.perDay}`,
        patient.neurotoxicDrugs,
        patient.anticoagulated === true && say.anticoagulant,
      ]),
    },
    G: {
      reporter: patient.reporterName,
      occupation: code(patient.reporterRole),
      organization: patient.clinicName,
      alsoReportedTo: present([
        filing?.manufacturerInformedOn && `${say.manufacturer} (${filing.manufacturerInformedOn})`,
        filing?.filedOn && `${filing.authority ?? say.authority} (${filing.filedOn})`,
      ]),
      authorityReference: filing?.authorityReference ?? null,
    },
    completeness: {
      score: event.completeness.score,
      missing: [...event.completeness.missing, ...event.completeness.unanswered].map(code),
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

function assessmentOf({ assessment }: AdverseEvent, { question: questions, say, code }: ReportWords): EventReport['B']['assessment'] {
  return QUESTIONS.map((question) => {
    const answer = assessment[question];
    const said =
      answer === null
        ? null
        : typeof answer === 'boolean'
          ? say[answer ? 'yes' : 'no']
          : Array.isArray(answer)
            ? answer.map(code).join(', ') || say.unremarkable
            : code(answer);
    return { question: questions[question], answer: said };
  });
}

function findingsOf(examination: AdverseEvent['examinations'][number], { say, code, side: sides, within }: ReportWords): string {
  const { course, motorDeficit, pain, strength, sensation, sensory, electrodiagnosticStudy, note } = examination;
  return present([
    code(course),
    motorDeficit !== null && (motorDeficit ? say.motorDeficit : say.noMotorDeficit),
    pain !== null && `${say.pain} ${pain}/10`,
    ...strength.map(({ muscle, side, grade }) => `${within(code(muscle))} ${sides[side]} MRC ${grade}/5`),
    ...sensation.map(
      ({ region, side, modality, sensation: felt }) =>
        `${within(code(region))} ${sides[side]}, ${within(code(modality))}: ${within(code(felt))}`,
    ),
    electrodiagnosticStudy && say.study,
    sensory,
    note,
  ]).join('; ');
}

function historyOf(patient: ReportedPatient, dose: ReportedDose | null, { say, code, within }: ReportWords): string[] {
  return present([
    dose && dose.cause !== 'unknown' && `${say.cause}: ${code(dose.cause)}`,
    dose?.neurologicalInvolvement && say.neurological,
    dose?.symptomsSince && `${say.symptomsSince} ${dose.symptomsSince}`,
    ...patient.malabsorption.map((condition) => `${say.malabsorption}: ${code(condition)}`),
    ...patient.riskGroups.map((group) => `${say.riskGroup}: ${code(group)}`),
    patient.renalDysfunction !== null && `${say.renal}: ${within(patient.renalDysfunction ? say.yes : say.no)}`,
    ...patient.allergies.map((allergen) => `${say.allergy}: ${code(allergen)}`),
    patient.allergyNote,
  ]);
}

/** As it was at the suspected dose: a course that began with loading may long have been in maintenance. */
function frequencyOf(dose: ReportedDose, { frequency, everyMonths }: ReportWords): string {
  const { regimen, maintenanceMonths, loadingEndedOn, dosesBefore, givenOn } = dose;
  const loading = regimen !== 'maintenance' && stageOf({ regimen, loadingEndedOn }, dosesBefore, givenOn) === 'loading';
  return loading ? frequency[regimen] : everyMonths(maintenanceMonths);
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
