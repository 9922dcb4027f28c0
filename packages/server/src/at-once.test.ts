// Two people at the same moment. Whoever comes second is told so, never shown a fault of ours; and afterwards everything that is
// stored follows from the facts that are stored.
import {
  acceptProposal,
  amendInjection,
  changeLotStatus,
  decideRoute,
  editPatient,
  examineAdverseEvent,
  type Problem,
  readChart,
  receiveLot,
  recordAdverseEvent,
  recordInjection,
  recordLabResult,
  registerPatient,
  resolveAlert,
  restrictSites,
  runImport,
  voidAdverseEvent,
  voidInjection,
} from '@vastus/contract';
import { addMember } from './modules/clinics/clinics.js';
import { ObligationsService } from './modules/obligations/obligations.service.js';
import * as build from './testing/build.js';
import { Client, type Reply } from './testing/clients.js';
import { startTestApi, type TestApi, type TestClinic } from './testing/index.js';
import { GIVEN_AT, numbness, RESULT, SCENE_NOW, Scene } from './testing/scene.js';
import { validRequest } from './testing/valid-requests.js';

const REASON = 'a reason that is long enough';
const ROUNDS = 4;

let api: TestApi;
let clinic: TestClinic;
let scene: Scene;
let second: Client;
const errors: string[] = [];

beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T08:00:00.000Z', config: { logLevel: 'error' }, onLog: (line) => errors.push(line) });
});
afterAll(() => api?.close());
beforeEach(async () => {
  await api.clock.set('2026-11-20T08:00:00.000Z');
  clinic = await api.newClinic();
  scene = new Scene(api, clinic);
  // A second physician: the same session twice would be one person clicking twice.
  const { userId } = (await api.newClinic()).members.physician;
  await clinic.transaction((tx) => addMember(tx, { clinicId: clinic.id, userId, role: 'physician', now: api.clock.now() }));
  second = new Client(api.app, await api.session(userId));
  await api.database.anywhere((q) => q.query('UPDATE auth.session SET clinic_id = $1 WHERE user_id = $2', [clinic.id, userId]));
  await api.clock.set(SCENE_NOW);
  errors.length = 0;
});
afterEach(() => expect(errors).toEqual([]));

const outcomes = (answers: Reply<unknown>[]) =>
  answers.map(({ status, body }) => (status < 400 ? String(status) : `${status} ${(body as Problem).code}`)).sort();

/** Deriving everything anew finds nothing to change, and the chart can be read. */
async function expectConsistent(patientId: string): Promise<void> {
  const changes = await clinic.transaction((tx) => api.app.get(ObligationsService).recompute(tx, patientId, api.clock.now()));
  const numbers = Object.values(changes).filter((value) => typeof value === 'number');
  expect([numbers.every((value) => value === 0), changes.holdPlaced, changes.holdLifted]).toEqual([true, false, false]);
  await clinic.nurse.ok(readChart, { params: { patientId } });
}

