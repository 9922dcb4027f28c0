// Single sign-on against a real provider of identities: whom it lets in, and what an answer must be to be believed.
import {
  changeStaffRole,
  confirmSecondFactor,
  deactivateStaff,
  editSignInPolicy,
  finishSingleSignOn,
  giveSecondFactor,
  listAccountSessions,
  listAudit,
  listStaff,
  proposeSecondFactor,
  readAccount,
  readSession,
  type Session,
  signIn,
  signOut,
  startSingleSignOn,
  unlinkSingleSignOn,
  unlinkStaffSingleSignOn,
} from '@vastus/contract';
import { generate } from 'otplib';
import { createApi } from '../../create-api.js';
import { Clock } from '../../platform/clock.js';
import type { SingleSignOnConfig } from '../../platform/config.js';
import { Queues } from '../../platform/queue/queues.js';
import { createAccount } from '../../platform/sign-in/accounts.js';
import { type ProviderPerson, type Spoil, TestProvider } from '../../testing/identity-provider.js';
import { Client, startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { AccountModule } from '../account/account.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { StaffModule } from '../staff/staff.module.js';

const password = 'correct horse battery staple';
const SECRET = 'the client secret of a test, which no log may hold';
const BACK = ['http://localhost/login', 'https://clinic.example/login'];
const CLIENTS = [
  { client_id: 'vastus', client_secret: SECRET, redirect_uris: BACK },
  { client_id: 'another', client_secret: 'of another', redirect_uris: BACK },
];
const TWO_FACTORS = 'urn:example:two-factors';
const MODULES = [AccountModule, AuditModule, StaffModule];

let provider: TestProvider;
let settings: SingleSignOnConfig;
let api: TestApi;
let clinic: TestClinic;
let login: string;
let email: string;
let userId: string;
let membershipId: string;
let serial = 0;
const log: string[] = [];

beforeAll(async () => {
  provider = await TestProvider.start(CLIENTS);
  settings = {
    issuer: provider.issuer,
    clientId: 'vastus',
    clientSecret: SECRET,
    name: 'Clinic Group',
    clinicIds: undefined,
    twoFactorAcr: [TWO_FACTORS],
    askAgain: true,
  };
  const config = { singleSignOn: settings, trustedProxies: '127.0.0.1' };
  api = await startTestApi({ modules: MODULES, config, onLog: (line) => log.push(line) });
});
afterAll(async () => {
  await api?.close();
  await provider?.close();
});
beforeEach(async () => {
  clinic = await api.newClinic();
  login = `nadia-${++serial}`;
  email = `${login}@example.org`;
  userId = await api.database.anywhere((q) => createAccount(q, api.clock.now(), { email, name: 'Nadia Nurse', password }));
  membershipId = await clinic.employ(userId, 'nurse');
  await known();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await provider.spoil(null);
});

const known = ({ claims, ...rest }: Partial<ProviderPerson> = {}) =>
  provider.person({ login, claims: { email, email_verified: true, ...claims }, ...rest });
const cookieOf = (headers: Record<string, unknown>, name: string) =>
  [headers['set-cookie']]
    .flat()
    .map(String)
    .find((cookie) => cookie.startsWith(`${name}=`));
const valueOf = (cookie: string | undefined) => String(cookie).split(';')[0]!;
const from = () => ({ 'x-forwarded-for': `10.2.${serial}.1` });
const at = (app = api.app) => new Client(app);

async function begin(to?: string, door = at()) {
  const { status, body, headers } = await door.call(startSingleSignOn, { body: { to } });
  expect(status).toBe(200);
  return { location: new URL(body.location), cookie: valueOf(cookieOf(headers, 'vastus.single-sign-on')) };
}
const finish = (query: string, cookie: string | undefined, door = at()) =>
  door.call(finishSingleSignOn, { body: { query }, headers: { ...from(), ...(cookie === undefined ? {} : { cookie }) } });

/** The whole way; `change` is what happens to the address on the way to the provider. */
async function enter({ change, to, door, as = login }: { change?: (location: URL) => void; to?: string; door?: Client; as?: string } = {}) {
  const { location, cookie } = await begin(to, door);
  change?.(location);
  const query = await provider.visit(location.href, as);
  const { status, body, headers } = await finish(query, cookie, door);
  const session = cookieOf(headers, 'vastus.session');
  return { status, code: body.code, body, query, cookie, session, client: new Client(api.app, session && valueOf(session)) };
}
const entered = async (way?: Parameters<typeof enter>[0]) => {
  const result = await enter(way);
  expect([result.status, result.code]).toEqual([200, undefined]);
  return result;
};
const refusal = async (way?: Parameters<typeof enter>[0]) => {
  const { status, code, session } = await enter(way);
  expect(session).toBeUndefined();
  return `${status} ${code}`;
};
const trail = async () =>
  (await clinic.administrator.ok(listAudit)).items.filter(({ action }) => /^(session|single)/.test(action)).map(({ action }) => action);

describe('who comes in', () => {
  test('somebody invited, with the address that the provider vouches for; from then on their subject counts, and no address', async () => {
    const first = await entered({ to: '/patients?q=1' });
    expect(first.body.to).toBe('/patients?q=1');
    expect((first.body.answer as Session).staff).toMatchObject({ name: 'Nadia Nurse', email, role: 'nurse' });
    expect(first.session).toMatch(/HttpOnly/);
    expect(await trail()).toEqual(['session.sign-in', 'single-sign-on.link']);
    const [entry] = (await clinic.administrator.ok(listAudit)).items;
    expect(entry).toMatchObject({
      action: 'session.sign-in',
      after: { method: 'single-sign-on', twoFactors: false, address: `10.2.${serial}.1` },
    });
    expect((await first.client.ok(readAccount)).singleSignOn).toEqual({ name: 'Clinic Group', linkedAt: expect.any(String) });
    expect((await first.client.ok(listAccountSessions)).items).toMatchObject([{ method: 'single-sign-on', current: true }]);

    await known({ claims: { email: 'married@example.org', email_verified: false } });
    expect(((await entered()).body.answer as Session).staff.email).toBe(email);
    expect((await clinic.administrator.ok(listStaff)).members.find((one) => one.membershipId === membershipId)?.singleSignOn).toBe(true);
  });

  test('the provider is asked for a code with PKCE, state and nonce, and to ask again who sits there', async () => {
    const asked = Object.fromEntries((await begin()).location.searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: 'vastus',
      redirect_uri: BACK[0],
      scope: 'openid email',
      code_challenge_method: 'S256',
      prompt: 'login',
      max_age: '300',
      acr_values: TWO_FACTORS,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[\w-]{43}$/);
    const again = Object.fromEntries((await begin()).location.searchParams);
    for (const name of ['state', 'nonce', 'code_challenge']) expect(again[name]).not.toBe(asked[name]);
  });

  test('where the provider keeps the address out of its token, it is asked for it', async () => {
    const sparse = await TestProvider.start(CLIENTS, { claims: false });
    await sparse.person({ login, claims: { email, email_verified: true } });
    const app = await createApi(
      { ...api.config, singleSignOn: { ...settings, issuer: sparse.issuer } },
      { queues: api.app.get(Queues), modules: [] },
    );
    const { location, cookie } = await begin(undefined, at(app));
    expect(location.searchParams.has('claims')).toBe(false);
    expect((await finish(await sparse.visit(location.href, login), cookie, at(app))).status).toBe(200);
    await app.close();
    await sparse.close();
  });

  test('what one process began another finishes', async () => {
    const app = await createApi(api.config, { queues: api.app.get(Queues), modules: [] });
    const { location, cookie } = await begin();
    expect((await finish(await provider.visit(location.href, login), cookie, at(app))).status).toBe(200);
    await app.close();
  });

  test('behind https the cookies are of this host alone', async () => {
    const app = await createApi({ ...api.config, publicUrl: 'https://clinic.example' }, { queues: api.app.get(Queues), modules: [] });
    const { body, headers } = await at(app).call(startSingleSignOn, { body: {} });
    const cookie = cookieOf(headers, '__Host-vastus.single-sign-on');
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=900; Secure$/);
    const done = await finish(await provider.visit(body.location, login), valueOf(cookie), at(app));
    expect(done.status).toBe(200);
    expect(cookieOf(done.headers, '__Host-vastus.session')).toMatch(/Secure/);
    expect(cookieOf(done.headers, '__Host-vastus.single-sign-on')).toMatch(/single-sign-on=;.*Max-Age=0/);
    await app.close();
  });

  test('signing out ends the session, and says how one comes in again', async () => {
    const { client } = await entered();
    expect((await client.ok(signOut)).signInWith).toBe('Clinic Group');
    expect(await client.call(readSession)).toMatchObject({ status: 401, body: { code: 'not-signed-in', signInWith: 'Clinic Group' } });
  });

  test('a session of the provider is idle, and over, when one of a password is', async () => {
    const { client } = await entered();
    const now = Date.now();
    const after = (minutes: number) => jest.spyOn(api.app.get(Clock), 'machineMs').mockReturnValue(now + minutes * 60_000);
    after(29);
    expect((await client.call(readSession)).status).toBe(200);
    after(29 + 31);
    expect((await client.call(readSession)).status).toBe(401);
    jest.restoreAllMocks();
    const second = await entered();
    await api.database.anywhere((q) => q.query('UPDATE auth.session SET last_seen_at = $1', [new Date(now + 721 * 60_000).toISOString()]));
    after(721);
    expect((await second.client.call(readSession)).status).toBe(401);
  });
});

