/** One patient's facts, whole: as the rules read them, and as the rows that hold them. */
import { addDays, ageOn, type CourseFacts, type InjectionFacts, limbSites, type PatientFacts, type SiteId, triage } from '@vastus/clinical';
import { searchName } from '../modules/patients/fold-name.js';
import { at, type ClinicFrame, daysAgo, earlier, hoursAfter, later, lotOn, productFor } from './clinic-frame.js';
import { doseDays } from './dose-days.js';
import { eventAfter, type SeedEvent } from './events.js';
import { nameFor } from './names.js';
import { Chance } from './random.js';
import { resultsOf, type SeedResult } from './results.js';
import { type CallScript, LOADING_TOTAL, type Script } from './script.js';

export interface History {
  facts: PatientFacts;
  rows: FactRows;
  /** When the clinic learned of a fact, by its id. */
  knownAt: Map<string, string>;
}

type Row = Record<string, unknown>;
export interface FactRows {
  patient: Row[];
  course: Row[];
  injection: Row[];
  adverseEvent: Row[];
  examination: Row[];
  routeDecision: Row[];
  labResult: Row[];
  contactAttempt: Row[];
}

const ROTATION: readonly SiteId[] = [
  'ventrogluteal-right',
  'ventrogluteal-left',
  'vastus-lateralis-right',
  'vastus-lateralis-left',
  'deltoid-right',
  'deltoid-left',
];

/** `number` is the patient's place in the clinic: it makes the record number, and the ids grow with it. */
export function historyOf(frame: ClinicFrame, number: number, drawScript: (chance: Chance) => Script | null): History {
  const chance = new Chance(`${frame.seed}/${frame.clinicId}/${number}`);
  // Ids of one patient lie together, those of the next one after them: pages of the indexes fill in order.
  const idMs = Date.parse(frame.now) - 100_000_000 + number;
  const newId = () => chance.uuid(idMs);
  const script = drawScript(chance);
  const rows: FactRows = {
    patient: [],
    course: [],
    injection: [],
    adverseEvent: [],
    examination: [],
    routeDecision: [],
    labResult: [],
    contactAttempt: [],
  };
  const history: History = { facts: emptyFacts(frame, newId()), rows, knownAt: new Map() };
  const days = script ? doseDays(script, frame.today, chance) : [];
  addPatient(frame, history, script, number, days[0] ?? daysAgo(frame, chance.whole(0, 60)), chance);
  if (!script) return history;

  const course = addCourse(frame, history, script, days, newId, chance);
  const given = addDoses(frame, history, script, course, days, newId, chance);
  const endedOn = script.ended ? (given.at(-1)?.givenOn ?? frame.today) : null;
  const lastOn = endedOn ?? frame.today;
  const first = given[0];
  const results = first ? resultsOf(frame, script, course.anemiaAtBaseline, first.givenOn, lastOn, chance, newId) : [];
  for (const result of results) addResult(history, result);
  if (script.ended && endedOn) end(frame, history, course, script.ended, endedOn, chance);
  if (script.call) addCall(frame, history, course, script.call, newId());
  return history;
}

function emptyFacts({ zone }: ClinicFrame, id: string): PatientFacts {
  return {
    zone,
    patient: {
      id,
      birthDate: '',
      deceasedOn: null,
      renalDysfunction: null,
      malabsorption: [],
      riskGroups: [],
      allergies: [],
      anticoagulated: null,
      folicAcidMgPerDay: null,
    },
    courses: [],
    injections: [],
    events: [],
    examinations: [],
    routeDecisions: [],
    restrictions: [],
    labResults: [],
    symptomScores: [],
    ruleOuts: [],
    selfInjectionApprovals: [],
  };
}

