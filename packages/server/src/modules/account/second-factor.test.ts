// The second factor and what bounds a session, as the browser of one person meets them.
import {
  changePassword,
  confirmSecondFactor,
  editSignInPolicy,
  endOtherSessions,
  giveSecondFactor,
  listAccountSessions,
  listAudit,
  proposeSecondFactor,
  readAccount,
  readSession,
  removeSecondFactor,
  renewRecoveryCodes,
  resetStaffFactor,
  signIn,
} from '@vastus/contract';
import { generate } from 'otplib';
import { createApi } from '../../create-api.js';
import { Clock } from '../../platform/clock.js';
import { Queues } from '../../platform/queue/queues.js';
import { createAccount } from '../../platform/sign-in/accounts.js';
import { hashOf } from '../../platform/sign-in/tokens.js';
import { Client, startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { AuditModule } from '../audit/audit.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { AccountModule } from './account.module.js';

const password = 'correct horse battery staple';
const STEP_MS = 30_000;
let api: TestApi;
let clinic: TestClinic;
let email: string;
let userId: string;
let membershipId: string;
let serial = 0;
let nowMs: number;

beforeAll(async () => {
  api = await startTestApi({ modules: [AccountModule, StaffModule, AuditModule], config: { trustedProxies: '127.0.0.1' } });
});
afterAll(() => api?.close());
beforeEach(async () => {
  // Begins with a step, so that no test crosses into the next one by accident.
  nowMs = Math.ceil(Date.now() / STEP_MS) * STEP_MS + 1_000;
  jest.spyOn(api.app.get(Clock), 'machineMs').mockImplementation(() => nowMs);
  clinic = await api.newClinic();
  email = `ada.${++serial}@example.org`;
  userId = await api.database.anywhere((q) => createAccount(q, api.clock.now(), { email, name: 'Ada Arzt', password }));
  membershipId = await clinic.employ(userId, 'physician');
});
afterEach(() => jest.restoreAllMocks());

const cookieOf = (headers: Record<string, unknown>) => String([headers['set-cookie']].flat()[0]).split(';')[0]!;
async function enter() {
  const { status, body, headers } = await api.anonymous.call(signIn, {
    body: { email, password },
    headers: { 'x-forwarded-for': `10.1.0.${serial}`, 'user-agent': 'Firefox' },
  });
  return { status, body: body as { next?: string }, client: new Client(api.app, status === 200 ? cookieOf(headers) : undefined) };
}
const codeOf = (secret: string, steps = 0) => generate({ secret, epoch: Math.floor((nowMs + steps * STEP_MS) / 1000) });
async function enrolled() {
  const { client } = await enter();
  const { secret } = await client.ok(proposeSecondFactor);
  const { recoveryCodes } = await client.ok(confirmSecondFactor, { body: { code: await codeOf(secret) } });
  nowMs += 2 * STEP_MS;
  return { client, secret, recoveryCodes };
}
const give = async (code: string) => {
  const { client } = await enter();
  return client.call(giveSecondFactor, { body: { code } });
};
const require2fa = async () =>
  clinic.administrator.ok(editSignInPolicy, {
    body: { secondFactorRoles: ['physician'], idleMinutes: 30 },
    headers: { 'if-match': '"1"' },
  });
const acts = async () => (await clinic.administrator.ok(listAudit)).items.map(({ action }) => action);

test('a proposed secret changes nothing until a code of it was right', async () => {
  const { client } = await enter();
  const { secret, uri } = await client.ok(proposeSecondFactor);
  expect(uri).toContain(`secret=${secret}`);
  expect((await enter()).body.next).toBeUndefined();
  expect(await client.call(confirmSecondFactor, { body: { code: '000000' } })).toMatchObject({
    status: 422,
    body: { issues: [{ pointer: '/code', code: 'wrong-code' }] },
  });
  expect((await client.ok(confirmSecondFactor, { body: { code: await codeOf(secret) } })).recoveryCodes).toHaveLength(10);
  expect((await enter()).body).toEqual({ next: 'second-factor' });
  expect((await client.ok(readAccount)).secondFactor).toMatchObject({ recoveryCodesLeft: 10, required: false });
  const kept = await api.database.anywhere((q) => q.many('SELECT * FROM auth.second_factor WHERE user_id = $1', [userId]));
  expect(JSON.stringify(kept)).not.toContain(secret);
});

test('the password alone opens nothing: the half-open session is no session', async () => {
  const { secret } = await enrolled();
  const { client } = await enter();
  expect((await client.call(readSession)).status).toBe(401);
  expect((await client.call(readAccount)).status).toBe(401);
  expect((await client.call(proposeSecondFactor)).status).toBe(401);
  const { status, headers } = await client.call(giveSecondFactor, { body: { code: await codeOf(secret) } });
  expect(status).toBe(200);
  expect((await new Client(api.app, cookieOf(headers)).call(readSession)).status).toBe(200);
  // What the browser had between the steps is worth nothing more.
  expect((await client.call(readSession)).status).toBe(401);
  expect((await client.call(giveSecondFactor, { body: { code: await codeOf(secret, 1) } })).status).toBe(401);
});

test('a code works once, one step early or late, and not two', async () => {
  const { secret } = await enrolled();
  const code = await codeOf(secret);
  expect((await give(code)).status).toBe(200);
  expect((await give(code)).status).toBe(422);
  nowMs += 4 * STEP_MS;
  expect((await give(await codeOf(secret, -2))).status).toBe(422);
  expect((await give(await codeOf(secret, 2))).status).toBe(422);
  expect((await give(await codeOf(secret, -1))).status).toBe(200);
  expect((await give(await codeOf(secret, 1))).status).toBe(200);
});

test('one code given by two browsers at the same moment lets one of them in', async () => {
  const { secret } = await enrolled();
  const code = await codeOf(secret);
  expect((await Promise.all([give(code), give(code)])).map(({ status }) => status).sort()).toEqual([200, 422]);
});

test('a recovery code works once, however it is typed; new ones end the old', async () => {
  const { client, recoveryCodes } = await enrolled();
  // 24 letters of 5 bits.
  for (const code of recoveryCodes) expect(code).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){5}$/);
  expect((await give(recoveryCodes[0]!.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
  expect((await give(recoveryCodes[0]!)).status).toBe(422);
  expect((await client.ok(readAccount)).secondFactor.recoveryCodesLeft).toBe(9);
  const fresh = await client.ok(renewRecoveryCodes);
  expect((await give(recoveryCodes[1]!)).status).toBe(422);
  expect((await give(fresh.recoveryCodes[1]!)).status).toBe(200);
  // One of sixteen letters, as they were before.
  const old = 'abcdefghijkl2345';
  await api.database.anywhere((q) => q.query('INSERT INTO auth.recovery_code (user_id, code_hash) VALUES ($1, $2)', [userId, hashOf(old)]));
  expect([(await give('abcd-efgh-ijkl-2345')).status, (await give(old)).status]).toEqual([200, 422]);
  const kept = await api.database.anywhere((q) => q.many('SELECT * FROM auth.recovery_code WHERE user_id = $1', [userId]));
  expect(JSON.stringify(kept)).not.toContain(fresh.recoveryCodes[2]!.replaceAll('-', ''));
  expect(await acts()).toEqual(
    expect.arrayContaining(['second-factor.enrol', 'second-factor.recovery-code-used', 'second-factor.renew-codes', 'session.sign-in']),
  );
});

test('ten wrong codes lock the second step, for the right code, too', async () => {
  const { secret } = await enrolled();
  for (let i = 0; i < 10; i++) expect((await give(`00000${i}`)).status).toBe(422);
  expect(await give(await codeOf(secret))).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect(await acts()).toContain('session.lock-out');
  nowMs += 16 * 60_000;
  expect((await give(await codeOf(secret))).status).toBe(200);
});

test('two processes count wrong codes together', async () => {
  const { secret } = await enrolled();
  const second = await createApi(api.config, { queues: api.app.get(Queues), modules: [] });
  jest.spyOn(second.get(Clock), 'machineMs').mockImplementation(() => nowMs);
  const cookie = cookieOf((await api.anonymous.call(signIn, { body: { email, password } })).headers);
  const doors = [api.app, second].map((app) => new Client(app, cookie));
  const wrong = Array.from({ length: 14 }, (_, i) => doors[i % 2]!.call(giveSecondFactor, { body: { code: `0000${10 + i}` } }));
  const statuses = (await Promise.all(wrong)).map(({ status }) => status);
  expect([statuses.filter((status) => status === 422).length, statuses.filter((status) => status === 429).length]).toEqual([10, 4]);
  for (const door of doors) expect((await door.call(giveSecondFactor, { body: { code: await codeOf(secret) } })).status).toBe(429);
  await second.close();
});

test('where the clinic asks for it, who has none enrols before anything else', async () => {
  await require2fa();
  const { body, client } = await enter();
  expect(body).toEqual({ next: 'enrolment' });
  expect((await client.call(readAccount)).status).toBe(401);
  const { secret } = await client.ok(proposeSecondFactor);
  const { status, headers } = await client.call(confirmSecondFactor, { body: { code: await codeOf(secret) } });
  expect(status).toBe(200);
  const inside = new Client(api.app, cookieOf(headers));
  expect((await inside.ok(readAccount)).secondFactor.required).toBe(true);
  nowMs += 2 * STEP_MS;
  expect(await inside.call(removeSecondFactor)).toMatchObject({ status: 409 });
  // Nurses of the same clinic are not asked.
  expect((await clinic.nurse.ok(readAccount)).secondFactor.required).toBe(false);
});

test('where it is not asked for, it can be taken off', async () => {
  const { client } = await enrolled();
  await client.ok(removeSecondFactor);
  expect((await enter()).body.next).toBeUndefined();
});

test('an administrator resets a lost factor: signed out everywhere, and the password is enough until a new one', async () => {
  const { client } = await enrolled();
  await clinic.administrator.ok(resetStaffFactor, { params: { membershipId } });
  expect((await client.call(readSession)).status).toBe(401);
  expect((await enter()).body.next).toBeUndefined();
  const [entry] = (await clinic.administrator.ok(listAudit, { query: { action: 'staff.reset-second-factor' } })).items;
  expect(entry).toMatchObject({ actorName: clinic.members.administrator.name, subjectId: membershipId, after: { sessionsEnded: 1 } });
});

test('a new password takes the old one, ends every other browser, and refuses what is easily guessed', async () => {
  const { client } = await enter();
  const { client: elsewhere } = await enter();
  const change = (currentPassword: string, newPassword: string) => client.call(changePassword, { body: { currentPassword, newPassword } });
  expect((await change('wrong', 'marmalade tractor violin 41')).body.issues).toMatchObject([{ pointer: '/currentPassword' }]);
  expect((await change(password, `${email.replace('@', '.')}1`)).body.issues).toMatchObject([
    { pointer: '/newPassword', code: 'guessable' },
  ]);
  expect((await change(password, `${password}!`)).body.issues).toMatchObject([{ pointer: '/newPassword', code: 'guessable' }]);
  const long = (letters: number) => 'lantern copper weaver 73 orchid basin turnip cobalt ledger mosaic'.padEnd(letters, ' plover');
  expect((await change(password, long(129))).body.issues).toMatchObject([{ pointer: '/newPassword', code: 'too-long' }]);
  expect(await change(password, 'marmalade tractor violin 41')).toMatchObject({ status: 200, body: { sessionsEnded: 1 } });
  expect((await elsewhere.call(readSession)).status).toBe(401);
  expect((await client.call(readSession)).status).toBe(200);
  expect((await enter()).status).toBe(401);
  expect((await change('marmalade tractor violin 41', long(128))).status).toBe(200);
  const headers = { 'x-forwarded-for': `10.1.0.${serial}` };
  expect((await api.anonymous.call(signIn, { body: { email, password: long(128) }, headers })).status).toBe(200);
});

describe('a session', () => {
  test('is listed with its device, address and last sight, and ends from elsewhere', async () => {
    const { client: first } = await enter();
    const { client: second } = await enter();
    const { items } = await first.ok(listAccountSessions);
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ device: 'Firefox', address: `10.1.0.${serial}`, method: 'password' });
    expect(items.filter(({ current }) => current)).toHaveLength(1);
    expect(await first.ok(endOtherSessions)).toEqual({ sessionsEnded: 1 });
    expect((await second.call(readSession)).status).toBe(401);
    expect((await first.ok(listAccountSessions)).items).toHaveLength(1);
  });

  test('ends when nobody does anything for as long as the clinic says; what a page asks by itself is nobody', async () => {
    const { client } = await enter();
    for (let i = 0; i < 3; i++) {
      nowMs += 20 * 60_000;
      expect((await client.call(readSession)).status).toBe(200);
    }
    nowMs += 20 * 60_000;
    expect((await client.call(readSession, { headers: { 'vastus-idle': '?1' } })).status).toBe(200);
    nowMs += 20 * 60_000;
    expect((await client.call(readSession)).status).toBe(401);
    // It does not come back by another look.
    nowMs -= 20 * 60_000;
    expect((await client.call(readSession)).status).toBe(401);
  });

  test('ends after twelve hours, however busy somebody is', async () => {
    const { client } = await enter();
    for (let i = 0; i < 35; i++) {
      nowMs += 20 * 60_000;
      expect((await client.call(readSession)).status).toBe(200);
    }
    nowMs += 21 * 60_000;
    expect((await client.call(readSession)).status).toBe(401);
  });

  test('is kept as a hash', async () => {
    const { headers } = await api.anonymous.call(signIn, { body: { email, password } });
    const token = cookieOf(headers).split('=')[1]!;
    const kept = await api.database.anywhere((q) => q.many('SELECT * FROM auth.session WHERE user_id = $1', [userId]));
    expect(kept).not.toHaveLength(0);
    expect(JSON.stringify(kept)).not.toContain(token);
  });
});

test('sign-ins, failures and sign-outs are in the trail of the clinic, failures without a name', async () => {
  await api.anonymous.call(signIn, { body: { email, password: 'not the password' }, headers: { 'x-forwarded-for': '10.7.7.7' } });
  await enter();
  const items = (await clinic.administrator.ok(listAudit)).items.map(({ action, actorName, after }) => ({ action, actorName, after }));
  expect(items).toEqual([
    { action: 'session.sign-in', actorName: 'Ada Arzt', after: { method: 'password', twoFactors: false, address: `10.1.0.${serial}` } },
    { action: 'session.sign-in-failed', actorName: null, after: { address: '10.7.7.7' } },
  ]);
});