describe('who does not', () => {
  test.each([
    ['an address that is not verified', { email_verified: false }, '401 unverified-email'],
    ['an address that is verified in words only', { email_verified: 'true' as unknown as boolean }, '401 unverified-email'],
    ['no word whether it is verified', { email_verified: undefined }, '401 unverified-email'],
    ['no address', { email: undefined, email_verified: true }, '401 unknown-identity'],
    ['an address that nobody has here', { email: 'somebody.else@example.org' }, '401 unknown-identity'],
  ])('%s', async (_, claims, expected) => {
    await known({ claims });
    expect(await refusal()).toBe(expected);
    const { body } = await at().call(signIn, { body: { email, password }, headers: from() });
    expect((body as Session).staff.email).toBe(email);
    expect((await clinic.administrator.ok(listStaff)).members.filter(({ singleSignOn }) => singleSignOn)).toEqual([]);
  });

  test('who is not invited is not made', async () => {
    const count = () => api.database.anywhere((q) => q.one('SELECT count(*) FROM auth."user"'));
    const before = await count();
    await provider.person({ login: 'stranger', claims: { email: 'stranger@example.org', email_verified: true } });
    expect(await refusal({ as: 'stranger' })).toBe('401 unknown-identity');
    expect(await count()).toEqual(before);
  });

  test('an address whose letters only look alike once they are lower case', async () => {
    const address = `kate-${serial}@example.org`;
    const id = await api.database.anywhere((q) => createAccount(q, api.clock.now(), { email: address, name: 'Kate', password }));
    await clinic.employ(id, 'physician');
    const kelvin = address.replace('k', '\u212a');
    expect(kelvin.toLowerCase()).toBe(address);
    await known({ claims: { email: kelvin } });
    expect(await refusal()).toBe('401 unknown-identity');
    await known({ claims: { email: address.toUpperCase() } });
    expect(((await entered()).body.answer as Session).staff.email).toBe(address);
  });

  test('somebody else who was given the address later', async () => {
    await entered();
    const successor = `${login}-successor`;
    await provider.person({ login: successor, claims: { email, email_verified: true } });
    expect(await refusal({ as: successor })).toBe('401 unknown-identity');
    const [entry] = (await clinic.administrator.ok(listAudit)).items;
    expect(entry).toMatchObject({ action: 'session.sign-in-failed', after: { reason: 'other-identity', method: 'single-sign-on' } });
    // Their administrator knows better, and says so.
    await clinic.administrator.ok(unlinkStaffSingleSignOn, { params: { membershipId } });
    await entered({ as: successor });
    expect(await refusal()).toBe('401 unknown-identity');
  });

  test('somebody whose access has ended, linked or not', async () => {
    const { client } = await entered();
    await clinic.administrator.ok(deactivateStaff, { params: { membershipId } });
    expect((await client.call(readSession)).body.code).toBe('access-ended');
    expect(await refusal()).toBe('401 access-ended');
    await api.database.anywhere((q) => q.query(`DELETE FROM auth."account" WHERE "providerId" <> 'credential'`));
    expect(await refusal()).toBe('401 access-ended');
    expect(await api.database.anywhere((q) => q.many(`SELECT FROM auth."account" WHERE "providerId" <> 'credential'`))).toEqual([]);
  });

  test('who works in a clinic that does not trust the provider: not even in the others', async () => {
    const only = { ...settings, clinicIds: [clinic.id] };
    const app = await createApi({ ...api.config, singleSignOn: only }, { queues: api.app.get(Queues), modules: [] });
    const { client, session } = await entered({ door: at(app) });
    const elsewhere = await api.newClinic();
    await elsewhere.employ(userId, 'physician');
    expect((await new Client(app, valueOf(session)).call(readSession)).status).toBe(401);
    expect((await client.call(readSession)).status).toBe(200);
    expect(await refusal({ door: at(app) })).toBe('401 unknown-identity');
    await app.close();
  });

  test('anybody, once the provider is taken away: what it had opened is over, what a password opened is not', async () => {
    const { session } = await entered();
    const app = await createApi({ ...api.config, singleSignOn: undefined }, { queues: api.app.get(Queues), modules: [] });
    const without = new Client(app, valueOf(session));
    const { status, body } = await without.call(readSession);
    expect([status, body.code, body.signInWith]).toEqual([401, 'not-signed-in', undefined]);
    expect((await without.call(startSingleSignOn, { body: {} })).status).toBe(404);
    const { headers } = await at(app).call(signIn, { body: { email, password }, headers: from() });
    expect((await new Client(app, valueOf(cookieOf(headers, 'vastus.session'))).call(readSession)).status).toBe(200);
    await app.close();
  });
});