function addPatient(
  frame: ClinicFrame,
  { facts, rows }: History,
  script: Script | null,
  number: number,
  since: string,
  chance: Chance,
): void {
  const sex = chance.happens(0.58) ? 'female' : 'male';
  const { givenName, familyName } = nameFor(chance, sex, frame);
  const age = Math.round(24 + 68 * Math.sqrt(chance.next()));
  const { patient } = facts;
  patient.birthDate = addDays(frame.today, -Math.round(age * 365.25) - chance.whole(0, 364));
  patient.renalDysfunction = script?.renalDysfunction ?? null;
  patient.anticoagulated = chance.happens(0.12) ? true : null;
  if (script?.cause === 'metformin') patient.riskGroups = ['long-term-metformin'];
  if (script?.cause === 'crohns-disease' || script?.cause === 'ileal-surgery') patient.riskGroups = ['ileal-resection-or-crohns'];
  if (script?.cause === 'diet') patient.riskGroups = ['no-animal-products'];
  if (script?.cause === 'crohns-disease') patient.malabsorption = ['inflammatory-bowel-disease'];
  if (script?.cause === 'gastric-surgery') patient.malabsorption = ['post-bariatric'];
  if (ageOn(patient.birthDate, since) < 18) patient.birthDate = addDays(patient.birthDate, -20 * 365);
  rows.patient.push({
    ...patient,
    recordNumber: String(100_000 + number),
    familyName,
    givenName,
    searchName: searchName(givenName, familyName),
    sex,
    // Numbers of Berlin that are kept free for stories.
    phone: chance.happens(0.9) ? `+49 30 23125 ${String(chance.whole(0, 999)).padStart(3, '0')}` : null,
    interpreterLanguage: /\p{Script=Cyrillic}/u.test(familyName) ? 'Ukrainian' : /\p{Script=Arabic}/u.test(familyName) ? 'Arabic' : null,
    recordedAt: at(frame, addDays(since, -1), 600),
    recordedBy: frame.nurses[0]?.id,
  });
}

function addCourse(
  frame: ClinicFrame,
  { facts, rows }: History,
  script: Script,
  days: readonly string[],
  newId: () => string,
  chance: Chance,
): CourseFacts {
  const product = productFor(frame, script.substance);
  const startedOn = days[0] ?? addDays(frame.today, script.dueInDays);
  const loadingIsOver = script.maintenanceDoses > 0 || script.loadingDoses >= LOADING_TOTAL[script.regimen];
  const byStatement = script.regimen === 'loading-alternate-days' || script.regimen === 'methylcobalamin-three-weekly';
  const course: CourseFacts = {
    id: newId(),
    productId: product.id,
    substance: script.substance,
    doseMicrograms: product.defaultDoseMicrograms,
    cause: script.cause,
    neurologicalInvolvement: script.neurological,
    symptomsSince: chance.happens(0.6) ? addDays(startedOn, -chance.whole(20, 400)) : null,
    anemiaAtBaseline: chance.happens(0.3),
    regimen: script.regimen,
    maintenanceMonths: script.maintenanceMonths,
    monitoringPlan: script.monitoringPlan,
    startedOn,
    loadingEndedOn: byStatement && loadingIsOver ? (days[script.loadingDoses - 1] ?? null) : null,
    endedOn: null,
  };
  facts.courses.push(course);
  const { substance: _, ...columns } = course;
  rows.course.push({
    ...columns,
    // As most courses are written: without an interval or plan of their own, so that a new version of the protocol reaches them.
    maintenanceMonths: course.maintenanceMonths === frame.protocol.maintenanceMonths ? null : course.maintenanceMonths,
    monitoringPlan: course.monitoringPlan === frame.protocol.monitoringPlan ? null : course.monitoringPlan,
    patientId: facts.patient.id,
    indication: script.neurological ? 'Vitamin B12 deficiency with neuropathy' : 'Vitamin B12 deficiency',
    recordedAt: earlier(at(frame, earlier(startedOn, frame.today), 400), frame.now),
    recordedBy: chance.pick(frame.physicians).id,
  });
  return course;
}

