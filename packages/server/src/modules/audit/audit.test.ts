import { DEFAULT_PROTOCOL } from '@vastus/clinical';
import {
  changeLotStatus,
  draftProtocol,
  editPatient,
  exportAudit,
  inviteStaff,
  listAudit,
  listAuditActors,
  readPatient,
} from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-18T22:30:00.000Z' });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.clock.set('2026-11-18T22:30:00.000Z');
  clinic = await api.newClinic();
});

const trail = async (query: Record<string, unknown> = {}) => (await clinic.administrator.ok(listAudit, { query: query as never })).items;

test('the trail is read latest first, page after page, each entry once', async () => {
  const { id: patientId } = await build.patient(clinic);
  for (let i = 0; i < 4; i++) await clinic.nurse.ok(readPatient, { params: { patientId } });
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await clinic.administrator.ok(listAudit, { query: { limit: 2, cursor } });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(ids).toHaveLength(5);
  expect(new Set(ids).size).toBe(5);
  expect((await trail()).at(-1)?.action).toBe('patient.register');
});

test('it is narrowed by patient, actor, action and the clinic’s days', async () => {
  // 23:30 in Berlin on the 18th, then 00:30 on the 19th.
  const first = await build.patient(clinic);
  await api.clock.advance({ hours: 1 });
  const second = await build.patient(clinic);
  await clinic.physician.ok(readPatient, { params: { patientId: second.id } });
  const patients = async (query: Record<string, unknown>) =>
    (await trail(query)).map(({ action, patient }) => [action, patient?.recordNumber]);
  const registered = (patient: { recordNumber: string }) => ['patient.register', patient.recordNumber];
  expect(await patients({ patientId: first.id })).toEqual([registered(first)]);
  expect(await patients({ actorId: clinic.members.physician.membershipId })).toEqual([['patient.read', second.recordNumber]]);
  expect(await patients({ action: 'patient.register' })).toEqual([registered(second), registered(first)]);
  expect(await patients({ to: '2026-11-18' })).toEqual([registered(first)]);
  expect(await patients({ from: '2026-11-19', action: 'patient.register' })).toEqual([registered(second)]);
  expect(await patients({ from: '2026-11-19', to: '2026-11-18' })).toEqual([]);
  expect(await patients({ action: "patient.read' OR true --" })).toEqual([]);
  expect(await patients({ to: '2200-12-31', patientId: first.id })).toEqual([registered(first)]);
});

test('“only changes” leaves reading out, and its opposite keeps nothing else', async () => {
  const { id: patientId } = await build.patient(clinic);
  await clinic.nurse.ok(readPatient, { params: { patientId } });
  await clinic.administrator.call(exportAudit, { query: {} });
  const actions = async (changes: string) => (await trail({ changes })).map(({ action }) => action);
  expect(await actions('true')).toEqual(['patient.register']);
  expect(await actions('false')).toEqual(['audit.export', 'patient.read']);
});

test('everybody of the staff can be asked about, of this clinic only', async () => {
  const { items } = await clinic.administrator.ok(listAuditActors);
  expect(items.map(({ name, role }) => [name, role]).sort()).toEqual(
    Object.values(clinic.members)
      .map(({ name, role }) => [name, role])
      .sort(),
  );
  expect((await clinic.physician.call(listAuditActors)).status).toBe(403);
});

test('the trail as CSV says field by field what changed, without names, and stands in the trail itself', async () => {
  const person = await build.patient(clinic, { phone: '+49 30 1' });
  const { recordNumber, familyName, givenName, birthDate, sex } = person;
  await clinic.nurse.ok(editPatient, {
    params: { patientId: person.id },
    body: { recordNumber, familyName, givenName, birthDate, sex, phone: '+49 30 2' },
    headers: { 'if-match': '"1"' },
  });
  const { status, headers, body } = await clinic.administrator.call(exportAudit, { query: { action: 'patient.edit' } });
  expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
  const [head, row] = String(body).trimEnd().split('\r\n');
  expect(head).toBe('\uFEFFWhen,Who,Role,Action,Subject,Subject name,Subject id,Record number,Changes,Request');
  expect(row).toContain(`patient.edit,patient,,${person.id},${recordNumber},`);
  expect(row).toContain('phone: +49 30 1 → +49 30 2');
  expect(row).not.toContain(`${familyName},`);
  expect(await trail({ action: 'audit.export' })).toMatchObject([{ after: { format: 'csv', action: 'patient.edit' } }]);
});

test('it says which lot, person and version an act was about, as people call them', async () => {
  const lot = await build.lot(clinic, { lotNumber: 'HYD-77' });
  await clinic.administrator.ok(changeLotStatus, {
    params: { lotId: lot.id },
    body: { status: 'on-hold', reason: 'cold chain broken' },
    headers: { 'if-match': `"${lot.version}"` },
  });
  await clinic.administrator.ok(inviteStaff, { body: { email: 'eva@clinic.example', role: 'nurse' } });
  await clinic.administrator.ok(draftProtocol, { body: { parameters: { ...DEFAULT_PROTOCOL, rotationDays: 28 } } });
  const person = await build.patient(clinic);
  const named = Object.fromEntries((await trail()).map(({ action, subjectName }) => [action, subjectName]));
  expect(named).toMatchObject({
    'lot.receive': 'HYD-77',
    'lot.change': 'HYD-77',
    'staff.invite': 'eva@clinic.example',
    'protocol.draft': '2',
    'patient.register': null,
  });
  expect(await trail({ patientId: person.id })).toMatchObject([{ patient: { recordNumber: person.recordNumber } }]);
});

test('only administrators read it, and only their clinic’s', async () => {
  await build.patient(clinic);
  for (const role of ['nurse', 'physician'] as const) {
    const { status, body } = await clinic.as(role).call(listAudit);
    expect([status, body.permission]).toEqual([403, 'audit.read']);
  }
  expect((await (await api.newClinic()).administrator.ok(listAudit)).items).toEqual([]);
});

test.each([
  [{ from: 'yesterday' }, 'query:from'],
  [{ to: '2026-02-30' }, 'query:to'],
  [{ patientId: '1' }, 'query:patientId'],
  [{ limit: 0 }, 'query:limit'],
  [{ cursor: 'x' }, 'query:cursor'],
  [{ surprise: 1 }, 'query:surprise'],
])('%j is refused by name', async (query, pointer) => {
  const { status, body } = await clinic.administrator.call(listAudit, { query: query as never });
  expect([status, body.issues?.map((issue) => issue.pointer)]).toEqual([422, [pointer]]);
});
