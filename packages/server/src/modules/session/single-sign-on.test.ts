// Single sign-on against a real provider of identities: whom it lets in, and whom it does not.
import {
  changeStaffRole,
  confirmSecondFactor,
  deactivateStaff,
  editSignInPolicy,
  endOtherSessions,
  giveSecondFactor,
  listAccountSessions,
  listAudit,
  listStaff,
  proposeSecondFactor,
  proveSession,
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
import { Clock } from '../../platform/clock.js';
import { createAccount } from '../../platform/sign-in/accounts.js';
import { TestProvider } from '../../testing/identity-provider.js';
import { Client } from '../../testing/index.js';
import { BACK, CLIENTS, cookieOf, pairOf, SignOnScene, TWO_FACTORS } from '../../testing/single-sign-on.js';

let scene: SignOnScene;

beforeAll(async () => {
  scene = await SignOnScene.start();
});
afterAll(() => scene?.close());
beforeEach(() => scene.newPerson());
afterEach(() => jest.restoreAllMocks());

const trail = async () =>
  (await scene.clinic.administrator.ok(listAudit)).items
    .filter(({ action }) => /^(session|single)/.test(action))
    .map(({ action }) => action);

describe('who comes in', () => {
  test('somebody invited, with the address that the provider vouches for; from then on their subject counts, and no address', async () => {
    const first = await scene.entered({ to: '/patients?q=1' });
    expect(first.body.to).toBe('/patients?q=1');
    expect((first.body.answer as Session).staff).toMatchObject({ name: 'Nadia Nurse', email: scene.email, role: 'nurse' });
    expect(first.session).toMatch(/HttpOnly/);
    expect(await trail()).toEqual(['session.sign-in', 'single-sign-on.link']);
    const [entry] = (await scene.clinic.administrator.ok(listAudit)).items;
    expect(entry).toMatchObject({
      action: 'session.sign-in',
      after: { method: 'single-sign-on', twoFactors: false, address: scene.address },
    });
    expect((await first.client.ok(readAccount)).singleSignOn).toEqual({ name: 'Clinic Group', linkedAt: expect.any(String) });
    expect((await first.client.ok(listAccountSessions)).items).toMatchObject([{ method: 'single-sign-on', current: true }]);

    await scene.known({ claims: { email: 'married@example.org', email_verified: false } });
    expect(((await scene.entered()).body.answer as Session).staff.email).toBe(scene.email);
    expect(
      (await scene.clinic.administrator.ok(listStaff)).members.find((one) => one.membershipId === scene.membershipId)?.singleSignOn,
    ).toBe(true);
  });

  test('the provider is asked for a code with PKCE, state and nonce, and to ask again who sits there', async () => {
    const asked = Object.fromEntries((await scene.begin()).location.searchParams);
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
    const again = Object.fromEntries((await scene.begin()).location.searchParams);
    for (const name of ['state', 'nonce', 'code_challenge']) expect(again[name]).not.toBe(asked[name]);
  });

  test('where the provider keeps the address out of its token, it is asked for it', async () => {
    const sparse = await TestProvider.start(CLIENTS, { claims: false });
    await sparse.person({ login: scene.login, claims: { email: scene.email, email_verified: true } });
    const app = await scene.beside({ singleSignOn: { ...scene.settings, issuer: sparse.issuer } });
    const { location, cookie } = await scene.begin({ door: scene.at(app) });
    expect(location.searchParams.has('claims')).toBe(false);
    expect((await scene.finish(await sparse.visit(location.href, scene.login), cookie, scene.at(app))).status).toBe(200);
    await app.close();
    await sparse.close();
  });

  test('what one process began another finishes', async () => {
    const app = await scene.beside();
    const { location, cookie } = await scene.begin();
    expect((await scene.finish(await scene.provider.visit(location.href, scene.login), cookie, scene.at(app))).status).toBe(200);
    await app.close();
  });

  test('behind https the cookies are of this host alone', async () => {
    const app = await scene.beside({ publicUrl: 'https://clinic.example' });
    const { body, headers } = await scene.at(app).call(startSingleSignOn, { body: {} });
    const cookie = cookieOf(headers, '__Host-vastus.single-sign-on');
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=900; Secure$/);
    const done = await scene.finish(await scene.provider.visit(body.location, scene.login), pairOf(cookie), scene.at(app));
    expect(done.status).toBe(200);
    expect(cookieOf(done.headers, '__Host-vastus.session')).toMatch(/Secure/);
    expect(cookieOf(done.headers, '__Host-vastus.single-sign-on')).toMatch(/single-sign-on=;.*Max-Age=0/);
    await app.close();
  });

  test('signing out ends the session, and says how one comes in again', async () => {
    const { client } = await scene.entered();
    expect((await client.ok(signOut)).signInWith).toBe('Clinic Group');
    expect(await client.call(readSession)).toMatchObject({ status: 401, body: { code: 'not-signed-in', signInWith: 'Clinic Group' } });
  });

  test('a session of the provider is idle, and over, when one of a password is', async () => {
    const { client } = await scene.entered();
    const now = Date.now();
    const after = (minutes: number) => jest.spyOn(scene.api.app.get(Clock), 'machineMs').mockReturnValue(now + minutes * 60_000);
    after(29);
    expect((await client.call(readSession)).status).toBe(200);
    after(29 + 31);
    expect((await client.call(readSession)).status).toBe(401);
    jest.restoreAllMocks();
    const second = await scene.entered();
    await scene.api.database.anywhere((q) =>
      q.query('UPDATE auth.session SET last_seen_at = $1', [new Date(now + 721 * 60_000).toISOString()]),
    );
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
    await scene.known({ claims });
    expect(await scene.refusal()).toBe(expected);
    const { body } = await scene.at().call(signIn, { body: { email: scene.email, password: scene.password }, headers: scene.from });
    expect((body as Session).staff.email).toBe(scene.email);
    expect((await scene.clinic.administrator.ok(listStaff)).members.filter(({ singleSignOn }) => singleSignOn)).toEqual([]);
  });

  test('who is not invited is not made', async () => {
    const count = () => scene.api.database.anywhere((q) => q.one('SELECT count(*) FROM auth."user"'));
    const before = await count();
    await scene.provider.person({ login: 'stranger', claims: { email: 'stranger@example.org', email_verified: true } });
    expect(await scene.refusal({ as: 'stranger' })).toBe('401 unknown-identity');
    expect(await count()).toEqual(before);
  });

  test('an address whose letters only look alike once they are lower case', async () => {
    const address = `kate-${scene.login}@example.org`;
    const id = await scene.api.database.anywhere((q) =>
      createAccount(q, scene.api.clock.now(), { email: address, name: 'Kate', password: scene.password }),
    );
    await scene.clinic.employ(id, 'physician');
    const kelvin = address.replace('k', '\u212a');
    expect(kelvin.toLowerCase()).toBe(address);
    await scene.known({ claims: { email: kelvin } });
    expect(await scene.refusal()).toBe('401 unknown-identity');
    await scene.known({ claims: { email: address.toUpperCase() } });
    expect(((await scene.entered()).body.answer as Session).staff.email).toBe(address);
  });

  test('somebody else who was given the address later', async () => {
    await scene.entered();
    const successor = `${scene.login}-successor`;
    await scene.provider.person({ login: successor, claims: { email: scene.email, email_verified: true } });
    expect(await scene.refusal({ as: successor })).toBe('401 unknown-identity');
    const [entry] = (await scene.clinic.administrator.ok(listAudit)).items;
    expect(entry).toMatchObject({ action: 'session.sign-in-failed', after: { reason: 'other-identity', method: 'single-sign-on' } });
    // Their administrator knows better, and says so.
    await scene.clinic.administrator.ok(unlinkStaffSingleSignOn, { params: { membershipId: scene.membershipId } });
    await scene.entered({ as: successor });
    expect(await scene.refusal()).toBe('401 unknown-identity');
  });

  test('somebody whose access has ended, linked or not', async () => {
    const { client } = await scene.entered();
    await scene.clinic.administrator.ok(deactivateStaff, { params: { membershipId: scene.membershipId } });
    expect((await client.call(readSession)).body.code).toBe('access-ended');
    expect(await scene.refusal()).toBe('401 access-ended');
    await scene.api.database.anywhere((q) => q.query(`DELETE FROM auth."account" WHERE "providerId" <> 'credential'`));
    expect(await scene.refusal()).toBe('401 access-ended');
    expect(await scene.api.database.anywhere((q) => q.many(`SELECT FROM auth."account" WHERE "providerId" <> 'credential'`))).toEqual([]);
  });

  test('who works in a clinic that does not trust the provider: not even in the others', async () => {
    const only = { ...scene.settings, clinicIds: [scene.clinic.id] };
    const app = await scene.beside({ singleSignOn: only });
    const { client, session } = await scene.entered({ door: scene.at(app) });
    const elsewhere = await scene.api.newClinic();
    await elsewhere.employ(scene.userId, 'physician');
    expect((await new Client(app, pairOf(session)).call(readSession)).status).toBe(401);
    expect((await client.call(readSession)).status).toBe(200);
    expect(await scene.refusal({ door: scene.at(app) })).toBe('401 unknown-identity');
    await app.close();
  });

  test('anybody, once the provider is taken away: what it had opened is over, what a password opened is not', async () => {
    const { session } = await scene.entered();
    const app = await scene.beside({ singleSignOn: undefined });
    const without = new Client(app, pairOf(session));
    const { status, body } = await without.call(readSession);
    expect([status, body.code, body.signInWith]).toEqual([401, 'not-signed-in', undefined]);
    expect((await without.call(startSingleSignOn, { body: {} })).status).toBe(404);
    const { headers } = await scene.at(app).call(signIn, { body: { email: scene.email, password: scene.password }, headers: scene.from });
    expect((await new Client(app, pairOf(cookieOf(headers, 'vastus.session'))).call(readSession)).status).toBe(200);
    await app.close();
  });
});