function addDoses(
  frame: ClinicFrame,
  history: History,
  script: Script,
  course: CourseFacts,
  days: readonly string[],
  newId: () => string,
  chance: Chance,
) {
  const { facts, rows } = history;
  const turn = chance.whole(0, ROTATION.length - 1);
  const affected = script.event ? placeOfEvent(days, daysAgo(frame, script.event.daysAgo)) : -1;
  let closed: readonly SiteId[] = [];
  for (const [place, day] of days.entries()) {
    const givenAt = day < frame.today ? at(frame, day, chance.whole(8 * 60, 16 * 60 + 30)) : hourAgo(frame);
    const open = ROTATION.filter((site) => !closed.includes(site));
    const site = open[(turn + place) % open.length]!;
    const dose: InjectionFacts & { site: SiteId } = {
      id: newId(),
      courseId: course.id,
      productId: course.productId,
      substance: course.substance,
      status: 'given',
      doseMicrograms: course.doseMicrograms,
      route: 'IM',
      site,
      givenAt,
      givenOn: day,
      recordedAt: earlier(hoursAfter(givenAt, 1 / 30), frame.now),
      againstStop: false,
      stopRuleIds: [],
    };
    facts.injections.push(dose);
    history.knownAt.set(dose.id, dose.recordedAt);
    const row = doseRow(frame, dose, facts.patient.id, chance);
    rows.injection.push(row);
    addPain(facts, dose, row.baseline);
    if (place !== affected || !script.event) continue;
    const seeded = eventAfter(frame, script.event, dose, chance, newId);
    addEvent(frame, history, seeded, chance);
    const continues = script.event.kind === 'benign' || seeded.decision?.decision === 'continue-im';
    // On hold, nobody gives a further dose.
    if (!continues) break;
    if (script.event.kind !== 'benign') closed = limbSites(dose.site);
  }
  return facts.injections;
}

// Shortly after midnight an hour ago was yesterday.
const hourAgo = (frame: ClinicFrame) => later(hoursAfter(frame.now, -1), at(frame, frame.today, 0));

function placeOfEvent(days: readonly string[], day: string): number {
  const after = days.findIndex((candidate) => candidate > day);
  return after === -1 ? days.length - 1 : Math.max(0, after - 1);
}

/** The pain before a needle is a point of the patient's curve, for the rules as it is for the server. */
function addPain({ symptomScores }: PatientFacts, { id, givenAt }: InjectionFacts, baseline: { pain: number } | null): void {
  if (baseline) symptomScores?.push({ id, at: givenAt, pain: baseline.pain, sensory: null, motor: null });
}

function doseRow(
  frame: ClinicFrame,
  dose: InjectionFacts,
  patientId: string,
  chance: Chance,
): Row & { baseline: (Row & { pain: number }) | null } {
  const product = frame.products.find(({ id }) => id === dose.productId);
  const nurse = chance.pick(frame.nurses);
  // Spelled out: of all rows these are the most, and copying an object by `...` is slow.
  return {
    id: dose.id,
    patientId,
    courseId: dose.courseId,
    productId: dose.productId,
    status: dose.status,
    doseMicrograms: dose.doseMicrograms,
    route: dose.route,
    site: dose.site,
    givenAt: dose.givenAt,
    givenOn: dose.givenOn,
    recordedAt: dose.recordedAt,
    lotId: product ? (lotOn(product, dose.givenOn)?.id ?? null) : null,
    volumeMl: product ? dose.doseMicrograms / product.strengthMicrogramsPerMl : null,
    needleGauge: 23,
    needleLengthMm: 30,
    aspirated: chance.pick(['yes', 'no', 'not-applicable'] as const),
    givenBy: nurse.name,
    identityChecked: true,
    baseline: chance.happens(0.93)
      ? {
          pain: chance.weighted([
            [0, 60],
            [1, 20],
            [3, 1],
          ] as const),
          sensory: chance.weighted([
            ['normal', 7],
            ['symmetric', 3],
          ] as const),
          limbs: [],
          motor: 'normal',
        }
      : null,
    recordedBy: nurse.id,
  };
}

