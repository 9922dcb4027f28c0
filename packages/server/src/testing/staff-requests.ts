/** Valid requests of staff, accounts and their second factors: part of `valid-requests.ts`, with what they need to be right. */
import type { Role } from '@vastus/clinical';
import {
  type acceptInvitation,
  type changePassword,
  type changeStaffRole,
  type confirmSecondFactor,
  createApiKey,
  type deactivateStaff,
  type editSignInPolicy,
  type endAccountSession,
  type endOtherSessions,
  type giveSecondFactor,
  inviteStaff,
  type listAccountChanges,
  type listAccountSessions,
  type listApiKeys,
  listStaff,
  type noteAccountChanges,
  type proposeSecondFactor,
  type proveSession,
  type RouteShape,
  type reactivateStaff,
  type readAccount,
  type readInvitation,
  type removeSecondFactor,
  type renewRecoveryCodes,
  type resetStaffFactor,
  type revokeApiKey,
  type revokeInvitation,
  type unlinkSingleSignOn,
  type unlinkStaffSingleSignOn,
} from '@vastus/contract';
import { newId } from '@vastus/db';
import { generate } from 'otplib';
import { addMember } from '../modules/clinics/clinics.js';
import { Clock } from '../platform/clock.js';
import { createAccountWithHash } from '../platform/sign-in/accounts.js';
import { cookieName } from '../platform/sign-in/cookies.js';
import { hashPassword } from '../platform/sign-in/password.js';
import { Sealer } from '../platform/sign-in/sealed.js';
import { openSession } from '../platform/sign-in/session-store.js';
import type { Request } from './clients.js';
import { PASSWORD, SCENE_NOW, type Scene } from './scene.js';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const NEW_PASSWORD = 'marmalade tractor violin 41';
const NEW_KEY = {
  name: 'Laboratory',
  role: 'nurse' as const,
  scopes: ['patient.read' as const, 'lab-result.record' as const],
  expiresInDays: 30,
};
let hash: Promise<string> | undefined;

type Valid<R extends RouteShape> = (scene: Scene, asker: Role) => Promise<Request<R>>;

/** Everybody of the database has the known password from now on. */
async function withPasswords({ api }: Scene): Promise<void> {
  hash ??= hashPassword(PASSWORD);
  const known = await hash;
  await api.database.anywhere((q) => q.query(`UPDATE auth."account" SET "password" = $1 WHERE "providerId" = 'credential'`, [known]));
}

/** Everybody of the database has the known secret, used or proposed; answers a code of this moment, that nobody has used. */
async function withFactors({ api }: Scene, state: 'confirmed' | 'proposed'): Promise<string> {
  const sealer = new Sealer(api.config, 'second-factor');
  const nowMs = api.app.get(Clock).machineMs();
  await api.database.anywhere(async (q) => {
    const people = await q.many<{ id: string }>('SELECT "id" FROM auth."user"');
    await q.query('DELETE FROM auth.second_factor');
    await q.query(
      `INSERT INTO auth.second_factor (user_id, ${state === 'confirmed' ? 'secret, confirmed_at' : 'proposed_secret, proposed_at'})
       SELECT unnest($1::text[]), unnest($2::text[]), $3`,
      [people.map(({ id }) => id), people.map(({ id }) => sealer.seal(SECRET, id)), new Date(nowMs).toISOString()],
    );
  });
  return generate({ secret: SECRET, epoch: Math.floor(nowMs / 1000) });
}

/** Everybody of the database is linked with an identity. */
async function linked({ api }: Scene): Promise<void> {
  await api.database.anywhere((q) =>
    q.query(
      `INSERT INTO auth."account" ("id", "accountId", "providerId", "userId", "updatedAt")
       SELECT gen_random_uuid(), "id", 'https://identity.example', "id", $1 FROM auth."user" ON CONFLICT DO NOTHING`,
      [SCENE_NOW],
    ),
  );
}

async function newMember(scene: Scene, { active = true } = {}): Promise<{ userId: string; membershipId: string }> {
  const id = newId();
  const account = { email: `member.${id}@example.org`, name: 'Mona Member', passwordHash: 'none' };
  const userId = await scene.api.database.anywhere((q) => createAccountWithHash(q, SCENE_NOW, account));
  const membershipId = await scene.clinic.transaction(async (tx) => {
    const made = await addMember(tx, { clinicId: scene.clinic.id, userId, role: 'nurse', now: SCENE_NOW });
    if (!active) await tx.query('UPDATE membership SET active = false WHERE clinic_id = $1 AND id = $2', [scene.clinic.id, made]);
    return made;
  });
  return { userId, membershipId };
}

async function newInvitation(scene: Scene): Promise<{ id: string; token: string }> {
  const body = { email: `invited.${newId()}@example.org`, role: 'nurse' as const };
  const { invitation, link } = await scene.clinic.administrator.ok(inviteStaff, { body });
  return { id: invitation.id, token: link.split('#')[1]! };
}

async function sessionOf({ api }: Scene, userId: string, stage: 'open' | 'second-factor'): Promise<{ id: string; token: string }> {
  const nowMs = api.app.get(Clock).machineMs();
  return api.database.anywhere((q) =>
    openSession(q, {
      userId,
      stage,
      method: 'password',
      address: '127.0.0.1',
      device: 'a test',
      nowMs,
      expiresMs: nowMs + 600_000,
      provenMs: nowMs,
    }),
  );
}

