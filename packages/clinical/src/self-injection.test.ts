import { addHours } from './calendar.js';
import type { PatientFacts, SelfInjectionApprovalFacts } from './facts.js';
import { checkInjection } from './injection-check.js';
import { deriveObligations } from './obligations.js';
import { at, course, decide, dose, event, patient, profile, proposal, REASSURING } from './patient.fixture.js';
import { DEFAULT_PROTOCOL } from './protocol.js';
import {
  checkSelfInjectionApproval,
  homeDoses,
  oldestTraining,
  SELF_EXCLUSIONS,
  SELF_TRAINING_ITEMS,
  type SelfInjectionApplication,
  selfInjectionState,
} from './self-injection.js';

const NOW = at('2026-02-10');
const observed = dose('2026-02-09', { id: 'observed' });
const application = (changes: Partial<SelfInjectionApplication> = {}): SelfInjectionApplication => ({
  courseId: 'course',
  exclusions: Object.fromEntries(SELF_EXCLUSIONS.map((exclusion) => [exclusion, false])),
  plan: {
    'dosing-plan': '1 mg every two months',
    'laboratory-plan': 'B12 and homocysteine every year',
    'red-flags': 'numbness, weakness, fever: stop and call',
    'planned-duration': 'one year',
  },
  training: SELF_TRAINING_ITEMS.map((item) => ({ item, trainedOn: '2026-02-09' })),
  observedInjectionId: 'observed',
  ...changes,
});
const check = (changes: Partial<SelfInjectionApplication> = {}, facts: Partial<PatientFacts> = {}) =>
  checkSelfInjectionApproval(
    application(changes),
    patient({ injections: [dose('2026-01-05'), observed], ...facts }),
    DEFAULT_PROTOCOL,
    NOW,
  );
const said = (...args: Parameters<typeof check>) => check(...args).map(({ ruleId, code }) => `${ruleId} ${code}`);

