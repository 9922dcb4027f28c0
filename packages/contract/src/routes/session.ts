import { ROLES } from '@vastus/clinical';
import { z } from 'zod';
import { PERMISSIONS, type Permission } from '../permissions.js';
import { route } from '../route.js';
import { DateOut, Id, InstantOut, text } from '../values.js';

const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as [Permission, ...Permission[]];

/** Who is signed in, where, and what the role may do. `today` and `now` come from the server's clock, never from the browser's. */
export const Session = z
  .object({
    staff: z.object({ membershipId: Id, name: z.string(), email: z.string(), role: z.enum(ROLES) }),
    clinic: z.object({ id: Id, name: z.string(), timeZone: z.string(), isDemo: z.boolean() }),
    otherClinics: z.array(z.object({ id: Id, name: z.string(), role: z.enum(ROLES) })),
    permissions: z.array(z.enum(ALL_PERMISSIONS)),
    today: DateOut,
    now: InstantOut,
    /** The clock can be moved: never a system that treats patients. */
    testClock: z.boolean(),
  })
  .meta({ id: 'Session' });

/** The password was right and is not enough: a code of the second factor is asked for, or one has to be enrolled first. */
export const NextStep = z.object({ next: z.enum(['second-factor', 'enrolment']) }).meta({ id: 'NextStep' });
/** Signed in, or what is still missing. */
export const SignInAnswer = z.union([Session, NextStep]).meta({ id: 'SignInAnswer' });

/** Where somebody goes once they are signed in: a place of the dashboard, never an address of another site. */
const Place = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, 'is no place of the dashboard')
  .meta({ example: '/patients' });

/** A password is compared as it was typed, spaces included. */
export const SignIn = z.strictObject({ email: text(200), password: z.string().min(1).max(200) }).meta({ id: 'SignIn' });
/** Six digits of the authenticator, or one of the recovery codes; spaces and dashes are nothing. */
export const FactorCode = z
  .string()
  .max(60)
  .transform((code) => code.replace(/[\s-]/g, '').toLowerCase())
  // Recovery codes had 16 letters before they had 24; those that people have put away go on being worth something.
  .refine((code) => /^(?:\d{6}|[a-z2-7]{16}|[a-z2-7]{24})$/.test(code), 'is neither six digits nor a recovery code')
  .meta({ example: '492039' });

/** The name of the organisation's sign-in, where there is one: said with every “sign in first”, so that the page need not ask for it. */
const SignInWith = z.string().optional();

const tag = 'Session';

export const signIn = route({
  method: 'POST',
  path: '/session',
  tag,
  summary: 'Sign in with e-mail and password',
  access: { public: 'it is how a session begins' },
  body: SignIn,
  response: SignInAnswer,
  problems: ['wrong-credentials', 'too-many-requests', 'not-permitted'],
});
export const giveSecondFactor = route({
  method: 'POST',
  path: '/session/second-factor',
  tag,
  summary: 'The second step of signing in: a code of the authenticator, or a recovery code',
  access: { public: 'only for the browser whose password was right a moment ago' },
  body: z.strictObject({ code: FactorCode }).meta({ id: 'GiveSecondFactor' }),
  response: Session,
  problems: ['not-signed-in', 'too-many-requests', 'not-permitted'],
});
export const startSingleSignOn = route({
  method: 'POST',
  path: '/session/single-sign-on',
  tag,
  summary: 'Begin to sign in at the organisation’s provider: where the browser goes, and a cookie by which its answer is known',
  access: { public: 'it is how a session begins' },
  body: z
    .strictObject({
      to: Place.default('/'),
      /** The provider has to ask who sits there, and to say that it did: a proof that is fresh. */
      fresh: z.boolean().default(false),
    })
    .meta({ id: 'StartSingleSignOn' }),
  response: z.object({ location: z.url() }),
  problems: ['single-sign-on-away', 'not-permitted'],
  onlyWith: 'single-sign-on',
});
export const finishSingleSignOn = route({
  method: 'POST',
  path: '/session/single-sign-on/answer',
  tag,
  summary: 'The query with which the provider sent the browser back: signed in, or what is still missing',
  access: { public: 'only for the browser that began, which is known by its cookie' },
  body: z.strictObject({ query: z.string().min(1).max(8000) }).meta({ id: 'FinishSingleSignOn' }),
  response: z.object({ answer: SignInAnswer, to: z.string() }),
  problems: [
    'single-sign-on-failed',
    'single-sign-on-away',
    'unknown-identity',
    'unverified-email',
    'identity-taken',
    'not-signed-in',
    'wrong-credentials',
    'access-ended',
    'too-many-requests',
    'not-permitted',
  ],
  onlyWith: 'single-sign-on',
});
export const readSession = route({
  method: 'GET',
  path: '/session',
  tag,
  summary: 'Who am I, where, and what may I do',
  access: { signedIn: 'everybody may know who they are' },
  response: Session,
});
export const signOut = route({
  method: 'DELETE',
  path: '/session',
  tag,
  summary: 'Sign out',
  access: { public: 'ends whatever session there is; none is no error' },
  response: z.object({ signedOut: z.literal(true), signInWith: SignInWith }),
});
export const proveSession = route({
  method: 'POST',
  path: '/session/proof',
  tag,
  summary: 'Prove who I am once more, for what asks for a fresh proof: the password, and a code where I have a second factor',
  access: { signedIn: 'proves who has this session, and nobody else' },
  proof: { not: 'It is how one is given.' },
  body: z.strictObject({ password: z.string().min(1).max(200), code: FactorCode.optional() }).meta({ id: 'ProveSession' }),
  response: z.object({ provenUntil: InstantOut }),
  problems: ['too-many-requests', 'state-changed'],
});
export const switchClinic = route({
  method: 'PUT',
  path: '/session/clinic',
  tag,
  summary: 'Work in another of my clinics',
  access: { signedIn: 'only own memberships can be chosen' },
  proof: { not: 'It opens nothing that was closed.' },
  body: z.strictObject({ clinicId: Id }).meta({ id: 'SwitchClinic' }),
  response: Session,
  problems: ['not-found'],
  unversioned: 'repeats',
});

export type Session = z.output<typeof Session>;
export type NextStep = z.output<typeof NextStep>;
export type SignInAnswer = z.output<typeof SignInAnswer>;
export type SignIn = z.output<typeof SignIn>;