describe('the second factor', () => {
  const require2fa = () =>
    scene.clinic.administrator.ok(editSignInPolicy, {
      body: { secondFactorRoles: ['nurse'], idleMinutes: 30 },
      headers: { 'if-match': '"1"' },
    });

  test('is the provider’s where it says that there were two, and ours else', async () => {
    await require2fa();
    const one = await scene.entered();
    expect(one.body.answer).toEqual({ next: 'enrolment' });
    expect((await one.client.call(readSession)).status).toBe(401);
    const { secret } = await one.client.ok(proposeSecondFactor);
    const enrolled = await one.client.call(confirmSecondFactor, { body: { code: await generate({ secret }) } });
    expect((await new Client(scene.api.app, pairOf(cookieOf(enrolled.headers, 'vastus.session'))).call(readSession)).status).toBe(200);

    await scene.known({ amr: ['pwd', 'otp'] });
    const two = await scene.entered({ to: '/alerts' });
    expect(two.body).toEqual({ answer: { next: 'second-factor' }, to: '/alerts' });
    jest.spyOn(scene.api.app.get(Clock), 'machineMs').mockReturnValue(Date.now() + 30_000);
    const code = await generate({ secret, epoch: Math.floor(Date.now() / 1000) + 30 });
    const given = await two.client.call(giveSecondFactor, { body: { code } });
    expect([given.status, (given.body as Session).staff.email]).toEqual([200, scene.email]);
    jest.restoreAllMocks();

    for (const said of [{ amr: ['pwd', 'mfa'] }, { acr: TWO_FACTORS }]) {
      await scene.known(said);
      expect(((await scene.entered()).body.answer as Session).staff.email).toBe(scene.email);
      const [entry] = (await scene.clinic.administrator.ok(listAudit)).items;
      expect(entry).toMatchObject({ action: 'session.sign-in', after: { method: 'single-sign-on', twoFactors: true } });
    }
    await scene.known({ acr: 'urn:example:one-factor' });
    expect((await scene.entered()).body.answer).toEqual({ next: 'second-factor' });
  });
});

