import { ALERT_OUTCOMES, PRIORITIES, ROLES } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { DateOut, Id, Instant, InstantOut, optionalText, page, pageQuery, Reason } from '../values.js';
import { ImHold, PatientName } from './shared.js';

export const ALERT_STATES = ['open', 'acknowledged', 'snoozed', 'resolved', 'dismissed', 'closed'] as const;

export const AlertRow = z
  .object({
    id: Id,
    patient: PatientName,
    milestoneId: Id,
    ruleId: z.string(),
    ownerRole: z.enum(ROLES),
    priority: z.enum(PRIORITIES),
    state: z.enum(ALERT_STATES),
    dueAt: InstantOut,
    dueOn: DateOut,
    overdueAt: InstantOut.nullable(),
    overdue: z.boolean(),
    raisedAt: InstantOut,
    escalatedAt: InstantOut.nullable(),
    snoozedUntil: InstantOut.nullable(),
    outcome: z.enum(ALERT_OUTCOMES).nullable(),
    reason: z.string().nullable(),
    actedByName: z.string().nullable(),
    actedAt: InstantOut.nullable(),
    /** Analytes or answers still missing. */
    missing: z.array(z.string()),
    dismissible: z.boolean(),
    subjectType: z.string(),
    subjectId: Id,
    /** What the rule saw when it made the milestone. */
    facts: z.record(z.string(), z.unknown()),
    version: z.int(),
  })
  .meta({ id: 'Alert' });

export const AlertTransition = z
  .object({
    at: InstantOut,
    fromState: z.string().nullable(),
    toState: z.enum(ALERT_STATES),
    action: z.string(),
    byName: z.string().nullable(),
    outcome: z.string().nullable(),
    reason: z.string().nullable(),
    snoozedUntil: InstantOut.nullable(),
  })
  .meta({ id: 'AlertTransition' });

/** Why the alert exists: rule, sources, conflict, protocol version and the facts it saw. */
export const AlertDetail = AlertRow.extend({
  why: z.object({
    ruleId: z.string(),
    title: z.string(),
    summary: z.string(),
    sources: z.array(z.object({ file: z.string(), title: z.string(), pointer: z.string(), reviewStatus: z.string() })),
    conflict: z.object({ topic: z.string(), positions: z.array(z.string()), decision: z.string() }).nullable(),
    parameters: z.record(z.string(), z.number()),
    protocolVersion: z.int(),
    facts: z.record(z.string(), z.unknown()),
  }),
  transitions: z.array(AlertTransition),
}).meta({ id: 'AlertDetail' });

/** One person of the queue with all of their alerts that were asked for, worst first. */
export const AlertPerson = z
  .object({
    patient: PatientName,
    phone: z.string().nullable(),
    imHold: ImHold.nullable(),
    alerts: z.array(AlertRow),
    /** Active alerts of this person that the question left out: another role's, snoozed, of another kind. */
    others: z.int(),
  })
  .meta({ id: 'AlertPerson' });