export const STAFF_REQUESTS: {
  giveSecondFactor: Valid<typeof giveSecondFactor>;
  proveSession: Valid<typeof proveSession>;
  listAccountChanges: Valid<typeof listAccountChanges>;
  noteAccountChanges: Valid<typeof noteAccountChanges>;
  readAccount: Valid<typeof readAccount>;
  changePassword: Valid<typeof changePassword>;
  listAccountSessions: Valid<typeof listAccountSessions>;
  endAccountSession: Valid<typeof endAccountSession>;
  endOtherSessions: Valid<typeof endOtherSessions>;
  proposeSecondFactor: Valid<typeof proposeSecondFactor>;
  confirmSecondFactor: Valid<typeof confirmSecondFactor>;
  renewRecoveryCodes: Valid<typeof renewRecoveryCodes>;
  removeSecondFactor: Valid<typeof removeSecondFactor>;
  listStaff: Valid<typeof listStaff>;
  inviteStaff: Valid<typeof inviteStaff>;
  revokeInvitation: Valid<typeof revokeInvitation>;
  changeStaffRole: Valid<typeof changeStaffRole>;
  deactivateStaff: Valid<typeof deactivateStaff>;
  reactivateStaff: Valid<typeof reactivateStaff>;
  resetStaffFactor: Valid<typeof resetStaffFactor>;
  unlinkSingleSignOn: Valid<typeof unlinkSingleSignOn>;
  unlinkStaffSingleSignOn: Valid<typeof unlinkStaffSingleSignOn>;
  editSignInPolicy: Valid<typeof editSignInPolicy>;
  readInvitation: Valid<typeof readInvitation>;
  acceptInvitation: Valid<typeof acceptInvitation>;
  listApiKeys: Valid<typeof listApiKeys>;
  createApiKey: Valid<typeof createApiKey>;
  revokeApiKey: Valid<typeof revokeApiKey>;
} = {
  giveSecondFactor: async (scene) => {
    const { userId } = await newMember(scene);
    const { token } = await sessionOf(scene, userId, 'second-factor');
    const code = await withFactors(scene, 'confirmed');
    return { body: { code }, headers: { cookie: `${cookieName(scene.api.config)}=${token}` } };
  },
  proveSession: async (scene) => {
    await withPasswords(scene);
    return { body: { password: PASSWORD, code: await withFactors(scene, 'confirmed') } };
  },
  readAccount: async () => ({}),
  listAccountChanges: async () => ({}),
  noteAccountChanges: async () => ({}),
  changePassword: async (scene) => {
    await withPasswords(scene);
    return { body: { currentPassword: PASSWORD, newPassword: NEW_PASSWORD } };
  },
  listAccountSessions: async () => ({}),
  endAccountSession: async (scene, asker) => ({
    params: { sessionId: (await sessionOf(scene, scene.clinic.members[asker].userId, 'open')).id },
  }),
  endOtherSessions: async () => ({}),
  proposeSecondFactor: async () => ({}),
  confirmSecondFactor: async (scene) => ({ body: { code: await withFactors(scene, 'proposed') } }),
  renewRecoveryCodes: async (scene) => {
    await withFactors(scene, 'confirmed');
    return {};
  },
  removeSecondFactor: async (scene) => {
    await withFactors(scene, 'confirmed');
    return {};
  },
  unlinkSingleSignOn: async (scene) => {
    await linked(scene);
    return {};
  },
  listStaff: async () => ({}),
  inviteStaff: async () => ({ body: { email: `invited.${newId()}@example.org`, role: 'physician' } }),
  revokeInvitation: async (scene) => ({ params: { invitationId: (await newInvitation(scene)).id } }),
  changeStaffRole: async (scene) => ({
    params: { membershipId: (await newMember(scene)).membershipId },
    body: { role: 'physician' },
    headers: { 'if-match': '"1"' },
  }),
  deactivateStaff: async (scene) => ({ params: { membershipId: (await newMember(scene)).membershipId } }),
  reactivateStaff: async (scene) => ({ params: { membershipId: (await newMember(scene, { active: false })).membershipId } }),
  resetStaffFactor: async (scene) => {
    const { membershipId } = await newMember(scene);
    await withFactors(scene, 'confirmed');
    return { params: { membershipId } };
  },
  unlinkStaffSingleSignOn: async (scene) => {
    const { membershipId } = await newMember(scene);
    await linked(scene);
    return { params: { membershipId } };
  },
  editSignInPolicy: async (scene) => ({
    body: { secondFactorRoles: ['physician'], idleMinutes: 60 },
    headers: { 'if-match': `"${(await scene.clinic.administrator.ok(listStaff)).policy.version}"` },
  }),
  readInvitation: async (scene) => ({ body: { token: (await newInvitation(scene)).token } }),
  acceptInvitation: async (scene) => ({
    body: { token: (await newInvitation(scene)).token, name: 'Nina Neu', password: NEW_PASSWORD },
  }),
  listApiKeys: async () => ({}),
  createApiKey: async () => ({ body: NEW_KEY }),
  revokeApiKey: async (scene) => ({ params: { keyId: (await scene.clinic.administrator.ok(createApiKey, { body: NEW_KEY })).key.id } }),
};