/** What was proven is too long ago. */
const stale = () =>
  scene.api.database.anywhere((q) =>
    q.query(`UPDATE auth.session SET proven_at = proven_at - interval '10 minutes' WHERE user_id = $1`, [scene.userId]),
  );

describe('a fresh proof', () => {
  test('is signing in at the provider again, which takes the place of the session there was', async () => {
    const { client, session } = await scene.entered();
    expect((await client.call(endOtherSessions)).status).toBe(200);
    await stale();
    expect((await client.call(endOtherSessions)).body.code).toBe('proof-required');
    const again = await scene.entered({ signedIn: pairOf(session), fresh: true });
    expect((await again.client.call(endOtherSessions)).status).toBe(200);
    expect((await client.call(readSession)).status).toBe(401);
  });

  test('is asked of the provider even where it need not ask at each sign-in, and is none without the time it asked', async () => {
    const app = await scene.beside({ singleSignOn: { ...scene.settings, askAgain: false } });
    const door = scene.at(app);
    const { location, cookie } = await scene.begin({ door });
    expect(location.searchParams.get('max_age')).toBeNull();
    const query = await scene.provider.visit(location.href, scene.login);
    const done = await scene.finish(query, cookie, door);
    const client = new Client(scene.api.app, pairOf(cookieOf(done.headers, 'vastus.session')));
    expect((await client.call(endOtherSessions)).body).toMatchObject({ code: 'proof-required' });

    const again = await scene.begin({ door, fresh: true });
    expect([again.location.searchParams.get('prompt'), again.location.searchParams.get('max_age')]).toEqual(['login', '300']);
    const back = await scene.provider.visit(again.location.href, scene.login);
    const proven = await scene.finish(back, again.cookie, door);
    const fresh = new Client(scene.api.app, pairOf(cookieOf(proven.headers, 'vastus.session')));
    expect((await fresh.call(endOtherSessions)).status).toBe(200);

    // A provider that forgets to ask says so by the time it names.
    await scene.provider.spoil('long-ago');
    const old = await scene.begin({ door, fresh: true });
    const refused = await scene.finish(await scene.provider.visit(old.location.href, scene.login), old.cookie, door);
    expect([refused.status, refused.body.code]).toEqual([401, 'single-sign-on-failed']);
    await app.close();
  });
});

