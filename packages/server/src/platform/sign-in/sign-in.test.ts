import { readSession, type Session, signIn, signOut, switchClinic } from '@vastus/contract';
import pg from 'pg';
import { createApi } from '../../create-api.js';
import { Client, startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { Clock } from '../clock.js';
import { Queues } from '../queue/queues.js';
import { createAccount } from './accounts.js';

const password = 'correct horse battery staple';
let api: TestApi;
let clinic: TestClinic;
let serial = 0;
let email: string;
let userId: string;

beforeAll(async () => {
  api = await startTestApi({ modules: [], config: { trustedProxies: '127.0.0.1' } });
  clinic = await api.newClinic({ timeZone: 'Pacific/Auckland' });
});
afterAll(() => api?.close());
beforeEach(async () => {
  email = `Nadia.${++serial}@Example.org`;
  const now = api.clock.now();
  userId = await api.database.anywhere((q) => createAccount(q, now, { email, name: 'Nadia Nurse', password }));
  await clinic.employ(userId, 'nurse');
});

const enter = (as: { email?: string; password?: string } = {}, address = `10.0.0.${serial}`) =>
  api.anonymous.call(signIn, { body: { email, password, ...as }, headers: { 'x-forwarded-for': address } });
const cookieOf = (headers: Record<string, unknown>) => {
  const [cookie] = [headers['set-cookie']].flat().filter((c) => String(c).startsWith('vastus.session='));
  return { value: String(cookie).split(';')[0]!, attributes: String(cookie) };
};
const sessions = () =>
  api.database.anywhere(
    async (q) =>
      (await q.one<{ count: number }>('SELECT count(*) FROM auth.session WHERE user_id = $1 AND ended_at IS NULL', [userId])).count,
  );

test('the right password opens a session that says who one is, where, and what one may do', async () => {
  await api.clock.set('2026-11-20T18:00:00.000Z');
  const { status, body: answered, headers } = await enter({ email: email.toLowerCase() });
  const body = answered as Session;
  expect(status).toBe(200);
  expect(body).toMatchObject({
    staff: { name: 'Nadia Nurse', email: email.toLowerCase(), role: 'nurse' },
    clinic: { id: clinic.id, timeZone: 'Pacific/Auckland', isDemo: false },
    otherClinics: [],
    permissions: expect.arrayContaining(['injection.record']),
    today: '2026-11-21',
    testClock: true,
  });
  expect(body.permissions).not.toContain('injection.override');
  const cookie = cookieOf(headers);
  expect(cookie.attributes).toMatch(/HttpOnly/i);
  expect(cookie.attributes).toMatch(/SameSite=Lax/i);
  expect(cookie.attributes).not.toMatch(/Secure/i);
  expect(await new Client(api.app, cookie.value).call(readSession)).toMatchObject({ status: 200, body: { staff: body.staff } });
});

test('behind https the cookie is never sent in the clear', async () => {
  const secure = await startTestApi({ modules: [], config: { publicUrl: 'https://clinic.example' } });
  const now = secure.clock.now();
  const id = await secure.database.anywhere((q) => createAccount(q, now, { email: 'a@example.org', name: 'A', password }));
  await secure.clinic.employ(id, 'nurse');
  const { headers } = await secure.anonymous.call(signIn, { body: { email: 'a@example.org', password } });
  expect(String(headers['set-cookie'])).toMatch(/__Host-vastus\.session=.*Path=\/;.*Secure/);
  expect(headers['strict-transport-security']).toMatch(/max-age/);
  await secure.close();
});

test('a wrong password, an unknown address and a text that is no address are told the same', async () => {
  const answers = [
    await enter({ password: 'something else entirely' }),
    await enter({ email: 'nobody@example.org' }),
    await enter({ email: 'no address' }),
    await enter({ password: 'x' }),
  ];
  for (const { status, body, headers } of answers) {
    expect({ status, code: body.code, cookie: headers['set-cookie'] }).toEqual({
      status: 401,
      code: 'wrong-credentials',
      cookie: undefined,
    });
  }
  expect(await sessions()).toBe(0);
});

test('an account without a clinic has no session, and says why', async () => {
  await clinic.transaction((tx) => tx.query('UPDATE membership SET active = false WHERE user_id = $1', [userId]));
  expect(await enter()).toMatchObject({
    status: 401,
    body: { code: 'access-ended' },
    headers: expect.not.objectContaining({ 'set-cookie': expect.anything() }),
  });
});

test('the eleventh wrong password of one account from one address has to wait, and the right one too', async () => {
  for (let i = 0; i < 10; i++) expect((await enter({ password: 'wrong wrong wrong' })).status).toBe(401);
  const refused = await enter();
  expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(200);
  expect((await enter({}, '10.9.9.9')).status).toBe(200);
  jest.spyOn(api.app.get(Clock), 'machineMs').mockReturnValue(Date.now() + 301_000);
  expect((await enter()).status).toBe(200);
  jest.restoreAllMocks();
});

test('two processes on one database count together', async () => {
  const second = await createApi(api.config, { queues: api.app.get(Queues), modules: [] });
  const at = { body: { email, password: 'wrong wrong wrong' }, headers: { 'x-forwarded-for': '10.4.4.4' } };
  const doors = [api.anonymous, new Client(second)];
  const answers = await Promise.all(Array.from({ length: 16 }, (_, i) => doors[i % 2]!.call(signIn, at)));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(6);
  for (const door of doors) expect((await door.call(signIn, { ...at, body: { email, password } })).status).toBe(429);
  await second.close();
});

test('guessing from many addresses locks the account, whether it exists or not', async () => {
  for (const address of [email, 'nobody.at.all@example.org']) {
    await api.database.anywhere((q) => q.query('DELETE FROM auth."rateLimit"'));
    const tries = Array.from({ length: 41 }, (_, i) => enter({ email: address, password: 'wrong wrong wrong' }, `10.5.${i}.1`));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  }
});

test('how long a refusal takes tells nothing about the account', async () => {
  const took = async (address: string) => {
    const began = performance.now();
    expect((await enter({ email: address, password: 'wrong wrong wrong' }, `10.6.0.${serial}`)).status).toBe(401);
    return performance.now() - began;
  };
  for (const address of [email, 'nobody.there.either@example.org']) expect(await took(address)).toBeGreaterThan(145);
});

test('signing in takes the failures back', async () => {
  for (let i = 0; i < 9; i++) await enter({ password: 'wrong wrong wrong' });
  expect((await enter()).status).toBe(200);
  for (let i = 0; i < 9; i++) expect((await enter({ password: 'wrong wrong wrong' })).status).toBe(401);
  expect((await enter()).status).toBe(200);
});

test('signing out ends the session, not only the cookie', async () => {
  const { headers } = await enter();
  const client = new Client(api.app, cookieOf(headers).value);
  const out = await client.call(signOut);
  expect(out).toMatchObject({ status: 200, body: { signedOut: true } });
  expect(cookieOf(out.headers).attributes).toMatch(/Max-Age=0/i);
  expect((await client.call(readSession)).status).toBe(401);
  expect(await sessions()).toBe(0);
  expect((await api.anonymous.call(signOut)).status).toBe(200);
});

test('who works in two clinics switches between them, and into no other', async () => {
  const second = await api.newClinic({ name: 'Zweite' });
  await second.employ(userId, 'physician');
  const client = new Client(api.app, cookieOf((await enter()).headers).value);
  const before = await client.ok(readSession);
  const [elsewhere] = before.otherClinics;
  expect(new Set([before.clinic.id, elsewhere?.id])).toEqual(new Set([clinic.id, second.id]));
  expect(await client.ok(switchClinic, { body: { clinicId: second.id } })).toMatchObject({
    clinic: { id: second.id, name: 'Zweite' },
    staff: { role: 'physician' },
  });
  expect((await client.ok(readSession)).clinic.id).toBe(second.id);
  expect(await client.call(switchClinic, { body: { clinicId: api.clinic.id } })).toMatchObject({ status: 404 });
  expect((await client.ok(readSession)).clinic.id).toBe(second.id);
});

test('nobody signs up: the library’s own endpoints are not there', async () => {
  for (const path of ['sign-up/email', 'sign-in/email', 'get-session', 'change-password', 'ok'])
    expect((await api.anonymous.send('POST', `/api/auth/${path}`, { email: 'new@example.org', password, name: 'New' })).status).toBe(404);
});

test('passwords are kept as Argon2id', async () => {
  const { password: kept } = await api.database.anywhere((q) =>
    q.one<{ password: string }>('SELECT "password" FROM auth."account" WHERE "userId" = $1', [userId]),
  );
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  await expect(
    api.database.anywhere((q) => createAccount(q, api.clock.now(), { email: 'x@example.org', name: 'X', password: 'too short' })),
  ).rejects.toThrow(/12 to 128/);
});

test('a session lasts as long as it is real time, wherever the test clock stands', async () => {
  const client = new Client(api.app, cookieOf((await enter()).headers).value);
  await api.clock.advance({ days: 400 });
  expect((await client.call(readSession)).status).toBe(200);
  await api.database.anywhere((q) =>
    q.query('UPDATE auth.session SET expires_at = $1 WHERE user_id = $2', ['2020-01-01T00:00:00Z', userId]),
  );
  expect((await client.call(readSession)).status).toBe(401);
});

test('while the table of sessions cannot be read, nobody is told to sign in again', async () => {
  const client = new Client(api.app, cookieOf((await enter()).headers).value);
  const owner = new pg.Client(api.ownerUrl);
  await owner.connect();
  await owner.query('ALTER TABLE auth.session RENAME TO away');
  expect(await client.call(readSession)).toMatchObject({ status: 500, body: { code: 'internal' } });
  await owner.query('ALTER TABLE auth.away RENAME TO session');
  await owner.end();
  expect((await client.call(readSession)).status).toBe(200);
});