const AlertParams = z.strictObject({ alertId: Id });
const tag = 'Alerts';
const queueFilter = {
  ownerRole: z.enum(ROLES).optional(),
  priority: z.enum(PRIORITIES).optional(),
  ruleId: z.string().max(40).optional(),
  patientId: Id.optional(),
};
export const listAlerts = route({
  method: 'GET',
  path: '/alerts',
  tag,
  summary: 'The alert queue: worst first, then soonest due',
  access: { needs: 'alert.read' },
  query: z.strictObject({
    ...queueFilter,
    show: z.enum(['active', 'open', 'snoozed', 'ended']).default('active'),
    ...pageQuery,
  }),
  response: page(AlertRow),
});
export const readAlertQueue = route({
  method: 'GET',
  path: '/alert-queue',
  tag,
  summary:
    'The alert queue by person: who has the worst alert first. A page may hold fewer people than asked for and still have a next one',
  access: { needs: 'alert.read' },
  query: z.strictObject({ ...queueFilter, show: z.enum(['active', 'snoozed']).default('active'), ...pageQuery }),
  response: page(AlertPerson),
});
export const countAlerts = route({
  method: 'GET',
  path: '/alert-counts',
  tag,
  summary: 'Active alerts by rule and priority for one role',
  access: { needs: 'alert.read' },
  query: z.strictObject({ ownerRole: z.enum(ROLES).optional() }),
  response: z.object({
    total: z.int(),
    overdue: z.int(),
    byPriority: z.record(z.string(), z.int()),
    byRule: z.record(z.string(), z.int()),
    /** Since when something due in the clinic, of whatever role, waits for its alert; null where nothing waits for longer than five minutes. */
    lateSince: InstantOut.nullable(),
  }),
});
export const readAlert = route({
  method: 'GET',
  path: '/alerts/:alertId',
  tag,
  summary: 'One alert: why it exists and what was done',
  access: { needs: 'alert.read' },
  params: AlertParams,
  response: AlertDetail,
});
export const acknowledgeAlert = route({
  method: 'POST',
  path: '/alerts/:alertId/acknowledge',
  tag,
  summary: '“I have seen it and it is mine”',
  access: { needs: 'alert.act' },
  params: AlertParams,
  body: z.strictObject({}),
  response: AlertRow,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const acknowledgeAlerts = route({
  method: 'POST',
  path: '/alerts/acknowledge',
  tag,
  summary: 'Acknowledge several harmless alerts, each in a transaction of its own: the answer says which were taken on',
  access: { needs: 'alert.act' },
  body: z.strictObject({ alertIds: z.array(Id).min(1).max(100) }).meta({ id: 'AcknowledgeAlerts' }),
  response: z.object({
    results: z.array(
      z.object({
        alertId: Id,
        /** `acknowledged`, or the code of the problem that this one alone would have answered. */
        result: z.enum(['acknowledged', 'not-found', 'not-permitted', 'state-changed', 'blocked-by-rule']),
        detail: z.string().nullable(),
      }),
    ),
  }),
});
export const undoAlert = route({
  method: 'POST',
  path: '/alerts/:alertId/undo',
  tag,
  summary: 'Take back the last step, where that was to acknowledge or to snooze',
  access: { needs: 'alert.act' },
  params: AlertParams,
  body: z.strictObject({}),
  response: AlertRow,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const snoozeAlert = route({
  method: 'POST',
  path: '/alerts/:alertId/snooze',
  tag,
  summary: 'Bring it back later',
  access: { needs: 'alert.act' },
  params: AlertParams,
  body: z.strictObject({ until: Instant, reason: optionalText(500) }),
  response: AlertRow,
  problems: ['state-changed', 'stale-version', 'blocked-by-rule'],
  ifMatch: true,
});
export const resolveAlert = route({
  method: 'POST',
  path: '/alerts/:alertId/resolve',
  tag,
  summary: 'Done, with the outcome',
  access: { needs: 'alert.act' },
  params: AlertParams,
  body: z.strictObject({ outcome: z.enum(ALERT_OUTCOMES), reason: optionalText(2000) }),
  response: AlertRow,
  problems: ['state-changed'],
  unversioned: 'once',
});
export const dismissAlert = route({
  method: 'POST',
  path: '/alerts/:alertId/dismiss',
  tag,
  summary: 'Not needed, with the reason, where the rule allows it',
  access: { needs: 'alert.act' },
  params: AlertParams,
  body: z.strictObject({ reason: Reason }),
  response: AlertRow,
  problems: ['state-changed', 'blocked-by-rule'],
  unversioned: 'once',
});

export type AlertPerson = z.output<typeof AlertPerson>;
export type AlertRow = z.output<typeof AlertRow>;
export type AlertTransition = z.output<typeof AlertTransition>;
export type AlertDetail = z.output<typeof AlertDetail>;
