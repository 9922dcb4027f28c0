/** What everybody looks after by themselves: the password, the second factor, where they are signed in. */
import { ROLES } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { Id, InstantOut } from '../values.js';
import type { AuditAction } from './audit.js';
import { FactorCode } from './session.js';

/** Longest first: hashing is slow on purpose, and what is longer would only make it slower. */
export const PASSWORD_LENGTH = { least: 12, most: 128 } as const;
export const NewPassword = z
  .string()
  .min(PASSWORD_LENGTH.least, `has at least ${PASSWORD_LENGTH.least} characters`)
  .max(PASSWORD_LENGTH.most, `has at most ${PASSWORD_LENGTH.most} characters`);

export const Account = z
  .object({
    name: z.string(),
    email: z.string(),
    hasPassword: z.boolean(),
    secondFactor: z.object({
      enrolledAt: InstantOut.nullable(),
      recoveryCodesLeft: z.int(),
      /** The clinic asks everybody of this role for one. */
      required: z.boolean(),
    }),
    /** `name` where the organisation's sign-in is set up, `linkedAt` where this account is entered with it. */
    singleSignOn: z.object({ name: z.string().nullable(), linkedAt: InstantOut.nullable() }),
  })
  .meta({ id: 'Account' });

/** One browser that is signed in. */
export const AccountSession = z
  .object({
    id: Id,
    device: z.string().nullable(),
    address: z.string().nullable(),
    method: z.enum(['password', 'single-sign-on']),
    signedInAt: InstantOut,
    lastSeenAt: InstantOut,
    current: z.boolean(),
  })
  .meta({ id: 'AccountSession' });

/** What happens to an account that its owner should hear of. The act of the audit trail that says so. */
export const ACCOUNT_CHANGES = [
  'password.change',
  'second-factor.enrol',
  'second-factor.remove',
  'second-factor.renew-codes',
  'second-factor.recovery-code-used',
  'second-factor.code-used-again',
  'single-sign-on.link',
  'single-sign-on.unlink',
  'session.new-browser',
  'session.lock-out',
  'staff.change-role',
  'staff.deactivate',
  'staff.reactivate',
  'staff.reset-second-factor',
  'staff.unlink-single-sign-on',
  'api-key.create',
] as const satisfies readonly AuditAction[];

export const AccountChange = z
  .object({
    id: Id,
    at: InstantOut,
    what: z.enum(ACCOUNT_CHANGES),
    /** An administrator did it. */
    byOther: z.boolean(),
    /** Where the request came from, and from what browser, where the trail has it. */
    address: z.string().nullable(),
    device: z.string().nullable(),
    /** The role that was given. */
    role: z.enum(ROLES).nullable(),
    /** Of the key that was made. */
    keyName: z.string().nullable(),
    /** Happened before this browser was signed in, and since it told its owner last. */
    isNew: z.boolean(),
  })
  .meta({ id: 'AccountChange' });

/** Shown this once: only hashes of them are kept. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });

const tag = 'Account';
const access = { signedIn: 'only one’s own account' };
const enrolling = { public: 'asked of the browser: who has to enrol a second factor is not signed in yet' };

export const readAccount = route({ method: 'GET', path: '/account', tag, summary: 'My account', access, response: Account });
export const changePassword = route({
  method: 'POST',
  path: '/account/password',
  tag,
  summary: 'Change my password; every other browser is signed out',
  access,
  proof: { not: 'It asks for the password itself, however lately it was given.' },
  body: z.strictObject({ currentPassword: z.string().min(1).max(200), newPassword: NewPassword }).meta({ id: 'ChangePassword' }),
  response: z.object({ sessionsEnded: z.int() }),
  problems: ['too-many-requests', 'state-changed'],
});
export const listAccountSessions = route({
  method: 'GET',
  path: '/account/sessions',
  tag,
  summary: 'Where I am signed in',
  access,
  response: z.object({ items: z.array(AccountSession) }),
});
export const endAccountSession = route({
  method: 'DELETE',
  path: '/account/sessions/:sessionId',
  tag,
  summary: 'Sign one of my browsers out',
  access,
  proof: 'fresh',
  params: z.strictObject({ sessionId: Id }),
  response: z.object({ sessionsEnded: z.int() }),
  unversioned: 'once',
});
export const endOtherSessions = route({
  method: 'POST',
  path: '/account/sessions/end-others',
  tag,
  summary: 'Sign every other browser of mine out',
  access,
  proof: 'fresh',
  response: z.object({ sessionsEnded: z.int() }),
});
export const listAccountChanges = route({
  method: 'GET',
  path: '/account/changes',
  tag,
  summary: 'What changed on my account in the last 90 days, latest first; `isNew` is what this browser has not told me yet',
  access,
  response: z.object({ items: z.array(AccountChange) }),
});
export const noteAccountChanges = route({
  method: 'POST',
  path: '/account/changes/noted',
  tag,
  summary: 'I have read what was new, in this browser',
  access,
  proof: { not: 'It says that something was read, in one browser.' },
  response: z.object({ noted: z.literal(true) }),
});
export const proposeSecondFactor = route({
  method: 'POST',
  path: '/account/second-factor/proposal',
  tag,
  summary: 'A secret for the authenticator; it counts once a code of it was right',
  access: enrolling,
  proof: 'fresh',
  response: z.object({ secret: z.string(), uri: z.string() }),
  problems: ['not-signed-in', 'not-permitted'],
});
export const confirmSecondFactor = route({
  method: 'POST',
  path: '/account/second-factor',
  tag,
  summary: 'The first code of a proposed secret; the second factor counts from now on',
  access: enrolling,
  body: z.strictObject({ code: FactorCode }).meta({ id: 'ConfirmSecondFactor' }),
  response: RecoveryCodes,
  problems: ['not-signed-in', 'too-many-requests', 'state-changed', 'not-permitted'],
});
export const renewRecoveryCodes = route({
  method: 'POST',
  path: '/account/second-factor/recovery-codes',
  tag,
  summary: 'Ten new recovery codes; the old ones are worth nothing any more',
  access,
  proof: 'fresh',
  response: RecoveryCodes,
  problems: ['state-changed'],
});
export const removeSecondFactor = route({
  method: 'POST',
  path: '/account/second-factor/removal',
  tag,
  summary: 'Sign in without a second factor again, where the clinic does not ask for one',
  access,
  proof: 'fresh',
  response: z.object({ removed: z.literal(true) }),
  problems: ['state-changed'],
});

export const linkSingleSignOn = route({
  method: 'POST',
  path: '/account/single-sign-on/link',
  tag,
  summary:
    'Begin to link my account with an identity at the organisation’s provider, whatever address it has there: where the browser goes',
  access,
  proof: 'fresh',
  response: z.object({ location: z.url() }),
  problems: ['state-changed', 'unknown-identity', 'single-sign-on-away'],
  onlyWith: 'single-sign-on',
});
export const unlinkSingleSignOn = route({
  method: 'POST',
  path: '/account/single-sign-on/unlink',
  tag,
  summary: 'Part my account from the identity at the organisation’s provider; what it opened elsewhere is signed out',
  access,
  proof: 'fresh',
  response: z.object({ sessionsEnded: z.int() }),
  problems: ['state-changed'],
});

export type Account = z.output<typeof Account>;
export type AccountChange = z.output<typeof AccountChange>;
export type AccountSession = z.output<typeof AccountSession>;
