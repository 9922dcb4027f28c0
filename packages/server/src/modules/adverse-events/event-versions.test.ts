import {
  type AmendAdverseEvent,
  amendAdverseEvent,
  examineAdverseEvent,
  listAdverseEvents,
  listAlerts,
  listAudit,
  readAdverseEvent,
  readChart,
  recordAdverseEvent,
  voidAdverseEvent,
  voidInjection,
} from '@vastus/contract';
import type { z } from 'zod';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { replayPatient } from '../obligations/replay.js';

const NOW = '2026-03-10T09:00:00.000Z';
let api: TestApi;
let clinic: TestClinic;
let given: Awaited<ReturnType<typeof build.treated>>;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.clock.set(NOW);
  clinic = await api.newClinic();
  given = await build.treated(clinic, '2026-03-10T08:30:00.000Z', { dose: { site: 'ventrogluteal-left' } });
});

const benign = {
  onset: 'hours',
  distribution: 'localized',
  motor: 'none',
  radiatingPain: false,
  lossOfConsciousness: false,
  course: 'improving',
  siteFindings: [] as [],
} as const;
const injury = {
  ...benign,
  onset: 'seconds-to-minutes',
  distribution: 'dermatomal',
  motor: 'foot-or-wrist-drop',
  radiatingPain: true,
} as const;
const REASON = 'asked again on the phone';

const bodyOf = (fields: object = {}) => ({
  injectionId: given.injection.id,
  onsetAt: '2026-03-10T08:31:00.000Z',
  assessment: injury,
  ...(fields as Partial<z.input<typeof AmendAdverseEvent>>),
});
const report = async (fields: object = {}) =>
  (await clinic.nurse.ok(recordAdverseEvent, { params: { patientId: given.patient.id }, body: bodyOf(fields) })).event;
const amendment = (eventId: string, version: number, fields: object = {}) => ({
  params: { eventId },
  body: { ...bodyOf(fields), amendReason: REASON },
  headers: { 'if-match': `"${version}"` },
});
const alerts = async () => (await clinic.physician.ok(listAlerts, { query: { patientId: given.patient.id } })).items;

afterEach(async () => {
  const deviations = await clinic.transaction((tx) => replayPatient(tx, given.patient.id, api.clock.now()));
  expect(deviations).toEqual([]);
});

test('a corrected onset moves the clock: the same follow-ups and alerts at other times, none twice', async () => {
  const before = await report();
  const raised = (await alerts()).map(({ id }) => id).sort();
  await api.clock.set('2026-03-10T12:00:00.000Z');
  const { event, changes } = await clinic.nurse.ok(amendAdverseEvent, amendment(before.id, 1, { onsetAt: '2026-03-10T08:50:00.000Z' }));
  expect(event).toMatchObject({ id: before.id, version: 2, amendReason: REASON, reportedAt: before.reportedAt });
  expect(event.clock.map(({ id, ruleId }) => [id, ruleId])).toEqual(before.clock.map(({ id, ruleId }) => [id, ruleId]));
  expect(event.clock.find(({ ruleId }) => ruleId === 'NI-24H')?.dueAt).toBe('2026-03-11T08:50:00.000Z');
  expect(changes).toMatchObject({ milestonesAdded: 0, milestonesRemoved: 0, alertsRaised: 0, alertsClosed: 0, holdPlaced: false });
  expect(changes.milestonesMoved).toBeGreaterThan(3);
  expect((await alerts()).map(({ id }) => id).sort()).toEqual(raised);
});

test('what was known before stays readable, version by version, with who said it', async () => {
  const { id } = await report({ narrative: 'numb leg' });
  await clinic.nurse.ok(amendAdverseEvent, amendment(id, 1, { narrative: 'numb from the knee down' }));
  const { event } = await clinic.physician.ok(
    amendAdverseEvent,
    amendment(id, 2, { narrative: 'numb from the knee down', causality: 'probable' }),
  );
  expect(event).toMatchObject({ version: 3, causality: 'probable', recordedByName: clinic.members.physician.name });
  expect(event.versions.map((v) => [v.version, v.narrative, v.causality, v.recordedByName])).toEqual([
    [2, 'numb from the knee down', null, clinic.members.nurse.name],
    [1, 'numb leg', null, clinic.members.nurse.name],
  ]);
  expect((await clinic.nurse.ok(listAdverseEvents)).items.map((row) => [row.id, row.version])).toEqual([[id, 3]]);
  const [entry] = (await clinic.administrator.ok(listAudit, { query: { action: 'adverse-event.amend' } })).items;
  expect(entry).toMatchObject({ subjectId: id, before: { causality: null }, after: { causality: 'probable', amendReason: REASON } });
});

test('worse than it sounded: hold, closed limb and urgent alert come with the amendment; better: they go', async () => {
  const { id } = await report({ assessment: benign, onsetAt: '2026-03-10T08:45:00.000Z' });
  const worse = await clinic.nurse.ok(amendAdverseEvent, amendment(id, 1, { onsetAt: '2026-03-10T08:45:00.000Z' }));
  expect(worse.event.triage).toMatchObject({ level: 'urgent', holdIm: true });
  expect(worse.changes).toMatchObject({ holdPlaced: true, sitesRestricted: expect.arrayContaining(['ventrogluteal-left']) });
  expect((await alerts()).map(({ ruleId }) => ruleId)).toEqual(expect.arrayContaining(['AE-URGENT', 'HOLD-DECIDE']));
  const better = await clinic.nurse.ok(amendAdverseEvent, amendment(id, 2, { assessment: benign, onsetAt: '2026-03-10T08:45:00.000Z' }));
  expect(better.changes).toMatchObject({ holdLifted: true, sitesReleased: expect.arrayContaining(['ventrogluteal-left']) });
  expect((await clinic.nurse.ok(readChart, { params: { patientId: given.patient.id } })).hold).toBeNull();
});