describe('which answers are believed', () => {
  test('only one that this browser has asked for, once, within a quarter of an hour', async () => {
    const { location, cookie } = await begin();
    const query = await provider.visit(location.href, login);
    const other = await begin();
    const failed = { status: 401, body: { code: 'single-sign-on-failed' } };
    expect(await finish(query, undefined)).toMatchObject(failed);
    expect(await finish(query, other.cookie)).toMatchObject(failed);
    expect(await finish(query, `${cookie.slice(0, -2)}xx`)).toMatchObject(failed);
    expect(await finish(query.replace('state=', 'state=x'), cookie)).toMatchObject(failed);
    jest.spyOn(api.app.get(Clock), 'machineMs').mockReturnValue(Date.now() + 901_000);
    expect(await finish(query, cookie)).toMatchObject(failed);
    jest.restoreAllMocks();
    const done = await finish(query, cookie);
    expect(done.status).toBe(200);
    expect(valueOf(cookieOf(done.headers, 'vastus.single-sign-on'))).toBe('vastus.single-sign-on=');
    // A cookie that was kept does not help: the code is used up.
    expect(await finish(query, cookie)).toMatchObject(failed);
  });

  test.each<[string, (location: URL) => void]>([
    ['another nonce', ({ searchParams }) => searchParams.set('nonce', 'of-somebody-else')],
    ['no nonce', ({ searchParams }) => searchParams.delete('nonce')],
    ['another proof key', ({ searchParams }) => searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')],
    ['another client', ({ searchParams }) => searchParams.set('client_id', 'another')],
  ])('none that was asked for with %s', async (_, change) => {
    expect(await refusal({ change })).toBe('401 single-sign-on-failed');
  });

  test.each<Spoil>(['signature', 'audience', 'issuer', 'expired', 'long-ago', 'no-nonce'])('none with a wrong token: %s', async (spoil) => {
    await provider.spoil(spoil);
    expect(await refusal()).toBe('401 single-sign-on-failed');
  });

  test('none that names another issuer, comes twice over, or is no answer at all', async () => {
    for (const spoilt of [
      (query: string) => query.replace(/iss=[^&]*/, 'iss=https%3A%2F%2Fanother.example'),
      (query: string) => query.replace(/&?iss=[^&]*/, ''),
      (query: string) => `${query}&code=another`,
      () => '?error=server_error',
      () => 'nonsense',
      () => '\u{1f600}%zz&state',
    ]) {
      const { location, cookie } = await begin();
      const { status, body } = await finish(spoilt(await provider.visit(location.href, login)), cookie);
      expect([status, body.code]).toEqual([401, 'single-sign-on-failed']);
    }
  });

  test('who goes back at the provider is told that nothing came of it', async () => {
    const { location, cookie } = await begin();
    const query = await provider.visit(location.href, login, { cancel: true });
    expect(query).toContain('error=access_denied');
    expect(await finish(query, cookie)).toMatchObject({ status: 401, body: { code: 'single-sign-on-failed' } });
  });

  test('nobody is led to another site', async () => {
    for (const to of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '',
      '/a b',
      '/\t/evil.example',
      `/${'x'.repeat(500)}`,
    ])
      expect([to, (await at().call(startSingleSignOn, { body: { to } })).status]).toEqual([to, 422]);
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
      for (const route of [startSingleSignOn, finishSingleSignOn])
        expect((await at().call(route as typeof startSingleSignOn, { body: {}, headers })).status).toBe(403);
  });

  test('not more than sixty failures in five minutes from one address', async () => {
    const { cookie } = await begin();
    for (let i = 0; i < 60; i++) expect((await finish('code=guess&state=guess', cookie)).status).toBe(401);
    expect(await finish('code=guess&state=guess', cookie)).toMatchObject({ status: 429, headers: { 'retry-after': expect.anything() } });
  });
});

