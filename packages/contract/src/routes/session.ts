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

/** A password is compared as it was typed, spaces included. */
export const SignIn = z.strictObject({ email: text(200), password: z.string().min(1).max(200) }).meta({ id: 'SignIn' });

const tag = 'Session';

export const signIn = route({
  method: 'POST',
  path: '/session',
  tag,
  summary: 'Sign in with e-mail and password',
  access: { public: 'it is how a session begins' },
  body: SignIn,
  response: Session,
  problems: ['wrong-credentials', 'too-many-requests'],
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
  response: z.object({ signedOut: z.literal(true) }),
});
export const switchClinic = route({
  method: 'PUT',
  path: '/session/clinic',
  tag,
  summary: 'Work in another of my clinics',
  access: { signedIn: 'only own memberships can be chosen' },
  body: z.strictObject({ clinicId: Id }).meta({ id: 'SwitchClinic' }),
  response: Session,
});

export type Session = z.output<typeof Session>;
export type SignIn = z.output<typeof SignIn>;