test('examinations stay with the case; another one still ends its clock', async () => {
  const { id } = await report({ assessment: benign });
  await api.clock.set('2026-03-12T09:00:00.000Z');
  const exam = { examinedAt: '2026-03-12T08:00:00Z', course: 'improving', motorDeficit: false } as const;
  await clinic.nurse.ok(examineAdverseEvent, { params: { eventId: id }, body: exam });
  const { event } = await clinic.nurse.ok(
    amendAdverseEvent,
    amendment(id, 1, { assessment: benign, narrative: 'as told by her daughter' }),
  );
  expect(event).toMatchObject({ outcome: 'recovering', examinations: [{ course: 'improving' }] });
  const done = { ...exam, examinedAt: '2026-03-12T08:30:00Z', course: 'resolved' } as const;
  const well = await clinic.physician.ok(examineAdverseEvent, { params: { eventId: id }, body: done });
  expect(well.event).toMatchObject({ outcome: 'resolved', version: 2 });
  expect(well.event.clock.every(({ state }) => state === 'met' || state === 'cancelled')).toBe(true);
});

test('grade, seriousness, causality and conclusion are a physician’s to change; the story is not', async () => {
  const { id } = await report();
  for (const fields of [
    { causality: 'probable' },
    { serious: true, seriousnessCriteria: ['disability'] },
    { ctcaeTerm: 'paresthesia', ctcaeGrade: 2 },
    { concludedOutcome: 'resolved-with-sequelae' },
  ]) {
    const { status, body } = await clinic.nurse.call(amendAdverseEvent, amendment(id, 1, fields));
    expect([status, body.permission]).toEqual([403, 'adverse-event.assess']);
  }
  expect((await clinic.administrator.call(amendAdverseEvent, amendment(id, 1))).body.permission).toBe('adverse-event.amend');
  const { event } = await clinic.physician.ok(
    amendAdverseEvent,
    amendment(id, 1, { serious: true, seriousnessCriteria: ['disability'], concludedOutcome: 'resolved-with-sequelae' }),
  );
  expect(event).toMatchObject({ serious: true, seriousnessCriteria: ['disability'], outcome: 'resolved-with-sequelae' });
  const told = await clinic.nurse.ok(
    amendAdverseEvent,
    amendment(id, 2, {
      ...{ serious: true, seriousnessCriteria: ['disability'], concludedOutcome: 'resolved-with-sequelae' },
      narrative: 'foot drop since the dose',
    }),
  );
  expect(told.event.version).toBe(3);
});

test('of two who amend the same version the second is told', async () => {
  const { id } = await report();
  await clinic.nurse.ok(amendAdverseEvent, amendment(id, 1, { narrative: 'first' }));
  expect((await clinic.physician.call(amendAdverseEvent, amendment(id, 1, { narrative: 'second' }))).body.code).toBe('stale-version');
  const { headers: _, ...without } = amendment(id, 2);
  expect((await clinic.physician.call(amendAdverseEvent, without)).status).toBe(428);
});

test('an event whose injection was voided since can still be completed', async () => {
  const event = await report();
  await clinic.nurse.ok(voidInjection, { params: { injectionId: given.injection.id }, body: { reason: 'recorded for the wrong day' } });
  const { event: told } = await clinic.nurse.ok(amendAdverseEvent, amendment(event.id, 1, { narrative: 'numb below the knee' }));
  expect(told).toMatchObject({ version: 2, site: 'ventrogluteal-left' });
});

test('a voided case is amended no more, and its whole history goes with it', async () => {
  const { id } = await report();
  await clinic.nurse.ok(amendAdverseEvent, amendment(id, 1, { narrative: 'second telling' }));
  const { event, changes } = await clinic.physician.ok(voidAdverseEvent, {
    params: { eventId: id },
    body: { reason: 'was another patient' },
  });
  expect([event.state, changes.holdLifted]).toEqual(['voided', true]);
  expect(await alerts()).toEqual([]);
  expect((await clinic.nurse.call(amendAdverseEvent, amendment(id, 2))).body.code).toBe('state-changed');
  expect((await clinic.nurse.ok(readAdverseEvent, { params: { eventId: id } })).versions).toHaveLength(1);
});

test.each([
  [{ onsetAt: '2026-03-10T08:00:00.000Z' }, ['/onsetAt']],
  [{ seriousnessCriteria: ['death'] }, ['/serious']],
  [{ serious: false, seriousnessCriteria: ['death'] }, ['/seriousnessCriteria']],
  [{ ctcaeGrade: 2 }, ['/ctcaeTerm']],
  [{ ctcaeTerm: 'paresthesia', ctcaeGrade: 4 }, ['/ctcaeGrade']],
  [{ injectionId: '018f0000-0000-7000-8000-000000000000' }, ['/injectionId']],
])('%j is refused at %j, and the version stands', async (fields, pointers) => {
  const { id } = await report();
  const { status, body } = await clinic.physician.call(amendAdverseEvent, amendment(id, 1, fields));
  expect([status, body.issues?.map(({ pointer }) => pointer)]).toEqual([422, pointers]);
  expect((await clinic.nurse.ok(readAdverseEvent, { params: { eventId: id } })).version).toBe(1);
});