describe('the second factor', () => {
  const require2fa = () =>
    clinic.administrator.ok(editSignInPolicy, {
      body: { secondFactorRoles: ['nurse'], idleMinutes: 30 },
      headers: { 'if-match': '"1"' },
    });

  test('is the provider’s where it says that there were two, and ours else', async () => {
    await require2fa();
    const one = await entered();
    expect(one.body.answer).toEqual({ next: 'enrolment' });
    expect((await one.client.call(readSession)).status).toBe(401);
    const { secret } = await one.client.ok(proposeSecondFactor, { body: {} });
    const enrolled = await one.client.call(confirmSecondFactor, { body: { code: await generate({ secret }) } });
    expect((await new Client(api.app, valueOf(cookieOf(enrolled.headers, 'vastus.session'))).call(readSession)).status).toBe(200);

    await known({ amr: ['pwd', 'otp'] });
    const two = await entered({ to: '/alerts' });
    expect(two.body).toEqual({ answer: { next: 'second-factor' }, to: '/alerts' });
    jest.spyOn(api.app.get(Clock), 'machineMs').mockReturnValue(Date.now() + 30_000);
    const code = await generate({ secret, epoch: Math.floor(Date.now() / 1000) + 30 });
    const given = await two.client.call(giveSecondFactor, { body: { code } });
    expect([given.status, (given.body as Session).staff.email]).toEqual([200, email]);
    jest.restoreAllMocks();

    for (const said of [{ amr: ['pwd', 'mfa'] }, { acr: TWO_FACTORS }]) {
      await known(said);
      expect(((await entered()).body.answer as Session).staff.email).toBe(email);
      const [entry] = (await clinic.administrator.ok(listAudit)).items;
      expect(entry).toMatchObject({ action: 'session.sign-in', after: { method: 'single-sign-on', twoFactors: true } });
    }
    await known({ acr: 'urn:example:one-factor' });
    expect((await entered()).body.answer).toEqual({ next: 'second-factor' });
  });
});

