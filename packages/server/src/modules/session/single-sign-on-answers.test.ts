// What an answer of the provider of identities must be to be believed, and what becomes of us while it gives none.
import { finishSingleSignOn, signIn, startSingleSignOn } from '@vastus/contract';
import { Clock } from '../../platform/clock.js';
import { type Spoil, TestProvider } from '../../testing/identity-provider.js';
import { CLIENT_SECRET, CLIENTS, cookieOf, pairOf, SignOnScene } from '../../testing/single-sign-on.js';

let scene: SignOnScene;

beforeAll(async () => {
  scene = await SignOnScene.start([]);
});
afterAll(() => scene?.close());
beforeEach(() => scene.newPerson());
afterEach(() => jest.restoreAllMocks());

describe('which answers are believed', () => {
  test('only one that this browser has asked for, once, within a quarter of an hour', async () => {
    const { location, cookie } = await scene.begin();
    const query = await scene.provider.visit(location.href, scene.login);
    const other = await scene.begin();
    const failed = { status: 401, body: { code: 'single-sign-on-failed' } };
    expect(await scene.finish(query, undefined)).toMatchObject(failed);
    expect(await scene.finish(query, other.cookie)).toMatchObject(failed);
    expect(await scene.finish(query, `${cookie.slice(0, -2)}xx`)).toMatchObject(failed);
    expect(await scene.finish(query.replace('state=', 'state=x'), cookie)).toMatchObject(failed);
    jest.spyOn(scene.api.app.get(Clock), 'machineMs').mockReturnValue(Date.now() + 901_000);
    expect(await scene.finish(query, cookie)).toMatchObject(failed);
    jest.restoreAllMocks();
    const done = await scene.finish(query, cookie);
    expect(done.status).toBe(200);
    expect(pairOf(cookieOf(done.headers, 'vastus.single-sign-on'))).toBe('vastus.single-sign-on=');
    // A cookie that was kept does not help: the code is used up.
    expect(await scene.finish(query, cookie)).toMatchObject(failed);
  });

  test.each<[string, (location: URL) => void]>([
    ['another nonce', ({ searchParams }) => searchParams.set('nonce', 'of-somebody-else')],
    ['no nonce', ({ searchParams }) => searchParams.delete('nonce')],
    ['another proof key', ({ searchParams }) => searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')],
    ['another client', ({ searchParams }) => searchParams.set('client_id', 'another')],
  ])('none that was asked for with %s', async (_, change) => {
    expect(await scene.refusal({ change })).toBe('401 single-sign-on-failed');
  });

  test.each<Spoil>(['signature', 'audience', 'issuer', 'expired', 'long-ago', 'no-nonce'])('none with a wrong token: %s', async (spoil) => {
    await scene.provider.spoil(spoil);
    expect(await scene.refusal()).toBe('401 single-sign-on-failed');
  });

  const silent = { email_verified: undefined };
  test.each([
    ['xms_edov', { ...silent, xms_edov: true }, 200],
    ['xms_edov', { ...silent, xms_edov: '1' }, 200],
    ['xms_edov', { ...silent, xms_edov: false }, 401],
    ['xms_edov', { ...silent, xms_edov: 'false' }, 401],
    ['xms_edov', silent, 401],
    ['xms_edov', { email_verified: true }, 401],
    ['issuer', silent, 200],
    ['issuer', { email_verified: true }, 200],
    ['issuer', { email_verified: false }, 401],
    ['email_verified', { ...silent, xms_edov: true }, 401],
  ] as const)('an address counts as theirs where %s vouches for it: %j is answered with %i', async (emailVerifiedBy, claims, expected) => {
    await scene.known({ claims });
    const app = await scene.beside({ singleSignOn: { ...scene.settings, emailVerifiedBy } });
    const { location, cookie } = await scene.begin({ door: scene.at(app) });
    const { status } = await scene.finish(await scene.provider.visit(location.href, scene.login), cookie, scene.at(app));
    expect(status).toBe(expected);
    // Once they are linked, nothing about the address is asked any more.
    if (expected === 200) {
      await scene.known({ claims: { email: 'another@example.org', email_verified: false, xms_edov: false } });
      const again = await scene.begin({ door: scene.at(app) });
      expect((await scene.finish(await scene.provider.visit(again.location.href, scene.login), again.cookie, scene.at(app))).status).toBe(
        200,
      );
    }
    await app.close();
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
      const { location, cookie } = await scene.begin();
      const { status, body } = await scene.finish(spoilt(await scene.provider.visit(location.href, scene.login)), cookie);
      expect([status, body.code]).toEqual([401, 'single-sign-on-failed']);
    }
  });

  test('who goes back at the provider is told that nothing came of it', async () => {
    const { location, cookie } = await scene.begin();
    const query = await scene.provider.visit(location.href, scene.login, { cancel: true });
    expect(query).toContain('error=access_denied');
    expect(await scene.finish(query, cookie)).toMatchObject({ status: 401, body: { code: 'single-sign-on-failed' } });
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
      expect([to, (await scene.at().call(startSingleSignOn, { body: { to } })).status]).toEqual([to, 422]);
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }] as Record<string, string>[])
      for (const route of [startSingleSignOn, finishSingleSignOn])
        expect((await scene.at().call(route as typeof startSingleSignOn, { body: {}, headers })).status).toBe(403);
  });

  test('not more than sixty failures in five minutes from one address', async () => {
    const { cookie } = await scene.begin();
    for (let i = 0; i < 60; i++) expect((await scene.finish('code=guess&state=guess', cookie)).status).toBe(401);
    expect(await scene.finish('code=guess&state=guess', cookie)).toMatchObject({
      status: 429,
      headers: { 'retry-after': expect.anything() },
    });
  });
});

