import {
  acceptInvitation,
  changeStaffRole,
  deactivateStaff,
  editSignInPolicy,
  inviteStaff,
  listAudit,
  listInjections,
  listStaff,
  reactivateStaff,
  readInvitation,
  readSession,
  recordInjection,
  resetStaffFactor,
  revokeInvitation,
  type Session,
  signIn,
} from '@vastus/contract';
import { newId } from '@vastus/db';
import * as build from '../../testing/build.js';
import { Client, startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const PASSWORD = 'marmalade tractor violin 41';
let api: TestApi;
let clinic: TestClinic;
let email: string;

beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T08:00:00.000Z', config: { publicUrl: 'https://vastus.clinic.example' } });
});
afterAll(() => api?.close());
beforeEach(async () => {
  await api.clock.set('2026-11-20T08:00:00.000Z');
  clinic = await api.newClinic({ name: 'Nordlicht' });
  email = `nina.${newId()}@example.org`;
});

const invite = (role: 'nurse' | 'physician' | 'administrator' = 'nurse', address = email) =>
  clinic.administrator.ok(inviteStaff, { body: { email: address, role } });
const tokenOf = ({ link }: { link: string }) => link.split('#')[1]!;
const accept = (token: string, more: { name?: string; password?: string } = {}) =>
  api.anonymous.call(acceptInvitation, { body: { token, name: 'Nina Neu', password: PASSWORD, ...more } });
const cookieOf = (headers: Record<string, unknown>) => String([headers['set-cookie']].flat()[0]).split(';')[0]!;
const memberCalled = async (name: string) => (await clinic.administrator.ok(listStaff)).members.find((member) => member.name === name)!;
const actions = async () => (await clinic.administrator.ok(listAudit)).items.map(({ action, actorName }) => [action, actorName]);
const versioned = (version: number) => ({ headers: { 'if-match': `"${version}"` } });