describe('when the provider is away', () => {
  test('that is said, the password works, and its return is noticed', async () => {
    const temporary = await TestProvider.start(CLIENTS);
    await temporary.person({ login, claims: { email, email_verified: true } });
    const { issuer, port } = temporary;
    const app = await createApi({ ...api.config, singleSignOn: { ...settings, issuer } }, { queues: api.app.get(Queues), modules: [] });
    const door = at(app);
    const away = { status: 424, body: { code: 'single-sign-on-away' } };
    await temporary.close();
    expect(await door.call(startSingleSignOn, { body: {} })).toMatchObject(away);
    expect((await door.call(signIn, { body: { email, password }, headers: from() })).status).toBe(200);

    const back = await TestProvider.start(CLIENTS, { port });
    await back.person({ login, claims: { email, email_verified: true } });
    const { location, cookie } = await begin(undefined, door);
    const query = await back.visit(location.href, login);
    await back.close();
    // In the middle of it: nothing is decided, and the way can be begun anew.
    expect(await finish(query, cookie, door)).toMatchObject(away);
    await app.close();
  });

  test('one that calls itself otherwise than it is configured is not used', async () => {
    const issuer = provider.issuer.replace('127.0.0.1', 'localhost');
    const app = await createApi({ ...api.config, singleSignOn: { ...settings, issuer } }, { queues: api.app.get(Queues), modules: [] });
    expect(await at(app).call(startSingleSignOn, { body: {} })).toMatchObject({ status: 424 });
    await app.close();
  });
});