describe('when the provider is away', () => {
  test('that is said, the password works, and its return is noticed', async () => {
    const temporary = await TestProvider.start(CLIENTS);
    const { issuer, port } = temporary;
    const app = await scene.beside({ singleSignOn: { ...scene.settings, issuer } });
    const door = scene.at(app);
    const away = { status: 424, body: { code: 'single-sign-on-away' } };
    await temporary.close();
    expect(await door.call(startSingleSignOn, { body: {} })).toMatchObject(away);
    expect((await door.call(signIn, { body: { email: scene.email, password: scene.password }, headers: scene.from })).status).toBe(200);

    const back = await TestProvider.start(CLIENTS, { port });
    await back.person({ login: scene.login, claims: { email: scene.email, email_verified: true } });
    const { location, cookie } = await scene.begin({ door });
    const query = await back.visit(location.href, scene.login);
    await back.close();
    // In the middle of it: nothing is decided, and the way can be begun anew.
    expect(await scene.finish(query, cookie, door)).toMatchObject(away);
    await app.close();
    // Three processes are started on the way.
  }, 60_000);

  test('one that calls itself otherwise than it is configured is not used', async () => {
    const issuer = scene.provider.issuer.replace('127.0.0.1', 'localhost');
    const app = await scene.beside({ singleSignOn: { ...scene.settings, issuer } });
    expect(await scene.at(app).call(startSingleSignOn, { body: {} })).toMatchObject({ status: 424 });
    await app.close();
  });
});

test('no log line holds a code, a token, a secret or an address of anybody', async () => {
  const begun = scene.log.length;
  const { query, cookie, session } = await scene.entered();
  await scene.provider.spoil('signature');
  const refused = await scene.enter();
  await scene.finish('error=access_denied&error_description=secret-words', (await scene.begin()).cookie);
  const lines = scene.log.slice(begun).join('\n');
  expect(lines).toMatch(/an answer of the provider of identities was refused/);
  const secrets = [query, refused.query].flatMap((one) => ['code', 'state'].map((name) => new URLSearchParams(one).get(name)!));
  for (const secret of [
    ...secrets,
    CLIENT_SECRET,
    cookie.split('=')[1]!,
    pairOf(session).split('=')[1]!,
    scene.email,
    scene.login,
    'secret-words',
    'eyJ',
  ])
    expect(lines).not.toContain(secret);
});
