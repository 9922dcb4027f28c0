import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, Id, InstantOut, page, pageQuery } from '../values.js';

export const AuditEntry = z
  .object({
    id: Id,
    at: InstantOut,
    actorName: z.string().nullable(),
    actorRole: z.string().nullable(),
    action: z.string(),
    subjectType: z.string(),
    subjectId: Id.nullable(),
    patient: z.object({ id: Id, recordNumber: z.string(), familyName: z.string(), givenName: z.string() }).nullable(),
    before: z.unknown(),
    after: z.unknown(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

export const listAudit = route({
  method: 'GET',
  path: '/audit',
  tag: 'Audit',
  summary: 'Who did what, when; reading of charts included',
  access: { needs: 'audit.read' },
  query: z.strictObject({
    patientId: Id.optional(),
    actorId: Id.optional(),
    action: z.string().max(60).optional(),
    from: ClinicDate.optional(),
    to: ClinicDate.optional(),
    ...pageQuery,
  }),
  response: page(AuditEntry),
});

export type AuditEntry = z.output<typeof AuditEntry>;