function addEvent(
  frame: ClinicFrame,
  { facts, rows, knownAt }: History,
  { event, narrative, examinations, decision }: SeedEvent,
  chance: Chance,
): void {
  const physician = chance.pick(frame.physicians);
  const nurse = chance.pick(frame.nurses);
  const patientId = facts.patient.id;
  const found = triage(event.assessment, event.site);
  const latest = examinations.at(-1)?.course;
  facts.events.push(event);
  knownAt.set(event.id, event.reportedAt);
  rows.adverseEvent.push({
    ...event,
    caseId: event.id,
    patientId,
    narrative,
    triage: found,
    triageLevel: found.level,
    severity: found.severity,
    ctcaeTerm: 'paresthesia',
    ctcaeGrade: found.level === 'benign' ? 1 : 2,
    serious: found.level === 'urgent',
    causality: 'probable',
    outcome: latest === 'resolved' ? 'resolved' : latest === 'improving' ? 'recovering' : 'ongoing',
    recordedAt: event.reportedAt,
    recordedBy: nurse.id,
  });
  for (const examination of examinations) {
    const { pain, ...known } = examination;
    facts.examinations.push(known);
    knownAt.set(known.id, known.examinedAt);
    rows.examination.push({ ...known, pain, patientId, recordedAt: known.examinedAt, recordedBy: physician.id });
  }
  if (!decision) return;
  facts.routeDecisions.push(decision);
  knownAt.set(decision.id, decision.decidedAt);
  const reason =
    decision.decision === 'oral'
      ? 'Oral cobalamin 2000 µg daily until the nerve has been examined again.'
      : 'Severe malabsorption: injections go on at the other side.';
  rows.routeDecision.push({ ...decision, patientId, reason, decidedBy: physician.id });
}

function addResult({ facts, rows, knownAt }: History, result: SeedResult): void {
  const { id, analyte, value, collectedAt, collectedOn, loinc, reportedValue, unit, harmonizedUnit, resultedAt } = result;
  facts.labResults.push({ id, analyte, value, collectedAt, collectedOn });
  knownAt.set(id, resultedAt);
  rows.labResult.push({
    id,
    patientId: facts.patient.id,
    loinc,
    analyte,
    value: reportedValue,
    unit,
    harmonizedValue: value,
    harmonizedUnit,
    collectedAt,
    collectedOn,
    resultedAt,
    recordedAt: resultedAt,
  });
}

function end(
  frame: ClinicFrame,
  { facts, rows }: History,
  course: CourseFacts,
  reason: NonNullable<Script['ended']>,
  lastDoseOn: string,
  chance: Chance,
): void {
  course.endedOn = earlier(addDays(lastDoseOn, chance.whole(0, 50)), frame.today);
  Object.assign(rows.course[0] ?? {}, { endedOn: course.endedOn, endReason: reason });
  if (reason !== 'died') return;
  facts.patient.deceasedOn = course.endedOn;
  Object.assign(rows.patient[0] ?? {}, { deceasedOn: course.endedOn });
}

function addCall(frame: ClinicFrame, { facts, rows, knownAt }: History, course: CourseFacts, call: CallScript, id: string): void {
  const attemptedAt = at(frame, addDays(frame.today, -1), 10 * 60);
  const on = call.outcome === 'declined' ? null : addDays(frame.today, call.inDays);
  const declineReason = call.outcome === 'declined' ? call.declineReason : null;
  const attempt = { id, courseId: course.id, attemptedAt, outcome: call.outcome, on, declineReason };
  facts.contactAttempts = [attempt];
  knownAt.set(id, attemptedAt);
  const { phone } = rows.patient[0] ?? {};
  rows.contactAttempt.push({ ...attempt, patientId: facts.patient.id, phone, recordedAt: attemptedAt, recordedBy: frame.nurses[0]?.id });
}
