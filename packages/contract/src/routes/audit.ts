import { ROLES } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, flag, Id, InstantOut, page, pageQuery } from '../values.js';

export const AuditEntry = z
  .object({
    id: Id,
    at: InstantOut,
    actorName: z.string().nullable(),
    actorRole: z.string().nullable(),
    action: z.string(),
    subjectType: z.string(),
    subjectId: Id.nullable(),
    /** As people call it: the number of a lot or version, the name of a person or product. `null` for what belongs to the patient. */
    subjectName: z.string().nullable(),
    patient: z.object({ id: Id, recordNumber: z.string(), familyName: z.string(), givenName: z.string() }).nullable(),
    before: z.unknown(),
    after: z.unknown(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

/** Every act there is a word for; the server writes no other. */
export const AUDIT_ACTIONS = [
  'patient.register',
  'patient.edit',
  'course.start',
  'course.work-up',
  'course.end-loading',
  'course.end',
  'course-proposal.accept',
  'course-proposal.decline',
  'injection.record',
  'injection.amend',
  'injection.void',
  'contact-attempt.record',
  'contact-attempt.void',
  'adverse-event.record',
  'adverse-event.amend',
  'adverse-event.examine',
  'adverse-event.void',
  'adverse-event.annotate',
  'route.decide',
  'site-restriction.record',
  'site-restriction.lift',
  'lab-result.record',
  'lab-result.amend',
  'lab-result.void',
  'symptom-score.record',
  'symptom-score.amend',
  'symptom-score.void',
  'rule-out.record',
  'rule-out.amend',
  'rule-out.void',
  'pain-plan.record',
  'pain-plan.amend',
  'pain-plan.void',
  'self-injection.apply',
  'self-injection.train',
  'self-injection.void-training',
  'self-injection.approve',
  'self-injection.end',
  'alert.acknowledge',
  'alert.snooze',
  'alert.undo',
  'alert.resolve',
  'alert.dismiss',
  'lot.receive',
  'lot.change',
  'recall.contact',
  'product.add-gtin',
  'protocol.draft',
  'protocol.edit-draft',
  'protocol.withdraw',
  'protocol.sign',
  'protocol.simulate',
  'protocol.apply',
  'rules.apply',
  'import.preview',
  'import.run',
  'import.patient',
  'audit.verify',
  'staff.invite',
  'staff.revoke-invitation',
  'staff.join',
  'staff.change-role',
  'staff.deactivate',
  'staff.reactivate',
  'staff.reset-second-factor',
  'staff.unlink-single-sign-on',
  'staff.edit-sign-in-policy',
  'session.sign-in',
  'session.sign-in-failed',
  'session.new-browser',
  'session.lock-out',
  'session.proof',
  'session.proof-failed',
  'session.sign-out',
  'session.end',
  'single-sign-on.link',
  'single-sign-on.unlink',
  'password.change',
  'second-factor.enrol',
  'second-factor.remove',
  'second-factor.renew-codes',
  'second-factor.recovery-code-used',
  'second-factor.code-used-again',
  'api-key.create',
  'api-key.revoke',
  'chart.read',
  'timeline.read',
  'patient.read',
  'patient.read-facts',
  'patient.explain',
  'course.read',
  'injection.read',
  'lab-result.read',
  'alert.read',
  'adverse-event.read',
  'self-injection.read',
  'adverse-event.export',
  'recall.export',
  'audit.export',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Acts that change no record: reading, taking a copy away, coming and going. The switch "only changes" leaves them out. */
export const READING_ACTIONS = [
  'patient.read',
  'patient.read-facts',
  'patient.explain',
  'chart.read',
  'timeline.read',
  'course.read',
  'injection.read',
  'lab-result.read',
  'alert.read',
  'self-injection.read',
  'adverse-event.read',
  'adverse-event.export',
  'recall.export',
  'audit.export',
  'session.sign-in',
  'session.sign-in-failed',
  'session.sign-out',
] as const satisfies readonly AuditAction[];

const auditFilter = {
  patientId: Id.optional(),
  actorId: Id.optional(),
  action: z.string().max(60).optional(),
  from: ClinicDate.optional(),
  to: ClinicDate.optional(),
  changes: flag.optional().meta({ description: 'Only acts that changed something' }),
};

export const listAudit = route({
  method: 'GET',
  path: '/audit',
  tag: 'Audit',
  summary: 'Who did what, when; reading of charts included',
  access: { needs: 'audit.read' },
  query: z.strictObject({ ...auditFilter, ...pageQuery }),
  response: page(AuditEntry),
});
export const exportAudit = route({
  method: 'GET',
  path: '/audit/export',
  tag: 'Audit',
  summary: 'All entries of the filter as CSV, field by field; the download is audited',
  access: { needs: 'audit.export' },
  query: z.strictObject(auditFilter),
  file: 'text/csv',
  response: z.string(),
});
export const listAuditActors = route({
  method: 'GET',
  path: '/audit/actors',
  tag: 'Audit',
  summary: 'Everybody who is or was on the staff, to narrow the trail by',
  access: { needs: 'audit.read' },
  response: z.object({ items: z.array(z.object({ membershipId: Id, name: z.string(), role: z.enum(ROLES), active: z.boolean() })) }),
});

/**
 * What is not as it was sealed. `edited`, `removed`, `backdated` name the entry and its seal; `inserted` is an entry that no seal and no
 * waiting list knows; `seal-edited` and `seal-removed` name the seal.
 */
export const AuditFault = z
  .object({
    kind: z.enum(['edited', 'removed', 'inserted', 'backdated', 'seal-edited', 'seal-removed']),
    entryId: Id.nullable(),
    seal: z.int().nullable(),
  })
  .meta({ id: 'AuditFault' });

export const AuditSealState = z
  .object({
    /** The last seal. Its digest stands for the whole trail before it: kept elsewhere, it proves that nothing was made anew. */
    head: z.object({ number: z.int(), sealedAt: InstantOut, digest: z.string() }).nullable(),
    entriesWaiting: z.int(),
    /** What the last reading of the whole trail found; it is read every day. */
    lastVerification: z
      .object({
        verifiedAt: InstantOut,
        seals: z.int(),
        entriesSealed: z.int(),
        entriesWaiting: z.int(),
        headDigest: z.string().nullable(),
        faults: z.int(),
        /** The first hundred. */
        findings: z.array(AuditFault),
      })
      .nullable(),
  })
  .meta({ id: 'AuditSealState' });

export const readAuditSeal = route({
  method: 'GET',
  path: '/audit-seal',
  tag: 'Audit',
  summary: 'Whether the trail is as it was sealed',
  access: { needs: 'audit.read' },
  response: AuditSealState,
});
export const verifyAudit = route({
  method: 'POST',
  path: '/audit-seal/verify',
  tag: 'Audit',
  summary: 'Read the whole trail now; the answer shows up in the state of the seal',
  access: { needs: 'audit.verify' },
  body: z.strictObject({}),
  response: z.object({ requestedAt: InstantOut }),
  status: 202,
  problems: ['unavailable'],
});

export type AuditFault = z.output<typeof AuditFault>;
export type AuditSealState = z.output<typeof AuditSealState>;
export type AuditEntry = z.output<typeof AuditEntry>;