describe('the link', () => {
  test('is taken back by its owner, who says their password, and by an administrator; other browsers are signed out', async () => {
    const { client } = await entered();
    const second = await entered();
    expect((await client.call(unlinkSingleSignOn, { body: { password: 'something else entirely' } })).body.issues).toMatchObject([
      { pointer: '/password', code: 'wrong-password' },
    ]);
    expect(await client.ok(unlinkSingleSignOn, { body: { password } })).toEqual({ sessionsEnded: 1 });
    expect((await second.client.call(readSession)).status).toBe(401);
    expect((await client.ok(readAccount)).singleSignOn.linkedAt).toBeNull();
    expect(await client.call(unlinkSingleSignOn, { body: { password } })).toMatchObject({ status: 409, body: { code: 'state-changed' } });
    expect(await trail()).toContain('single-sign-on.unlink');

    const third = await entered();
    const unlink = () => clinic.administrator.call(unlinkStaffSingleSignOn, { params: { membershipId } });
    expect((await unlink()).body).toMatchObject({ membershipId, singleSignOn: false });
    expect((await third.client.call(readSession)).status).toBe(401);
    expect((await unlink()).status).toBe(409);
    const own = { params: { membershipId: clinic.members.administrator.membershipId } };
    expect((await clinic.administrator.call(unlinkStaffSingleSignOn, own)).status).toBe(409);
    const stranger = await api.newClinic();
    expect((await stranger.administrator.call(unlinkStaffSingleSignOn, { params: { membershipId } })).status).toBe(404);
  });

  test('is made once, when two tabs come back at the same moment', async () => {
    const [one, two] = await Promise.all([enter(), enter()]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect((await trail()).filter((action) => action === 'single-sign-on.link')).toHaveLength(1);
  });

  test('follows the person into another role', async () => {
    await entered();
    await clinic.administrator.ok(changeStaffRole, {
      params: { membershipId },
      body: { role: 'physician' },
      headers: { 'if-match': '"1"' },
    });
    expect(((await entered()).body.answer as Session).staff.role).toBe('physician');
  });
});

test('no log line holds a code, a token, a secret or an address of anybody', async () => {
  const begun = log.length;
  const { query, cookie, session } = await entered();
  await provider.spoil('signature');
  const refused = await enter();
  await finish('error=access_denied&error_description=secret-words', (await begin()).cookie);
  const lines = log.slice(begun).join('\n');
  expect(lines).toMatch(/an answer of the provider of identities was refused/);
  const secrets = [query, refused.query].flatMap((one) => ['code', 'state'].map((name) => new URLSearchParams(one).get(name)!));
  for (const secret of [...secrets, SECRET, cookie.split('=')[1]!, valueOf(session).split('=')[1]!, email, login, 'secret-words', 'eyJ'])
    expect(lines).not.toContain(secret);
});
