// A fresh proof of who sits there, before what binds the clinic or opens a door.
import {
  changePassword,
  confirmSecondFactor,
  createApiKey,
  draftProtocol,
  editSignInPolicy,
  endOtherSessions,
  inviteStaff,
  KEY_SCOPES,
  listAudit,
  listStaff,
  proposeSecondFactor,
  proveSession,
  ROUTES,
  type RouteShape,
  readProtocolVersion,
  readSession,
  removeSecondFactor,
  renewRecoveryCodes,
  signIn,
  signProtocol,
} from '@vastus/contract';
import { generate } from 'otplib';
import { createApi } from '../../create-api.js';
import { Clock } from '../../platform/clock.js';
import { Queues } from '../../platform/queue/queues.js';
import { createAccount } from '../../platform/sign-in/accounts.js';
import { Client, startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const password = 'correct horse battery staple';
const MINUTE_MS = 60_000;
const STEP_MS = 30_000;
const ASKED = { status: 403, body: { code: 'proof-required', proof: { password: true, code: false, singleSignOn: null } } };

let api: TestApi;
let clinic: TestClinic;
let nowMs: number;
let serial = 0;

beforeAll(async () => {
  api = await startTestApi({ config: { trustedProxies: '127.0.0.1' } });
});
afterAll(() => api?.close());
beforeEach(async () => {
  nowMs = Math.ceil(Date.now() / STEP_MS) * STEP_MS + 1_000;
  jest.spyOn(api.app.get(Clock), 'machineMs').mockImplementation(() => nowMs);
  clinic = await api.newClinic();
});
afterEach(() => jest.restoreAllMocks());

const cookieOf = (headers: Record<string, unknown>) => String([headers['set-cookie']].flat()[0]).split(';')[0]!;

/** Somebody of this role, signed in with a password. */
async function newPerson(role: 'physician' | 'administrator') {
  const email = `ada.${++serial}@example.org`;
  const userId = await api.database.anywhere((q) => createAccount(q, api.clock.now(), { email, name: 'Ada Arzt', password }));
  await clinic.employ(userId, role);
  const enter = async () => {
    const headers = { 'x-forwarded-for': `10.3.0.${serial}` };
    const answer = await api.anonymous.call(signIn, { body: { email, password }, headers });
    if (answer.status !== 200 || 'next' in answer.body) throw new Error(`not let in: ${JSON.stringify(answer.body)}`);
    return new Client(api.app, cookieOf(answer.headers));
  };
  return { email, userId, enter, client: await enter() };
}
const invite = (client: Client) => client.call(inviteStaff, { body: { email: `new.${++serial}@example.org`, role: 'nurse' } });
const prove = (client: Client, body: { password: string; code?: string }) => client.call(proveSession, { body });
const codeOf = (secret: string) => generate({ secret, epoch: Math.floor(nowMs / 1000) });
const acts = async () => {
  const since = new Date(nowMs).toISOString();
  await api.database.anywhere((q) =>
    q.query('UPDATE auth.session SET last_seen_at = $1 WHERE user_id = $2', [since, clinic.members.administrator.userId]),
  );
  return (await clinic.administrator.ok(listAudit)).items.map(({ action }) => action);
};
async function withFactor(client: Client) {
  const { secret } = await client.ok(proposeSecondFactor);
  await client.ok(confirmSecondFactor, { body: { code: await codeOf(secret) } });
  return secret;
}

test('signing in is a proof for ten minutes; then the password is asked for, and the same request goes through', async () => {
  const { client } = await newPerson('administrator');
  nowMs += 10 * MINUTE_MS - 1;
  expect((await invite(client)).status).toBe(201);
  nowMs += 1;
  expect(await invite(client)).toMatchObject(ASKED);
  expect((await client.ok(listStaff)).invitations).toHaveLength(1);
  expect(await client.ok(proveSession, { body: { password } })).toEqual({ provenUntil: new Date(nowMs + 10 * MINUTE_MS).toISOString() });
  expect((await invite(client)).status).toBe(201);
  nowMs += 10 * MINUTE_MS;
  expect(await invite(client)).toMatchObject(ASKED);
  expect((await acts()).filter((act) => act === 'session.proof')).toHaveLength(1);
});

test('a protocol version is signed by whoever proves who they are; a draft needs no proof', async () => {
  const { client } = await newPerson('physician');
  const { client: drafter } = await newPerson('administrator');
  nowMs += 11 * MINUTE_MS;
  const { id, version } = await drafter.ok(draftProtocol, { body: { parameters: { maintenanceMonths: 3 } } });
  const sign = () =>
    client.call(signProtocol, { params: { versionId: id }, body: { inForceFrom: 'now' }, headers: { 'if-match': `"${version}"` } });
  expect(await sign()).toMatchObject(ASKED);
  expect((await client.ok(readProtocolVersion, { params: { versionId: id } })).state).toBe('draft');
  await client.ok(proveSession, { body: { password } });
  expect(await sign()).toMatchObject({ status: 200, body: { state: 'signed' } });
});

test('a proof is of one session, and of nobody else', async () => {
  const { client, enter } = await newPerson('administrator');
  const elsewhere = await enter();
  nowMs += 11 * MINUTE_MS;
  await elsewhere.ok(proveSession, { body: { password } });
  expect((await invite(elsewhere)).status).toBe(201);
  expect(await invite(client)).toMatchObject(ASKED);
  expect(await client.call(endOtherSessions)).toMatchObject(ASKED);
  expect((await elsewhere.call(readSession)).status).toBe(200);
});

test('what could not be done anyway asks for no proof', async () => {
  const { client } = await newPerson('administrator');
  nowMs += 11 * MINUTE_MS;
  expect((await client.call(inviteStaff, { body: { email: 'nobody', role: 'nurse' } })).status).toBe(422);
  expect(await invite(clinic.nurse)).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
});

test('with a second factor, both are asked for: the password alone proves nothing, and a code works once', async () => {
  const { client } = await newPerson('administrator');
  const secret = await withFactor(client);
  nowMs += 11 * MINUTE_MS;
  expect(await invite(client)).toMatchObject({ status: 403, body: { proof: { password: true, code: true } } });
  expect((await prove(client, { password })).body.issues).toMatchObject([{ pointer: '/code', code: 'required' }]);
  expect((await prove(client, { password, code: '000000' })).body.issues).toMatchObject([{ pointer: '/code', code: 'wrong-code' }]);
  const code = await codeOf(secret);
  // A wrong password does not use the code up.
  expect((await prove(client, { password: 'wrong', code })).body.issues).toMatchObject([{ pointer: '/password', code: 'wrong-password' }]);
  expect(await invite(client)).toMatchObject({ status: 403 });
  expect((await prove(client, { password, code })).status).toBe(200);
  expect((await invite(client)).status).toBe(201);
  expect((await prove(client, { password, code })).status).toBe(422);
  const noted = await acts();
  expect(noted.filter((act) => act === 'session.proof-failed')).toHaveLength(2);
  expect(noted.filter((act) => act === 'second-factor.code-used-again')).toHaveLength(1);
});

test('the factor itself is changed only by whoever proves who they are', async () => {
  const { client } = await newPerson('physician');
  const secret = await withFactor(client);
  nowMs += 11 * MINUTE_MS;
  for (const shape of [proposeSecondFactor, renewRecoveryCodes, removeSecondFactor] as const)
    expect(await client.call(shape)).toMatchObject({ status: 403, body: { code: 'proof-required' } });
  const code = await codeOf(secret);
  expect((await prove(client, { password, code })).status).toBe(200);
  expect((await client.ok(renewRecoveryCodes)).recoveryCodes).toHaveLength(10);
  await client.ok(removeSecondFactor);
  expect(await client.call(removeSecondFactor)).toMatchObject({ status: 409 });
});

test('ten wrong passwords lock it, for the right one, too; the clinic reads of it', async () => {
  const { client } = await newPerson('administrator');
  nowMs += 11 * MINUTE_MS;
  for (let i = 0; i < 10; i++) expect((await prove(client, { password: `wrong ${i}` })).status).toBe(422);
  const locked = await prove(client, { password });
  expect([locked.status, Number(locked.headers['retry-after'])]).toEqual([429, 15 * 60]);
  expect(await invite(client)).toMatchObject(ASKED);
  expect(await acts()).toEqual(expect.arrayContaining(['session.lock-out', 'session.proof-failed']));
  nowMs += 15 * MINUTE_MS;
  expect((await prove(client, { password })).status).toBe(200);
});

test('whoever knows the password cannot try codes without end', async () => {
  const { client } = await newPerson('administrator');
  await withFactor(client);
  for (let i = 0; i < 10; i++) {
    expect((await prove(client, { password, code: `0000${10 + i}` })).status).toBe(422);
    // The right password elsewhere forgives no code; the new one is refused.
    await client.call(changePassword, { body: { currentPassword: password, newPassword: `${password}!` } });
  }
  expect((await prove(client, { password, code: '000042' })).status).toBe(429);
});

test('whoever signs in where somebody was signed in takes the place of that session', async () => {
  const { email, client } = await newPerson('administrator');
  const before = api.anonymous;
  expect((await client.call(readSession)).status).toBe(200);
  const cookie = (client as unknown as { cookie: string }).cookie;
  const again = await before.call(signIn, { body: { email, password }, headers: { cookie } });
  expect(again.status).toBe(200);
  expect((await client.call(readSession)).status).toBe(401);
  expect((await new Client(api.app, cookieOf(again.headers)).call(readSession)).status).toBe(200);
});

test('no key of a machine may do what asks for a proof', async () => {
  const asking = Object.values<RouteShape>(ROUTES).filter(({ proof }) => proof === 'fresh');
  expect(asking.length).toBeGreaterThan(10);
  const scopes = KEY_SCOPES as readonly string[];
  expect(asking.filter(({ access }) => 'needs' in access && scopes.includes(access.needs))).toEqual([]);
  const body = { name: 'A machine', role: 'administrator' as const, scopes: ['audit.read' as const], expiresInDays: 1 };
  const { token } = await clinic.administrator.ok(createApiKey, { body });
  const headers = { authorization: `Bearer ${token}`, 'if-match': '"1"' };
  const asked = await api.anonymous.call(editSignInPolicy, { body: { secondFactorRoles: [], idleMinutes: 30 }, headers });
  expect(asked.status).toBe(403);
});

test('a route that opens a door and does not say whether it asks keeps the product from starting', async () => {
  const shape: RouteShape = inviteStaff;
  const { proof } = shape;
  try {
    Object.assign(shape, { proof: undefined });
    await expect(createApi(api.config, { queues: api.app.get(Queues), modules: [] })).rejects.toThrow(
      'inviteStaff (POST /staff/invitations) does not say whether it asks for a fresh proof',
    );
  } finally {
    Object.assign(shape, { proof });
  }
});