describe('approving self-injection', () => {
  it('a stable, trained patient with a written plan and an observed first dose may inject at home', () => {
    expect(check()).toEqual([]);
  });

  it.each(SELF_EXCLUSIONS)('%s refuses approval by itself', (exclusion) => {
    expect(check({ exclusions: { ...application().exclusions, [exclusion]: true } })).toEqual([
      expect.objectContaining({
        ruleId: 'SELF-ELIG',
        severity: 'block',
        code: 'self-exclusion-present',
        facts: { exclusions: [exclusion] },
      }),
    ]);
  });

  it('a question that was not asked refuses approval: it is not a "no"', () => {
    const { 'needle-phobia': _, ...rest } = application().exclusions;
    expect(check({ exclusions: { ...rest, 'skin-disease-at-site': null } })).toEqual([
      expect.objectContaining({
        code: 'self-eligibility-unanswered',
        facts: { unanswered: ['needle-phobia', 'skin-disease-at-site'] },
      }),
    ]);
  });

  it('nobody who is still loading, whose cause is open or whose plan has a gap', () => {
    const loading = course({ regimen: 'loading-alternate-days' });
    expect(said({}, { courses: [loading] })).toEqual(['SELF-STABLE self-not-stabilized']);
    expect(said({}, { courses: [{ ...loading, loadingEndedOn: '2026-02-10' }] })).toEqual([]);
    expect(said({}, { courses: [{ ...loading, loadingEndedOn: '2026-02-11' }] })).toEqual(['SELF-STABLE self-not-stabilized']);
    expect(said({}, { courses: [course({ cause: 'unknown' })] })).toEqual(['SELF-STABLE self-cause-unknown']);
    expect(check({ plan: { ...application().plan, 'red-flags': ' ', 'planned-duration': null } })).toEqual([
      expect.objectContaining({ ruleId: 'SELF-STABLE', facts: { missing: ['red-flags', 'planned-duration'] } }),
    ]);
  });

  it('every item is trained, lately, and the first dose was seen by the clinic', () => {
    expect(check({ training: application().training.slice(1) })).toEqual([
      expect.objectContaining({ ruleId: 'SELF-TRAIN', code: 'self-training-incomplete', facts: { missing: ['needle-and-site'] } }),
    ]);
    const trained = (trainedOn: string) => application().training.map((entry) => ({ ...entry, trainedOn }));
    expect(said({ training: trained('2026-02-11') })).toEqual(['SELF-TRAIN self-training-incomplete']);
    expect(said({ training: trained('2025-02-10') })).toEqual([]);
    expect(said({ training: trained('2025-02-09') })).toEqual(['SELF-TRAIN self-training-out-of-date']);
    const unseen = ['SELF-TRAIN self-first-dose-not-observed'];
    expect(said({ observedInjectionId: null })).toEqual(unseen);
    expect(said({ observedInjectionId: 'nothing' })).toEqual(unseen);
    expect(said({}, { injections: [{ ...observed, selfReported: true }] })).toEqual(unseen);
    expect(said({}, { injections: [{ ...observed, status: 'not-given' }] })).toEqual(unseen);
    expect(said({}, { injections: [{ ...observed, givenAt: addHours(NOW, 1) }] })).toEqual(unseen);
  });

  it('not while a reaction lasts, not on hold, not without a running course', () => {
    const benign = event(at('2026-02-08'), { assessment: REASSURING });
    expect(said({}, { events: [benign] })).toEqual(['SELF-STOP self-event-unresolved']);
    expect(said({}, { events: [{ ...benign, resolvedAt: at('2026-02-09') }] })).toEqual([]);
    expect(said({}, { events: [event(at('2026-02-08'))] })).toEqual(['SELF-STOP self-event-unresolved', 'HOLD-IM im-hold-active']);
    expect(said({}, { courses: [course({ endedOn: '2026-02-01' })] })).toEqual(['RX-COURSE course-ended']);
    expect(said({ courseId: 'gone' })).toEqual(['RX-COURSE course-unknown', 'SELF-TRAIN self-first-dose-not-observed']);
    expect(said({}, { patient: profile({ deceasedOn: '2026-02-01' }) })).toEqual(['RX-COURSE patient-deceased']);
  });

  it('a refresher of every item makes the training new', () => {
    const again = [...application().training, ...SELF_TRAINING_ITEMS.map((item) => ({ item, trainedOn: '2026-08-01' }))];
    expect(oldestTraining(again)).toBe('2026-08-01');
    expect(oldestTraining(again.slice(0, -1))).toBe('2026-02-09');
    expect(oldestTraining([])).toBeNull();
  });
});