describe('an invitation', () => {
  test('is a link that is shown once, kept as a hash, and lets one person in with the role it names', async () => {
    const made = await invite('nurse', email.toUpperCase());
    expect(made.link).toMatch(/^https:\/\/vastus\.clinic\.example\/join#[\w-]{43}$/);
    expect(made.invitation).toMatchObject({ email, role: 'nurse', state: 'open', expiresAt: expect.stringMatching(/^2026-11-27T08:0/) });
    const kept = await clinic.transaction((tx) => tx.many('SELECT * FROM invitation'));
    expect(JSON.stringify(kept)).not.toContain(tokenOf(made));
    expect(await api.anonymous.ok(readInvitation, { body: { token: tokenOf(made) } })).toMatchObject({
      clinicName: 'Nordlicht',
      email,
      role: 'nurse',
      hasAccount: false,
    });
    const { status, body, headers } = await accept(tokenOf(made));
    expect(status).toBe(200);
    expect(body).toMatchObject({ staff: { name: 'Nina Neu', email, role: 'nurse' }, clinic: { id: clinic.id } });
    expect((await new Client(api.app, cookieOf(headers)).ok(readSession)).staff.name).toBe('Nina Neu');
    expect((await clinic.administrator.ok(listStaff)).invitations).toEqual([]);
    expect(await actions()).toEqual([
      ['session.sign-in', 'Nina Neu'],
      ['staff.join', 'Nina Neu'],
      ['staff.invite', clinic.members.administrator.name],
    ]);
  });

  test('works once, also when two hands use it at the same moment', async () => {
    const token = tokenOf(await invite());
    const answers = await Promise.all([accept(token), accept(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(await accept(token)).toMatchObject({ status: 404, body: { code: 'invitation-ended' } });
  });

  test('ends after seven days, when it is taken back, and when a newer one is made', async () => {
    const ended = async (token: string) =>
      expect(await api.anonymous.call(readInvitation, { body: { token } })).toMatchObject({
        status: 404,
        body: { code: 'invitation-ended' },
      });
    const first = await invite();
    const second = await invite('physician');
    await ended(tokenOf(first));
    await clinic.administrator.ok(revokeInvitation, { params: { invitationId: second.invitation.id } });
    await ended(tokenOf(second));
    expect(await clinic.administrator.call(revokeInvitation, { params: { invitationId: second.invitation.id } })).toMatchObject({
      status: 409,
    });
    const third = tokenOf(await invite());
    await api.clock.advance({ days: 7, minutes: 1 });
    await ended(third);
    expect((await clinic.administrator.ok(listStaff)).invitations).toMatchObject([{ email, state: 'expired' }]);
    await ended('a-token-that-nobody-ever-made-up');
  });

  test('of somebody with an account asks for the password of that account, and for nothing else', async () => {
    await accept(tokenOf(await invite()));
    const elsewhere = await api.newClinic({ name: 'Südwind' });
    const made = await elsewhere.administrator.ok(inviteStaff, { body: { email, role: 'physician' } });
    expect((await api.anonymous.ok(readInvitation, { body: { token: tokenOf(made) } })).hasAccount).toBe(true);
    const wrong = await accept(tokenOf(made), { password: 'some other password' });
    expect([wrong.status, wrong.body.issues]).toEqual([422, [expect.objectContaining({ pointer: '/password', code: 'wrong-password' })]]);
    const { status, body } = await accept(tokenOf(made), { name: undefined });
    expect(status).toBe(200);
    const session = body as Session;
    expect([session.clinic.name, ...session.otherClinics.map(({ name }) => name)].sort()).toEqual(['Nordlicht', 'Südwind']);
  });

  test.each([
    [{ password: 'tooshort' }, '/password', 'too-short'],
    [{ password: 'password1234' }, '/password', 'guessable'],
    [{ password: 'Nordlicht2026!' }, '/password', 'guessable'],
    [{ password: 'qwertyuiop12' }, '/password', 'guessable'],
    [{ password: 'vastus-demo-2026' }, '/password', 'guessable'],
    [{ name: undefined }, '/name', 'required'],
  ])('with %j is refused by name, and may be tried again', async (what, pointer, code) => {
    const token = tokenOf(await invite());
    const { status, body } = await accept(token, what);
    expect([status, body.issues?.map((issue) => [issue.pointer, issue.code])]).toEqual([422, [[pointer, code]]]);
    expect((await accept(token)).status).toBe(200);
  });

  test('is not needed by who works here already', async () => {
    const { email: known } = clinic.members.nurse;
    expect(await clinic.administrator.call(inviteStaff, { body: { email: known, role: 'nurse' } })).toMatchObject({
      status: 409,
      body: { code: 'already-exists' },
    });
  });
});

test('who is deactivated is out at once, is told so, and stays the author of what they recorded', async () => {
  const { patient, course, lot } = await build.treated(clinic, '2026-11-10T08:00:00.000Z');
  const { headers } = await accept(tokenOf(await invite()));
  const nina = new Client(api.app, cookieOf(headers));
  await nina.ok(recordInjection, { params: { patientId: patient.id }, body: build.dose(course, lot, '2026-11-19T09:00:00.000Z') });
  const { membershipId } = await memberCalled('Nina Neu');
  expect(await clinic.administrator.ok(deactivateStaff, { params: { membershipId } })).toMatchObject({ active: false });
  expect(await nina.call(listInjections)).toMatchObject({ status: 401, body: { code: 'access-ended' } });
  expect(await api.anonymous.call(signIn, { body: { email, password: PASSWORD } })).toMatchObject({
    status: 401,
    body: { code: 'access-ended' },
  });
  const { items } = await clinic.nurse.ok(listInjections, { query: { patientId: patient.id } });
  expect(items.map(({ recordedByName }) => recordedByName)).toContain('Nina Neu');

  expect(await clinic.administrator.ok(reactivateStaff, { params: { membershipId } })).toMatchObject({ active: true });
  expect((await api.anonymous.call(signIn, { body: { email, password: PASSWORD } })).status).toBe(200);
  // The session from before stays over.
  expect((await nina.call(listInjections)).status).toBe(401);
});

test('a role changes from the next click on, for the version that was read', async () => {
  const nurse = await memberCalled(clinic.members.nurse.name);
  const params = { membershipId: nurse.membershipId };
  const body = { role: 'administrator' as const };
  expect((await clinic.nurse.call(listStaff)).status).toBe(403);
  expect(await clinic.administrator.ok(changeStaffRole, { params, body, ...versioned(nurse.version) })).toMatchObject({
    role: 'administrator',
    version: nurse.version + 1,
  });
  expect((await clinic.nurse.call(listStaff)).status).toBe(200);
  expect(await clinic.administrator.call(changeStaffRole, { params, body: { role: 'nurse' }, ...versioned(nurse.version) })).toMatchObject({
    status: 412,
  });
  expect((await clinic.administrator.call(changeStaffRole, { params, body })).status).toBe(428);
});

test('nobody decides about themselves, and the last administrator stays', async () => {
  const params = { membershipId: clinic.members.administrator.membershipId };
  const demote = (client: Client, version = 1) => client.call(changeStaffRole, { params, body: { role: 'nurse' }, ...versioned(version) });
  expect(await demote(clinic.administrator)).toMatchObject({ status: 409, body: { code: 'last-administrator' } });
  expect(await clinic.administrator.call(deactivateStaff, { params })).toMatchObject({ status: 409, body: { code: 'last-administrator' } });
  const { headers } = await accept(tokenOf(await invite('administrator')));
  expect(await demote(clinic.administrator)).toMatchObject({ status: 409, body: { code: 'own-access' } });
  const second = new Client(api.app, cookieOf(headers));
  expect((await demote(second)).status).toBe(200);
});

test('two administrators who dismiss each other at the same moment leave one', async () => {
  const { headers } = await accept(tokenOf(await invite('administrator')));
  const second = new Client(api.app, cookieOf(headers));
  const { membershipId } = await memberCalled('Nina Neu');
  const answers = await Promise.all([
    clinic.administrator.call(deactivateStaff, { params: { membershipId } }),
    second.call(deactivateStaff, { params: { membershipId: clinic.members.administrator.membershipId } }),
  ]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const left = await clinic.transaction((tx) => tx.many(`SELECT id FROM membership WHERE role = 'administrator' AND active`));
  expect(left).toHaveLength(1);
});

test('how people sign in here is changed by administrators, for the version that was read, and is in the trail', async () => {
  const { policy } = await clinic.administrator.ok(listStaff);
  expect(policy).toEqual({ secondFactorRoles: [], idleMinutes: 30, version: 1 });
  const body = { secondFactorRoles: ['physician', 'administrator', 'physician'] as const, idleMinutes: 15 };
  const edit = () => clinic.administrator.call(editSignInPolicy, { body: body as never, ...versioned(1) });
  expect((await edit()).body).toEqual({ secondFactorRoles: ['physician', 'administrator'], idleMinutes: 15, version: 2 });
  expect((await edit()).status).toBe(412);
  const [entry] = (await clinic.administrator.ok(listAudit)).items;
  expect(entry).toMatchObject({
    action: 'staff.edit-sign-in-policy',
    before: { secondFactorRoles: [], idleMinutes: 30 },
    after: { secondFactorRoles: ['physician', 'administrator'], idleMinutes: 15 },
  });
});

test('a second factor that is not there cannot be reset', async () => {
  const params = { membershipId: clinic.members.nurse.membershipId };
  expect(await clinic.administrator.call(resetStaffFactor, { params })).toMatchObject({ status: 409, body: { code: 'state-changed' } });
});
