import { z } from 'zod';

/** Every problem the API answers: its code, HTTP status, title and the level it is logged at. */
export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'The request could not be read', level: 'info' },
  'not-signed-in': { status: 401, title: 'Sign in first', level: 'info' },
  'access-ended': { status: 401, title: 'An administrator has ended your access', level: 'info' },
  'wrong-credentials': { status: 401, title: 'E-mail or password is wrong', level: 'info' },
  'single-sign-on-failed': { status: 401, title: 'The sign-in at your organisation was not completed', level: 'info' },
  'unknown-identity': { status: 401, title: 'Nobody works here with the identity of your organisation', level: 'info' },
  'unverified-email': { status: 401, title: 'Your organisation has not verified your e-mail address', level: 'info' },
  'cross-site-request': { status: 403, title: 'The request came from another site', level: 'warn' },
  'proof-required': { status: 403, title: 'Prove who you are once more', level: 'info' },
  'not-permitted': { status: 403, title: 'Your role does not permit this', level: 'info' },
  'not-found': { status: 404, title: 'There is no such record', level: 'info' },
  'invitation-ended': { status: 404, title: 'This invitation is not valid any more', level: 'info' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method', level: 'info' },
  'blocked-by-rule': { status: 409, title: 'A clinical rule stops this', level: 'info' },
  'identity-taken': { status: 409, title: 'This identity of your organisation opens another account already', level: 'info' },
  'already-exists': { status: 409, title: 'This exists already', level: 'info' },
  'state-changed': { status: 409, title: 'The record is no longer in that state', level: 'info' },
  'last-administrator': { status: 409, title: 'The clinic would be left without an administrator', level: 'info' },
  'own-access': { status: 409, title: 'Nobody changes their own role or access', level: 'info' },
  'stale-version': { status: 412, title: 'Somebody changed the record since it was read', level: 'info' },
  'body-too-large': { status: 413, title: 'The request is too large', level: 'info' },
  'unsupported-media-type': { status: 415, title: 'Send application/json', level: 'info' },
  'invalid-input': { status: 422, title: 'Some fields are not valid', level: 'info' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key was used for another request', level: 'info' },
  'single-sign-on-away': { status: 424, title: 'The sign-in of your organisation cannot be reached', level: 'warn' },
  'version-required': { status: 428, title: 'Say with If-Match which version you edit', level: 'info' },
  'too-many-requests': { status: 429, title: 'Too many requests; wait a moment', level: 'warn' },
  internal: { status: 500, title: 'Something went wrong on our side', level: 'error' },
  unavailable: { status: 503, title: 'The service is not available right now', level: 'error' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/**
 * What can be wrong with a field. The message of an issue is the English sentence for it; a screen in another language looks the code up.
 * `facts.limit` is the bound of `too-short`, `too-long`, `too-few`, `too-many`, `too-small`, `too-big`, and of a protocol's parameters.
 */
export const ISSUE_CODES = [
  // Form
  'required',
  'unknown-field',
  'invalid',
  'invalid-type',
  'invalid-format',
  'invalid-value',
  'invalid-key',
  'invalid-element',
  'invalid-union',
  'not-multiple-of',
  'too-short',
  'too-long',
  'too-few',
  'too-many',
  'too-small',
  'too-big',
  'bad-text',
  'bad-name',
  'bad-header',
  'bad-cursor',
  'too-deep',
  // Other records
  'unknown',
  'taken',
  'inactive',
  'other-product',
  'other-substance',
  'no-change',
  'contradiction',
  'not-asked',
  'not-allowed',
  // Time
  'no-date',
  'future',
  'past',
  'too-far-ahead',
  'too-long-ago',
  'expired',
  'before-birth',
  'before-start',
  'before-onset',
  'before-injection',
  'before-collection',
  'before-last-dose',
  'after-treatment',
  // Passwords and codes
  'guessable',
  'wrong-code',
  'wrong-password',
  // Laboratory
  'unknown-unit',
  'contradicts-loinc',
  // Boxes
  'check-digit',
  // Parameters of a protocol version
  'missing',
  'not-a-number',
  'not-an-integer',
  'below-minimum',
  'above-maximum',
  'not-a-choice',
  'not-after',
] as const;
export type IssueCode = (typeof ISSUE_CODES)[number];

/** One thing wrong with the input: a JSON pointer into the body (`/givenAt`), or `query:limit`, `path:patientId`, `header:If-Match`. */
export const ProblemIssue = z
  .object({ pointer: z.string(), code: z.enum(ISSUE_CODES), message: z.string(), facts: z.object({ limit: z.number() }).optional() })
  .meta({ id: 'ProblemIssue' });
export type ProblemIssue = z.output<typeof ProblemIssue>;

/** How somebody can prove who they are once more: the password, and the code where the account has a second factor, or the organisation's sign-in. */
export const WaysToProve = z
  .object({
    password: z.boolean(),
    code: z.boolean(),
    /** The name of the organisation's sign-in, where the account is linked with it. */
    singleSignOn: z.string().nullable(),
  })
  .meta({ id: 'WaysToProve' });
export type WaysToProve = z.output<typeof WaysToProve>;

/** RFC 9457 problem details. `type` is `/problems/<code>`; extensions: `code`, `requestId`, `issues`, `findings`, `permission`, `signInWith`, `proof`. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string().optional(),
    issues: z.array(ProblemIssue).optional(),
    findings: z.array(z.record(z.string(), z.unknown())).optional(),
    permission: z.string().optional(),
    signInWith: z.string().optional(),
    proof: WaysToProve.optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof Problem>;