describe('an approval of self-injection', () => {
  const approval = (changes: Partial<SelfInjectionApprovalFacts> = {}): SelfInjectionApprovalFacts => ({
    id: 'approval',
    courseId: 'course',
    approvedAt: NOW,
    trainedOn: '2026-02-09',
    plannedUntil: null,
    endedAt: null,
    ...changes,
  });
  const state = (today: string, facts: Partial<PatientFacts> = {}, approvals = [approval()]) => {
    const { state: name, reasons } = selfInjectionState(approvals, patient(facts), DEFAULT_PROTOCOL, today);
    return [name, ...reasons.map(({ code }) => code)];
  };

  it('is in force from its day, for the time of the training', () => {
    expect(state('2026-02-09')).toEqual(['none']);
    expect(state('2026-02-10')).toEqual(['approved']);
    expect(state('2027-02-09')).toEqual(['approved']);
    expect(state('2027-02-10')).toEqual(['suspended', 'training-lapsed']);
  });

  it('any adverse event suspends it, a benign and a resolved one too, until a physician approves again', () => {
    const events = [event(at('2026-03-01'), { assessment: REASSURING, resolvedAt: at('2026-03-02') })];
    expect(state('2026-02-28', { events })).toEqual(['approved']);
    expect(state('2026-03-01', { events })).toEqual(['suspended', 'adverse-event']);
    expect(state('2026-04-01', { events })).toEqual(['suspended', 'adverse-event']);
    const again = [approval(), approval({ id: 'again', approvedAt: at('2026-03-20') })];
    expect(state('2026-04-01', { events }, again)).toEqual(['approved']);
    expect(state('2026-03-10', { events }, again)).toEqual(['suspended', 'adverse-event']);
  });

  it('an event from before that is reported after it was not known when it was given', () => {
    expect(state('2026-03-01', { events: [event(at('2026-02-01'), { reportedAt: at('2026-03-01') })] })).toEqual([
      'suspended',
      'adverse-event',
      'im-hold-active',
    ]);
  });

  it('a hold that a physician lifted leaves the event as the reason', () => {
    const facts = { events: [event(at('2026-03-01'))], routeDecisions: [decide(at('2026-03-02'), 'continue-im')] };
    expect(state('2026-03-01', facts)).toEqual(['suspended', 'adverse-event', 'im-hold-active']);
    expect(state('2026-03-02', facts)).toEqual(['suspended', 'adverse-event']);
  });

  it('ends with its plan, by hand, with the course, with the patient', () => {
    expect(state('2026-06-01', {}, [approval({ plannedUntil: '2026-06-01' })])).toEqual(['approved']);
    expect(state('2026-06-02', {}, [approval({ plannedUntil: '2026-06-01' })])).toEqual(['ended', 'planned-duration-over']);
    expect(state('2026-06-01', {}, [approval({ endedAt: at('2026-05-01') })])).toEqual(['ended', 'approval-ended']);
    expect(state('2026-06-01', { courses: [course({ endedOn: '2026-05-01' })] })).toEqual(['ended', 'course-ended']);
    expect(state('2026-06-01', { patient: profile({ deceasedOn: '2026-05-01' }) })).toEqual(['ended', 'patient-deceased']);
  });

  const atHome = (facts: Partial<PatientFacts>, changes = {}) =>
    checkInjection(
      proposal(at('2026-03-10'), { selfReported: true, ...changes }),
      patient({ injections: [dose('2026-01-05')], ...facts }),
      DEFAULT_PROTOCOL,
      at('2026-03-10'),
    ).map(({ severity, code }) => `${severity} ${code}`);

  it('a dose from home needs it; a record without approvals asks for none', () => {
    expect(atHome({ selfInjectionApprovals: [approval()] })).toEqual([]);
    expect(atHome({ selfInjectionApprovals: [] })).toEqual(['block self-injection-not-approved']);
    expect(atHome({ selfInjectionApprovals: [approval({ courseId: 'other' })] })).toEqual(['block self-injection-not-approved']);
    const events = [event(at('2026-03-01'), { assessment: REASSURING })];
    expect(atHome({ selfInjectionApprovals: [approval()], events })).toEqual(['block self-injection-suspended']);
    expect(atHome({ selfInjectionApprovals: [approval()], events }, { selfReported: false })).toEqual([]);
    expect(atHome({})).toEqual([]);
  });

  it('SELF-LOG: a dose from home counts for the schedule and stays marked; a missed report is overdue like any dose', () => {
    const injections = [dose('2026-01-05'), dose('2026-03-05', { id: 'home', selfReported: true })];
    const { courses, milestones } = deriveObligations(patient({ injections }), DEFAULT_PROTOCOL);
    expect(courses['course']).toMatchObject({ dosesGiven: 2, lastDoseId: 'home', next: { dueOn: '2026-05-05' } });
    expect(milestones.find(({ key }) => key === 'RX-OVERDUE/course/after:home/nurse')).toMatchObject({
      met: false,
      facts: { lastDoseOn: '2026-03-05', lastDoseSelfReported: true },
    });
    expect(homeDoses(course(), patient({ injections })).map(({ id }) => id)).toEqual(['home']);
  });
});
