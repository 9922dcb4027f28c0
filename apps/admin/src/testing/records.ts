/** Records as the API answers them, each with what a test says about it and the rest ordinary. */
import { DEFAULT_PROTOCOL, type PatientFacts } from '@vastus/clinical';
import type { AdverseEvent, AlertRow, Changes, Course, Injection, Lot, Patient, PatientName, Product } from '@vastus/contract';
import { id, NOW, TODAY } from './screen.js';

export const NOTHING_CHANGED: Changes = {
  milestonesAdded: 0, milestonesRemoved: 0, milestonesMoved: 0, milestonesMet: 0, milestonesReopened: 0, alertsRaised: 0, alertsClosed: 0, alertsReopened: 0,
  holdPlaced: false, holdLifted: false, sitesRestricted: [], sitesReleased: [],
};

export const aPatientName: PatientName = { id: id(1), recordNumber: 'R-1001', familyName: 'Ahlers', givenName: 'Ida', birthDate: '1961-03-04' };

export const aPatient = (with_: Partial<Patient> = {}): Patient => ({
  ...aPatientName, sex: 'female', phone: null, email: null, interpreterLanguage: null, deceasedOn: null, renalDysfunction: null, malabsorption: [], riskGroups: [],
  allergies: [], allergyNote: null, anticoagulated: null, folicAcidMgPerDay: null, neurotoxicDrugs: null, note: null, version: 1, recordedAt: NOW, ...with_,
});

export const aCourse = (with_: Partial<Course> = {}): Course => ({
  id: id(10), patientId: id(1), productId: id(20), productName: 'Hydroxocobalamin 1 mg/mL', substance: 'hydroxocobalamin', doseMicrograms: 1000, indication: null,
  cause: 'diet', neurologicalInvolvement: false, symptomsSince: null, anemiaAtBaseline: false, regimen: 'maintenance', maintenanceMonths: 2, monitoringPlan: 'MON-3-6-12',
  followsProtocol: { maintenanceMonths: false, monitoringPlan: false },
  startedOn: '2026-01-10', loadingEndedOn: null, endedOn: null, endReason: null, phase: 'maintenance', firstDoseOn: '2026-01-10', lastDoseOn: '2026-09-20', dosesGiven: 5,
  nextEarliestOn: '2026-10-20', nextDueOn: TODAY, nextLateOn: '2026-11-27', version: 1, recordedAt: NOW, ...with_,
});

export const aProduct = (with_: Partial<Product> = {}): Product => ({
  id: id(20), name: 'Hydroxocobalamin 1 mg/mL', substance: 'hydroxocobalamin', strengthMicrogramsPerMl: 1000, defaultDoseMicrograms: 1000, routes: ['IM'], atcCode: null, gtins: [],
  active: true, ...with_,
});

export const aLot = (with_: Partial<Lot> = {}): Lot => ({
  id: id(30), productId: id(20), productName: 'Hydroxocobalamin 1 mg/mL', lotNumber: 'H-77', expiresOn: '2027-12-31', status: 'usable', statusReason: null, receivedOn: '2026-05-01',
  injectionsGiven: 3, version: 1, ...with_,
});

export const anInjection = (with_: Partial<Injection> = {}): Injection => ({
  id: id(40), patient: aPatientName, courseId: id(10), productId: id(20), productName: 'Hydroxocobalamin 1 mg/mL', substance: 'hydroxocobalamin', lotId: id(30), lotNumber: 'H-77',
  lotExpiresOn: '2027-12-31', status: 'given', notGivenReason: null, doseMicrograms: 1000, volumeMl: 1, route: 'IM', site: 'ventrogluteal-left', needleGauge: 25, needleLengthMm: 25,
  aspirated: 'no', skinFindings: [], givenAt: NOW, givenOn: TODAY, selfReported: false, identityChecked: true, baseline: null, note: null, findings: [], overrideReason: null,
  againstStop: false, stopReason: null, state: 'effective', replacesId: null, amendReason: null, voidedAt: null, voidReason: null, recordedAt: NOW, recordedByName: 'Nora Nurse', ...with_,
});

export const someFacts = (with_: Partial<PatientFacts> = {}): { facts: PatientFacts; protocol: typeof DEFAULT_PROTOCOL } => ({
  facts: {
    zone: 'Europe/Berlin',
    patient: {
      id: id(1), birthDate: '1961-03-04', deceasedOn: null, renalDysfunction: null, malabsorption: [], riskGroups: [], allergies: [], anticoagulated: null, folicAcidMgPerDay: null,
    },
    courses: [
      {
        id: id(10), productId: id(20), substance: 'hydroxocobalamin', doseMicrograms: 1000, cause: 'diet', neurologicalInvolvement: false, symptomsSince: null, anemiaAtBaseline: false,
        regimen: 'maintenance', maintenanceMonths: 2, monitoringPlan: 'MON-3-6-12', startedOn: '2026-01-10', loadingEndedOn: null, endedOn: null,
      },
    ],
    injections: [], events: [], examinations: [], routeDecisions: [], restrictions: [], labResults: [], ...with_,
  },
  protocol: DEFAULT_PROTOCOL,
});

export const anAlert = (with_: Partial<AlertRow> = {}): AlertRow => ({
  id: id(50), patient: aPatientName, milestoneId: id(60), ruleId: 'MON-3-6-12', ownerRole: 'physician', priority: 'normal', state: 'open', dueAt: '2026-11-10T00:00:00.000Z',
  dueOn: '2026-11-10', overdueAt: null, overdue: false, raisedAt: '2026-11-01T06:00:00.000Z', escalatedAt: null, snoozedUntil: null, outcome: null, reason: null, actedByName: null,
  actedAt: null, missing: ['b12', 'mma'], dismissible: true, subjectType: 'course', subjectId: id(10), facts: {}, version: 1, ...with_,
});

export const anEvent = (with_: Partial<AdverseEvent> = {}): AdverseEvent => ({
  id: id(70), patient: aPatientName, injectionId: id(40), site: 'ventrogluteal-left', onsetAt: NOW, reportedAt: NOW, narrative: null,
  assessment: { onset: null, distribution: null, motor: null, radiatingPain: null, lossOfConsciousness: null, course: null, siteFindings: null },
  triage: {
    level: 'suspected-injury', severity: 'undetermined', mechanism: 'undetermined', holdIm: true, restrictLimb: true, imagingSuggested: false, suspectedNerves: ['sciatic'], missing: [],
    ruleIds: ['AE-ASSESS'], advice: [],
  },
  ctcaeTerm: null, ctcaeGrade: null, serious: null, causality: null, outcome: 'ongoing', resolvedAt: null, lotNumber: 'H-77', productName: 'Hydroxocobalamin 1 mg/mL', state: 'effective',
  voidReason: null, recordedAt: NOW, recordedByName: 'Nora Nurse', clock: [], examinations: [], ...with_,
});