describe('the same thing done twice at once is done once', () => {
  test('a patient is registered', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { body } = (await validRequest('registerPatient', scene)) as { body: Parameters<typeof build.patient>[1] & object };
      const answers = await Promise.all(
        [clinic.nurse, clinic.physician, second].map((who) => who.call(registerPatient, { body: body as never })),
      );
      expect(outcomes(answers)).toEqual(['201', '409 already-exists', '409 already-exists']);
    }
  });

  test('a lot is received', async () => {
    const { id: productId } = await build.product(clinic);
    const body = { productId, lotNumber: 'TWICE', expiresOn: '2028-05-31' };
    const answers = await Promise.all([clinic.nurse, clinic.administrator].map((who) => who.call(receiveLot, { body })));
    expect(outcomes(answers)).toEqual(['201', '409 already-exists']);
  });

  test('a record is changed: the other one has read an old version', async () => {
    const { id: patientId, recordNumber } = await build.patient(clinic);
    const edit = (who: Client, familyName: string) =>
      who.call(editPatient, {
        params: { patientId },
        body: { recordNumber, familyName, givenName: 'B', birthDate: '1960-05-17', sex: 'female' },
        headers: { 'if-match': '"1"' },
      });
    expect(outcomes(await Promise.all([edit(clinic.nurse, 'First'), edit(clinic.physician, 'Second')]))).toEqual([
      '200',
      '412 stale-version',
    ]);
  });

  test('an alert is resolved by two physicians', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const params = { alertId: await scene.newAlert() };
      const body = { outcome: 'done' as const };
      const answers = await Promise.all([clinic.physician, second].map((who) => who.call(resolveAlert, { params, body })));
      expect(outcomes(answers)).toEqual(['200', '409 state-changed']);
    }
  });

  test('an injection is voided', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { patient, injection } = await build.treated(clinic, GIVEN_AT);
      const call = { params: { injectionId: injection.id }, body: { reason: REASON } };
      const answers = await Promise.all([clinic.nurse, clinic.physician].map((who) => who.call(voidInjection, call)));
      expect(outcomes(answers)).toEqual(['200', '409 state-changed']);
      await expectConsistent(patient.id);
    }
  });

  test('an injection is amended, or amended and voided', async () => {
    const { patient, course, lot, injection } = await build.treated(clinic, GIVEN_AT);
    const amend = (who: Client, id: string) =>
      who.call(amendInjection, { params: { injectionId: id }, body: { ...build.dose(course, lot, GIVEN_AT), amendReason: REASON } });
    const answers = await Promise.all([amend(clinic.nurse, injection.id), amend(second, injection.id)]);
    expect(outcomes(answers)).toEqual(['201', '409 state-changed']);
    const { id } = answers.find(({ status }) => status === 201)!.body.injection;
    const voided = clinic.physician.call(voidInjection, { params: { injectionId: id }, body: { reason: REASON } });
    expect(outcomes(await Promise.all([amend(clinic.nurse, id), voided]))[1]).toBe('409 state-changed');
    await expectConsistent(patient.id);
  });

  test('two nurses give a patient the same dose: one is recorded, the other is told which rule stops a second one', async () => {
    const { userId } = (await api.newClinic()).members.nurse;
    await clinic.employ(userId, 'nurse');
    const colleague = new Client(api.app, await api.session(userId));
    await api.database.anywhere((q) => q.query('UPDATE auth.session SET clinic_id = $1 WHERE user_id = $2', [clinic.id, userId]));
    for (let round = 0; round < ROUNDS; round++) {
      const { patient, course, lot } = await build.treated(clinic, '2026-09-14T09:00:00.000Z');
      const params = { patientId: patient.id };
      const body = build.dose(course, lot, SCENE_NOW);
      const answers = await Promise.all([clinic.nurse, colleague].map((who) => who.call(recordInjection, { params, body })));
      expect(outcomes(answers)).toEqual(['201', '409 blocked-by-rule']);
      const refused = answers.find(({ status }) => status === 409)!;
      expect(refused.body.findings).toContainEqual(expect.objectContaining({ severity: 'block', ruleId: expect.any(String) }));
      const chart = await clinic.nurse.ok(readChart, { params });
      expect(chart.injections).toHaveLength(2);
      await expectConsistent(patient.id);
    }
  });

  test('an order is accepted, an import is run', async () => {
    const proposalId = await scene.newProposal();
    const { body } = await validRequest('acceptProposal', scene);
    const accepted = await Promise.all(
      [clinic.nurse, second].map((who) => who.call(acceptProposal, { params: { proposalId }, body: body as never })),
    );
    expect(outcomes(accepted)).toEqual(['201', '409 state-changed']);

    const params = { importRunId: await scene.newImport() };
    const run = await Promise.all([clinic.administrator, second].map((who) => who.call(runImport, { params, body: {} })));
    expect(outcomes(run)).toEqual(['202', '409 state-changed']);
    const job = { clinicId: clinic.id, importRunId: params.importRunId };
    await Promise.all([api.runJob('run-import', job), api.runJob('run-import', job)]);
    const { count } = await clinic.transaction((tx) =>
      tx.one<{ count: number }>(`SELECT count(*) FROM patient WHERE clinic_id = $1 AND family_name = 'Doe'`, [clinic.id]),
    );
    expect(count).toBe(1);
  });

  test('a double click with one Idempotency-Key is one dose, and both clicks are told so', async () => {
    const { patient, course, lot } = await build.treated(clinic, GIVEN_AT);
    const call = {
      params: { patientId: patient.id },
      body: build.dose(course, lot, SCENE_NOW),
      headers: { 'idempotency-key': 'double-click' },
    };
    const answers = await Promise.all([1, 2, 3].map(() => clinic.nurse.call(recordInjection, call)));
    expect(outcomes(answers)).toEqual(['201', '201', '201']);
    expect(new Set(answers.map(({ body }) => body.injection.id)).size).toBe(1);
  });
});

