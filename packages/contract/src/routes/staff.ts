/** Who works in the clinic: invitations, roles, the way out, and how people sign in here. */
import { ROLES } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { Id, InstantOut, text } from '../values.js';
import { SignInAnswer } from './session.js';

const Role = z.enum(ROLES);
/** Kept in lower case: addresses that differ in it only are one person. */
const Email = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/, 'is no e-mail address')
  .transform((email) => email.toLowerCase())
  .meta({ format: 'email', example: 'ada@clinic.example' });
/** Of an invitation's link; whoever has it may use it, once. */
const Token = z.string().min(20).max(100);

export const StaffMember = z
  .object({
    membershipId: Id,
    name: z.string(),
    email: z.string(),
    role: Role,
    active: z.boolean(),
    memberSince: InstantOut,
    lastSeenAt: InstantOut.nullable(),
    secondFactor: z.boolean(),
    /** Their account is linked with an identity of the organisation’s provider. */
    singleSignOn: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'StaffMember' });
export const Invitation = z
  .object({
    id: Id,
    email: z.string(),
    role: Role,
    state: z.enum(['open', 'expired']),
    createdAt: InstantOut,
    createdByName: z.string().nullable(),
    expiresAt: InstantOut,
  })
  .meta({ id: 'Invitation' });
/** How the clinic's people sign in. */
export const SignInPolicy = z
  .object({
    secondFactorRoles: z.array(Role),
    idleMinutes: z.int(),
    version: z.int(),
  })
  .meta({ id: 'SignInPolicy' });

const tag = 'Staff';
const access = { needs: 'staff.manage' } as const;
const member = z.strictObject({ membershipId: Id });

export const listStaff = route({
  method: 'GET',
  path: '/staff',
  tag,
  summary: 'Who works here and who is invited',
  access,
  response: z.object({ members: z.array(StaffMember), invitations: z.array(Invitation), policy: SignInPolicy }),
});
export const inviteStaff = route({
  method: 'POST',
  path: '/staff/invitations',
  tag,
  summary: 'Invite somebody; the link is answered this once. An older invitation of the same address is worth nothing any more',
  access,
  proof: 'fresh',
  status: 201,
  body: z.strictObject({ email: Email, role: Role }).meta({ id: 'InviteStaff' }),
  response: z.object({ invitation: Invitation, link: z.string() }),
  problems: ['already-exists'],
});
export const revokeInvitation = route({
  method: 'POST',
  path: '/staff/invitations/:invitationId/revoke',
  tag,
  summary: 'Take an invitation back',
  access,
  proof: { not: 'It only closes a door, and that must be quick.' },
  params: z.strictObject({ invitationId: Id }),
  response: z.object({ revoked: z.literal(true) }),
  problems: ['state-changed'],
  unversioned: 'once',
});
export const changeStaffRole = route({
  method: 'PUT',
  path: '/staff/:membershipId/role',
  tag,
  summary: 'Give somebody another role',
  access,
  proof: 'fresh',
  params: member,
  ifMatch: true,
  body: z.strictObject({ role: Role }).meta({ id: 'ChangeStaffRole' }),
  response: StaffMember,
  problems: ['last-administrator', 'own-access', 'state-changed'],
});
export const deactivateStaff = route({
  method: 'POST',
  path: '/staff/:membershipId/deactivate',
  tag,
  summary: 'End somebody’s access at once; what they recorded keeps their name',
  access,
  proof: 'fresh',
  params: member,
  response: StaffMember,
  problems: ['last-administrator', 'own-access', 'state-changed'],
  unversioned: 'once',
});
export const reactivateStaff = route({
  method: 'POST',
  path: '/staff/:membershipId/reactivate',
  tag,
  summary: 'Give somebody their access back',
  access,
  proof: 'fresh',
  params: member,
  response: StaffMember,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const resetStaffFactor = route({
  method: 'POST',
  path: '/staff/:membershipId/second-factor/reset',
  tag,
  summary: 'Forget somebody’s second factor, when the device is lost; they are signed out everywhere',
  access,
  proof: 'fresh',
  params: member,
  response: StaffMember,
  problems: ['own-access', 'state-changed'],
  unversioned: 'once',
});
export const unlinkStaffSingleSignOn = route({
  method: 'POST',
  path: '/staff/:membershipId/single-sign-on/unlink',
  tag,
  summary:
    'Part somebody’s account from the identity at the organisation’s provider, when that has changed; they are signed out everywhere',
  access,
  proof: 'fresh',
  params: member,
  response: StaffMember,
  problems: ['own-access', 'state-changed'],
  unversioned: 'once',
});
export const editSignInPolicy = route({
  method: 'PUT',
  path: '/staff/sign-in-policy',
  tag,
  summary: 'Which roles need a second factor, and when an idle session ends',
  access,
  proof: 'fresh',
  ifMatch: true,
  body: z
    .strictObject({
      secondFactorRoles: z
        .array(Role)
        .max(ROLES.length)
        .transform((roles) => [...new Set(roles)]),
      idleMinutes: z.int().min(5).max(720),
    })
    .meta({ id: 'EditSignInPolicy' }),
  response: SignInPolicy,
});
export const readInvitation = route({
  method: 'POST',
  path: '/invitation',
  tag,
  summary: 'What an invitation’s link is for. The token is in the body: addresses are written down in too many places',
  access: { public: 'whoever holds the link' },
  body: z.strictObject({ token: Token }).meta({ id: 'ReadInvitation' }),
  response: z.object({ clinicName: z.string(), email: z.string(), role: Role, hasAccount: z.boolean(), expiresAt: InstantOut }),
  problems: ['invitation-ended', 'too-many-requests'],
});
export const acceptInvitation = route({
  method: 'POST',
  path: '/invitation/accept',
  tag,
  summary: 'Join: name and password of a new account, or the password of the account that exists',
  access: { public: 'whoever holds the link' },
  body: z.strictObject({ token: Token, name: text(120).optional(), password: z.string().min(1).max(200) }).meta({ id: 'AcceptInvitation' }),
  response: SignInAnswer,
  problems: ['invitation-ended', 'too-many-requests'],
});

export type StaffMember = z.output<typeof StaffMember>;
export type Invitation = z.output<typeof Invitation>;
export type SignInPolicy = z.output<typeof SignInPolicy>;
