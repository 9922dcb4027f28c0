// What people are told about their own account: derived from the trail, browser by browser.
import {
  changePassword,
  changeStaffRole,
  confirmSecondFactor,
  createApiKey,
  giveSecondFactor,
  listAccountChanges,
  listStaff,
  noteAccountChanges,
  proposeSecondFactor,
  signIn,
} from '@vastus/contract';
import { generate } from 'otplib';
import { Clock } from '../../platform/clock.js';
import { createAccount } from '../../platform/sign-in/accounts.js';
import { Client, startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { AccountModule } from './account.module.js';

const password = 'correct horse battery staple';
const NEXT_PASSWORD = 'marmalade tractor violin 41';
const HOUR_MS = 3_600_000;
const STEP_MS = 30_000;
let api: TestApi;
let clinic: TestClinic;
let email: string;
let userId: string;
let membershipId: string;
let serial = 0;
let nowMs: number;

beforeAll(async () => {
  api = await startTestApi({ modules: [AccountModule, StaffModule, AuditModule, ApiKeysModule], config: { trustedProxies: '127.0.0.1' } });
});
afterAll(() => api?.close());
beforeEach(async () => {
  nowMs = Math.ceil(Date.now() / STEP_MS) * STEP_MS + 1_000;
  jest.spyOn(api.app.get(Clock), 'machineMs').mockImplementation(() => nowMs);
  await api.clock.set(new Date(nowMs).toISOString());
  clinic = await api.newClinic();
  email = `ada.${++serial}@example.org`;
  userId = await api.database.anywhere((q) => createAccount(q, api.clock.now(), { email, name: 'Ada Arzt', password }));
  membershipId = await clinic.employ(userId, 'administrator');
});
afterEach(() => jest.restoreAllMocks());

/** A browser that keeps its cookies. */
class Browser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly agent: string) {}

  private keep(headers: Record<string, unknown>): void {
    for (const cookie of [headers['set-cookie']].flat().filter(Boolean).map(String)) {
      const [name, value] = cookie.split(';')[0]!.split('=') as [string, string];
      this.cookies.set(name, value);
    }
  }

  get client(): Client {
    return new Client(api.app, [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
  }

  /** At least an hour after whatever was before. */
  async enter(secret = password, code?: () => Promise<string>): Promise<Client> {
    nowMs += HOUR_MS;
    await api.clock.set(new Date(nowMs).toISOString());
    const headers = { 'x-forwarded-for': `10.4.0.${serial}`, 'user-agent': this.agent };
    const answer = await this.client.call(signIn, { body: { email, password: secret }, headers });
    if (answer.status !== 200) throw new Error(`not let in: ${answer.status}`);
    this.keep(answer.headers);
    if (code) this.keep((await this.client.call(giveSecondFactor, { body: { code: await code() }, headers })).headers);
    return this.client;
  }

  async leave(): Promise<void> {
    this.cookies.delete('vastus.session');
  }
}

const codeOf = (secret: string) => generate({ secret, epoch: Math.floor(nowMs / 1000) });
/** Somebody else of the clinic, signed in just now. */
const another = async (role: 'administrator' | 'nurse') => new Client(api.app, await api.session(clinic.members[role].userId));
const all = async (client: Client) => (await client.ok(listAccountChanges)).items;
const news = async (client: Client) => (await all(client)).filter(({ isNew }) => isNew).map(({ what }) => what);

test('who signs in for the first time is told nothing, and afterwards of what they changed themselves', async () => {
  const home = new Browser('Firefox');
  const client = await home.enter();
  expect(await all(client)).toEqual([]);
  nowMs += 1000;
  await api.clock.set(new Date(nowMs).toISOString());
  await client.ok(changePassword, { body: { currentPassword: password, newPassword: NEXT_PASSWORD } });
  // In the same sitting, it is on the page and no news.
  expect(await all(client)).toMatchObject([{ what: 'password.change', isNew: false, byOther: false }]);
  expect(await news(await home.enter(NEXT_PASSWORD))).toEqual(['password.change']);
});

test('a sign-in from another browser is told at the known one, even if the other has read everything', async () => {
  const home = new Browser('Firefox');
  await home.enter();
  const elsewhere = new Browser('Chrome');
  const stranger = await elsewhere.enter();
  await stranger.ok(noteAccountChanges);
  expect(await news(stranger)).toEqual([]);

  const client = await home.enter();
  expect(await all(client)).toMatchObject([
    { what: 'session.new-browser', isNew: true, byOther: false, address: `10.4.0.${serial}`, device: 'Chrome' },
  ]);
  await client.ok(noteAccountChanges);
  expect(await news(client)).toEqual([]);
  expect(await all(client)).toHaveLength(1);
  // Nor is it told again; the other browser is no stranger any more.
  await elsewhere.enter();
  expect(await news(await home.enter())).toEqual([]);
});

test('what an administrator did is told with who did it, and a role by its name', async () => {
  const home = new Browser('Firefox');
  await home.enter();
  const administrator = await another('administrator');
  const { members } = await administrator.ok(listStaff);
  const { version } = members.find((member) => member.membershipId === membershipId)!;
  const headers = { 'if-match': `"${version}"` };
  await administrator.ok(changeStaffRole, { params: { membershipId }, body: { role: 'physician' }, headers });
  expect(await all(await home.enter())).toMatchObject([{ what: 'staff.change-role', byOther: true, role: 'physician', isNew: true }]);
});

test('a key that was made in their name is told', async () => {
  const home = new Browser('Firefox');
  const body = { name: 'Laboratory', role: 'nurse' as const, scopes: ['patient.read' as const], expiresInDays: 5 };
  await (await home.enter()).ok(createApiKey, { body });
  expect(await all(await home.enter())).toMatchObject([{ what: 'api-key.create', keyName: 'Laboratory', isNew: true }]);
});

test('a code that is used a second time, and a recovery code, are told; the answer to whoever tried says no more than before', async () => {
  const home = new Browser('Firefox');
  const client = await home.enter();
  const { secret } = await client.ok(proposeSecondFactor);
  const { recoveryCodes } = await client.ok(confirmSecondFactor, { body: { code: await codeOf(secret) } });
  await home.enter(password, () => codeOf(secret));
  const used = await codeOf(secret);
  const thief = new Browser('Chrome');
  nowMs -= HOUR_MS;
  await thief.enter();
  for (const code of [used, recoveryCodes[0]!, recoveryCodes[0]!]) {
    const { status, body } = await thief.client.call(giveSecondFactor, { body: { code } });
    if (status !== 200) expect(body.issues).toMatchObject([{ pointer: '/code', code: 'wrong-code' }]);
    if (code !== used)
      await thief
        .leave()
        .then(() => (nowMs -= HOUR_MS))
        .then(() => thief.enter());
  }
  expect(await news(await home.enter(password, () => codeOf(secret)))).toEqual(
    expect.arrayContaining([
      'second-factor.enrol',
      'second-factor.code-used-again',
      'second-factor.recovery-code-used',
      'session.new-browser',
    ]),
  );
});

test('a browser that is new to somebody tells them of the last month', async () => {
  const home = new Browser('Firefox');
  const client = await home.enter();
  await client.ok(changePassword, { body: { currentPassword: password, newPassword: NEXT_PASSWORD } });
  expect(await news(await new Browser('Safari').enter(NEXT_PASSWORD))).toEqual(['password.change']);
});

test('nobody reads what changed on an account of somebody else', async () => {
  const home = new Browser('Firefox');
  await home.enter();
  await new Browser('Chrome').enter();
  expect(await all(await another('administrator'))).toEqual([]);
  expect(await all(await another('nurse'))).toEqual([]);
});

test('guessing is told once, though it stands in the trail of every clinic somebody works in', async () => {
  const home = new Browser('Firefox');
  await home.enter();
  await (await api.newClinic()).employ(userId, 'nurse');
  for (let i = 0; i < 12; i++)
    await api.anonymous.call(signIn, { body: { email, password: `no ${i}` }, headers: { 'x-forwarded-for': '10.9.9.9' } });
  expect(await all(await home.enter())).toMatchObject([{ what: 'session.lock-out', address: '10.9.9.9', isNew: true }]);
});