describe('what contradicts', () => {
  test('two decisions on one hold', async () => {
    for (const decisions of [
      ['continue-im', 'oral'],
      ['continue-im', 'continue-im'],
      ['oral', 'stop'],
    ] as const) {
      const { patientId } = await scene.newEvent();
      const decide = (who: Client, decision: (typeof decisions)[number]) =>
        who.call(decideRoute, { params: { patientId }, body: { decision, reason: REASON, overrideReason: REASON } });
      const answers = await Promise.all([decide(clinic.physician, decisions[0]), decide(second, decisions[1])]);
      expect([...new Set(outcomes(answers))].filter((word) => word !== '201' && word !== '409 state-changed')).toEqual([]);
      const chart = await clinic.physician.ok(readChart, { params: { patientId } });
      expect(chart.routeDecisions).toHaveLength(answers.filter(({ status }) => status === 201).length);
      // Only a decision to go on lifts the hold, and the latest word counts.
      const latest = chart.routeDecisions[0]?.decision;
      expect([decisions, latest, chart.hold === null]).toEqual([
        decisions,
        latest,
        chart.routeDecisions.some(({ decision }) => decision === 'continue-im'),
      ]);
      await expectConsistent(patientId);
    }
  });

  test('an injury is reported while the next dose is given: the dose is stopped, or was recorded first', async () => {
    for (let round = 0; round < 2 * ROUNDS; round++) {
      const { patient, course, lot, injection } = await build.treated(clinic, GIVEN_AT);
      const params = { patientId: patient.id };
      const report = () => clinic.physician.call(recordAdverseEvent, { params, body: numbness(injection.id) });
      const inject = () => clinic.nurse.call(recordInjection, { params, body: build.dose(course, lot, SCENE_NOW) });
      const answers: Promise<Reply<unknown>>[] = round % 2 === 0 ? [report(), inject()] : [inject(), report()];
      expect([
        ['201', '201'],
        ['201', '409 blocked-by-rule'],
      ]).toContainEqual(outcomes(await Promise.all(answers)));
      expect((await clinic.nurse.ok(readChart, { params })).hold).not.toBeNull();
      await expectConsistent(patient.id);
    }
  });

  test('an event is voided while it is examined', async () => {
    const { patientId, eventId } = await scene.newEvent();
    const examination = { examinedAt: '2026-11-19T09:00:00.000Z', course: 'worsening' as const };
    const answers = await Promise.all([
      second.call(voidAdverseEvent, { params: { eventId }, body: { reason: REASON } }),
      clinic.nurse.call(examineAdverseEvent, { params: { eventId }, body: examination }),
    ]);
    expect([
      ['200', '201'],
      ['200', '409 state-changed'],
    ]).toContainEqual(outcomes(answers));
    expect((await clinic.nurse.ok(readChart, { params: { patientId } })).hold).toBeNull();
    await expectConsistent(patientId);
  });

  test('a lot is recalled while a dose of it is given', async () => {
    const { patient, course, lot } = await build.treated(clinic, GIVEN_AT);
    const answers = await Promise.all([
      clinic.administrator.call(changeLotStatus, {
        params: { lotId: lot.id },
        body: { status: 'recalled', reason: REASON },
        headers: { 'if-match': '"1"' },
      }),
      clinic.nurse.call(recordInjection, { params: { patientId: patient.id }, body: build.dose(course, lot, SCENE_NOW) }),
    ]);
    expect([
      ['200', '201'],
      ['200', '409 blocked-by-rule'],
    ]).toContainEqual(outcomes(answers));
  });
});

test('a whole ward writes about one patient and wakes the jobs meanwhile: nothing is lost, nothing is there twice', async () => {
  const { patient, course, lot, injection } = await build.treated(clinic, '2026-08-03T09:00:00.000Z');
  const params = { patientId: patient.id };
  const event = { ...numbness(injection.id), assessment: { onset: 'hours' as const } };
  const writes = Array.from({ length: 6 }, (_, i) => [
    clinic.nurse.call(recordLabResult, { params, body: { ...RESULT, value: 200 + i } }),
    clinic.physician.call(recordInjection, { params, body: { ...build.dose(course, lot, SCENE_NOW), alreadyGiven: { reason: REASON } } }),
    second.call(recordAdverseEvent, { params, body: event }),
    clinic.nurse.call(restrictSites, { params, body: { sites: ['deltoid-left'], reason: 'swollen', since: '2026-11-01' } }),
    clinic.administrator.call(readChart, { params }) as Promise<Reply<unknown>>,
    api.runJob('raise-due-alerts', {}).then(() => ({ status: 201, body: {}, headers: {} })),
  ]).flat() as Promise<Reply<unknown>>[];
  expect([...new Set(outcomes(await Promise.all(writes)))].sort()).toEqual(['200', '201']);
  const chart = await clinic.nurse.ok(readChart, { params });
  expect([
    chart.injections.length,
    chart.labResults.length,
    chart.events.length,
    chart.restrictions.filter((r) => r.causeEventId === null).length,
  ]).toEqual([7, 6, 6, 6]);
  expect(new Set(chart.alerts.map(({ milestoneId }) => milestoneId)).size).toBe(chart.alerts.length);
  await expectConsistent(patient.id);
});