describe('the link', () => {
  test('is taken back by its owner, who proves who they are, and by an administrator; other browsers are signed out', async () => {
    const { client } = await scene.entered();
    const second = await scene.entered();
    await stale();
    expect(await client.call(unlinkSingleSignOn)).toMatchObject({
      status: 403,
      body: { code: 'proof-required', proof: { password: true, code: false, singleSignOn: 'Clinic Group' } },
    });
    await client.ok(proveSession, { body: { password: scene.password } });
    expect(await client.ok(unlinkSingleSignOn)).toEqual({ sessionsEnded: 1 });
    expect((await second.client.call(readSession)).status).toBe(401);
    expect((await client.ok(readAccount)).singleSignOn.linkedAt).toBeNull();
    expect(await client.call(unlinkSingleSignOn)).toMatchObject({
      status: 409,
      body: { code: 'state-changed' },
    });
    expect(await trail()).toContain('single-sign-on.unlink');

    const third = await scene.entered();
    const unlink = () => scene.clinic.administrator.call(unlinkStaffSingleSignOn, { params: { membershipId: scene.membershipId } });
    expect((await unlink()).body).toMatchObject({ membershipId: scene.membershipId, singleSignOn: false });
    expect((await third.client.call(readSession)).status).toBe(401);
    expect((await unlink()).status).toBe(409);
    const own = { params: { membershipId: scene.clinic.members.administrator.membershipId } };
    expect((await scene.clinic.administrator.call(unlinkStaffSingleSignOn, own)).status).toBe(409);
    const stranger = await scene.api.newClinic();
    expect((await stranger.administrator.call(unlinkStaffSingleSignOn, { params: { membershipId: scene.membershipId } })).status).toBe(404);
  });

  test('is made once, when two tabs come back at the same moment', async () => {
    const [one, two] = await Promise.all([scene.enter(), scene.enter()]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect((await trail()).filter((action) => action === 'single-sign-on.link')).toHaveLength(1);
  });

  test('follows the person into another role', async () => {
    await scene.entered();
    await scene.clinic.administrator.ok(changeStaffRole, {
      params: { membershipId: scene.membershipId },
      body: { role: 'physician' },
      headers: { 'if-match': '"1"' },
    });
    expect(((await scene.entered()).body.answer as Session).staff.role).toBe('physician');
  });
});
