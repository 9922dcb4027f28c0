import {
  createApiKey,
  KEY_SCOPES,
  listApiKeys,
  listAudit,
  listLabResults,
  listStaff,
  readPatient,
  readSession,
  recordInjection,
  recordLabResult,
  revokeApiKey,
} from '@vastus/contract';
import { Clock } from '../../platform/clock.js';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { RESULT, SCENE_NOW } from '../../testing/scene.js';

let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: SCENE_NOW });
});
afterAll(() => api?.close());
beforeEach(async () => {
  await api.clock.set('2026-11-20T08:00:00.000Z');
  clinic = await api.newClinic();
  await api.clock.set(SCENE_NOW);
});
afterEach(() => jest.restoreAllMocks());

type Body = Parameters<typeof create>[0];
const create = (body: { role?: 'nurse' | 'physician' | 'administrator'; scopes: (typeof KEY_SCOPES)[number][]; expiresInDays?: number }) =>
  clinic.administrator.ok(createApiKey, { body: { name: 'Laboratory', role: 'nurse', expiresInDays: 30, ...body } });
const withKey = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const LAB: Body = { scopes: ['lab-result.record', 'patient.read'] };

test('a key is shown once, kept as a hash, recognised by its beginning, and records under its own name', async () => {
  const { key, token } = await create(LAB);
  expect(token).toMatch(/^vastus_[\w-]{43}$/);
  expect(token.startsWith(key.prefix)).toBe(true);
  expect(key).toMatchObject({ name: 'Laboratory', role: 'nurse', state: 'active', lastUsedAt: null });
  const kept = await clinic.transaction((tx) => tx.many('SELECT * FROM api_key'));
  expect(JSON.stringify(kept)).not.toContain(token.slice(key.prefix.length));
  const { id: patientId } = await build.patient(clinic);
  const { status } = await api.anonymous.call(recordLabResult, { params: { patientId }, body: RESULT, ...withKey(token) });
  expect(status).toBe(201);
  const trail = (await clinic.administrator.ok(listAudit)).items.map(({ action, actorName }) => [action, actorName]);
  expect(trail).toEqual(expect.arrayContaining([['lab-result.record', 'Laboratory']]));
  expect((await clinic.administrator.ok(listApiKeys)).items[0]!.lastUsedAt).not.toBeNull();
  // A machine is not on the list of people.
  expect((await clinic.administrator.ok(listStaff)).members).toHaveLength(3);
});

test('what is not among its scopes, what is for people, and another clinic stay closed', async () => {
  const { token } = await create(LAB);
  const { id: patientId } = await build.patient(clinic);
  expect(await api.anonymous.call(listLabResults, withKey(token))).toMatchObject({ status: 403, body: { permission: 'lab-result.read' } });
  expect((await api.anonymous.call(readSession, withKey(token))).status).toBe(403);
  expect((await api.anonymous.call(readPatient, { params: { patientId }, ...withKey(token) })).status).toBe(200);
  const elsewhere = await build.patient(await api.newClinic());
  expect((await api.anonymous.call(readPatient, { params: { patientId: elsewhere.id }, ...withKey(token) })).status).toBe(404);
});

test('a cookie beside the key counts for nothing, and no other site can make a browser send one', async () => {
  const { token } = await create(LAB);
  expect((await clinic.administrator.call(listStaff, withKey(token))).status).toBe(403);
  expect((await clinic.administrator.call(listStaff, { headers: { authorization: 'Bearer something-made-up-that-is-long' } })).status).toBe(
    401,
  );
  const { id: patientId } = await build.patient(clinic);
  const headers = { ...withKey(token).headers, origin: 'https://laboratory.example' };
  expect((await api.anonymous.call(recordLabResult, { params: { patientId }, body: RESULT, headers })).status).toBe(201);
});

test('a physician’s key overrides no stop: that is a decision', async () => {
  const { token } = await create({ role: 'physician', scopes: ['injection.record'] });
  const { patient, course, lot } = await build.treated(clinic, '2026-11-20T08:30:00.000Z');
  const body = build.dose(course, lot, '2026-11-20T08:45:00.000Z', { override: { reason: 'a reason that is long enough' } });
  const { status, body: answer } = await api.anonymous.call(recordInjection, {
    params: { patientId: patient.id },
    body,
    ...withKey(token),
  });
  expect([status, answer.permission]).toEqual([403, 'injection.override']);
});

test('it ends when it is revoked, and when its time is over', async () => {
  const first = await create(LAB);
  const second = await create({ ...LAB, expiresInDays: 1 });
  const { id: patientId } = await build.patient(clinic);
  const reads = async (token: string) => (await api.anonymous.call(readPatient, { params: { patientId }, ...withKey(token) })).status;
  expect([await reads(first.token), await reads(second.token)]).toEqual([200, 200]);
  expect((await clinic.administrator.ok(revokeApiKey, { params: { keyId: first.key.id } })).state).toBe('revoked');
  expect(await clinic.administrator.call(revokeApiKey, { params: { keyId: first.key.id } })).toMatchObject({ status: 409 });
  expect(await reads(first.token)).toBe(401);
  const later = Date.now() + 25 * 3_600_000;
  jest.spyOn(api.app.get(Clock), 'machineMs').mockReturnValue(later);
  expect(await reads(second.token)).toBe(401);
});

test('a scope that the role does not have is refused by name', async () => {
  const body = { name: 'Trail', role: 'nurse' as const, scopes: ['patient.read' as const, 'audit.read' as const], expiresInDays: 30 };
  expect((await clinic.administrator.call(createApiKey, { body })).body.issues).toMatchObject([
    { pointer: '/scopes/1', code: 'not-allowed' },
  ]);
  expect(KEY_SCOPES.filter((scope) => /override|void|sign|decide|approve|staff|key|verify/.test(scope))).toEqual([]);
});

test('six hundred requests a minute are enough for a machine', async () => {
  const { token } = await create(LAB);
  const { id: patientId } = await build.patient(clinic);
  const ask = () => api.anonymous.call(readPatient, { params: { patientId }, ...withKey(token) });
  expect((await ask()).status).toBe(200);
  await api.database.anywhere((q) => q.query(`UPDATE auth."rateLimit" SET "count" = 600 WHERE "key" LIKE 'api-key:%'`));
  expect(await ask()).toMatchObject({ status: 429, headers: { 'retry-after': expect.anything() } });
});
