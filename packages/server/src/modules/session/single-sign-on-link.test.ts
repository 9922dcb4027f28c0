// An identity of the organisation is linked from the page of one's own account, whatever address it has there.
import {
  linkSingleSignOn,
  listAccountChanges,
  listAudit,
  proveSession,
  readAccount,
  readSession,
  type Session,
  signIn,
  signOut,
  unlinkSingleSignOn,
} from '@vastus/contract';
import { Client } from '../../testing/index.js';
import { cookieOf, pairOf, SignOnScene } from '../../testing/single-sign-on.js';

let scene: SignOnScene;

beforeAll(async () => {
  scene = await SignOnScene.start();
});
afterAll(() => scene?.close());
beforeEach(() => scene.newPerson());

/** What was proven is too long ago. */
const stale = () =>
  scene.api.database.anywhere((q) =>
    q.query(`UPDATE auth.session SET proven_at = proven_at - interval '10 minutes' WHERE user_id = $1`, [scene.userId]),
  );

/** Somebody signed in with the password, and the way there and back by which they link what they are at the provider. */
async function withPassword() {
  const { headers } = await scene.at().call(signIn, { body: { email: scene.email, password: scene.password }, headers: scene.from });
  const session = pairOf(cookieOf(headers, 'vastus.session'));
  return { session, client: new Client(scene.api.app, session) };
}
async function link(session: string, { as = scene.login, back = session } = {}) {
  const asked = await scene.at().call(linkSingleSignOn, { headers: { ...scene.from, cookie: session } });
  if (asked.status !== 200) return { status: asked.status, code: asked.body.code, asked };
  const cookie = pairOf(cookieOf(asked.headers, 'vastus.single-sign-on'));
  const query = await scene.provider.visit(asked.body.location, as);
  const { status, body, headers } = await scene.finish(query, back ? `${cookie}; ${back}` : cookie);
  return { status, code: body.code, body, headers, asked };
}
const linked = async (client: Client) => (await client.ok(readAccount)).singleSignOn.linkedAt !== null;

test('whatever address it has at the provider; the session goes on, the owner is told, and it opens this account from then on', async () => {
  await scene.known({ claims: { email: 'private@elsewhere.example', email_verified: false } });
  expect(await scene.refusal()).toBe('401 unverified-email');
  const { session, client } = await withPassword();
  const done = await link(session);
  expect(done).toMatchObject({ status: 200, body: { to: '/account', answer: { staff: (await client.ok(readSession)).staff } } });
  expect(new URL(done.asked.body.location).searchParams.get('prompt')).toBe('login');
  expect(cookieOf(done.headers!, 'vastus.session')).toBeUndefined();
  expect(await linked(client)).toBe(true);
  expect((await scene.clinic.administrator.ok(listAudit)).items.map(({ action }) => action)).toContain('single-sign-on.link');
  expect((await client.ok(listAccountChanges)).items.map(({ what }) => what)).toContain('single-sign-on.link');
  expect(((await scene.entered()).body.answer as Session).staff.email).toBe(scene.email);
  expect(await link(session)).toMatchObject({ status: 409, code: 'state-changed' });
  await client.ok(unlinkSingleSignOn);
  expect(await linked(client)).toBe(false);
});

test('only by who has just proven who they are, in the session that began it', async () => {
  const { session, client } = await withPassword();
  await stale();
  expect(await link(session)).toMatchObject({ status: 403, code: 'proof-required' });
  await client.ok(proveSession, { body: { password: scene.password } });
  expect(await link(session, { back: '' })).toMatchObject({ status: 401, code: 'not-signed-in' });
  const colleague = scene.clinic.members.physician.cookie;
  expect(await link(session, { back: colleague })).toMatchObject({ status: 401, code: 'single-sign-on-failed' });
  await client.ok(signOut);
  expect(await link(session)).toMatchObject({ status: 401 });
  expect(await linked((await withPassword()).client)).toBe(false);
  expect((await scene.at().call(linkSingleSignOn)).status).toBe(401);
});

test('but none that opens another account, and none where a clinic does not trust the provider', async () => {
  await scene.entered();
  const [first, taken] = [scene.clinic, scene.login];
  await scene.newPerson();
  const { session, client } = await withPassword();
  expect(await link(session, { as: taken })).toMatchObject({ status: 409, code: 'identity-taken' });
  expect(await linked(client)).toBe(false);
  const app = await scene.beside({ singleSignOn: { ...scene.settings, clinicIds: [first.id] } });
  expect(await new Client(app, session).call(linkSingleSignOn)).toMatchObject({ status: 401, body: { code: 'unknown-identity' } });
  await app.close();
});
