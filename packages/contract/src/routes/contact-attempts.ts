import { CONTACT_OUTCOMES, DECLINE_REASONS } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, DateOut, Id, Instant, InstantOut, optionalText, Reason } from '../values.js';
import { Changes, PatientParams } from './shared.js';

/** One call about the next dose of a course, and what came of it. */
export const RecordContactAttempt = z
  .strictObject({
    courseId: Id,
    outcome: z.enum(CONTACT_OUTCOMES),
    on: ClinicDate.nullish()
      .transform((d) => d ?? null)
      .meta({ description: 'The day agreed on (will-come, call-again), or of death (died); absent with every other outcome.' }),
    declineReason: z
      .enum(DECLINE_REASONS)
      .nullish()
      .transform((v) => v ?? null),
    note: optionalText(1000),
    attemptedAt: Instant.optional().meta({ description: 'Now, unless given.' }),
  })
  .meta({ id: 'RecordContactAttempt' });

export const ContactAttempt = z
  .object({
    id: Id,
    courseId: Id,
    productName: z.string(),
    attemptedAt: InstantOut,
    /** The number as it was when it was dialled. */
    phone: z.string().nullable(),
    outcome: z.enum(CONTACT_OUTCOMES),
    on: DateOut.nullable(),
    declineReason: z.enum(DECLINE_REASONS).nullable(),
    note: z.string().nullable(),
    state: z.enum(['effective', 'voided']),
    voidedAt: InstantOut.nullable(),
    voidReason: z.string().nullable(),
    recordedAt: InstantOut,
    recordedByName: z.string(),
  })
  .meta({ id: 'ContactAttempt' });

const Recorded = z.object({ contactAttempt: ContactAttempt, changes: Changes });
const tag = 'Contact attempts';
const access = { needs: 'contact.record' } as const;

export const recordContactAttempt = route({
  method: 'POST',
  path: '/patients/:patientId/contact-attempts',
  tag,
  summary: 'Record a call about a dose, and what came of it',
  access,
  params: PatientParams,
  body: RecordContactAttempt,
  response: Recorded,
  status: 201,
  idempotent: true,
  problems: ['state-changed'],
  unversioned: 'adds',
});
export const voidContactAttempt = route({
  method: 'POST',
  path: '/contact-attempts/:contactAttemptId/void',
  tag,
  summary: 'Entered in error: void the call, with the reason',
  access,
  params: z.strictObject({ contactAttemptId: Id }),
  body: z.strictObject({ reason: Reason }),
  response: Recorded,
  problems: ['state-changed'],
  unversioned: 'once',
});

export type RecordContactAttempt = z.output<typeof RecordContactAttempt>;
export type ContactAttempt = z.output<typeof ContactAttempt>;
