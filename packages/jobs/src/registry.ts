// Every background job there is. A payload is ids and nothing else: the handler reads the rows again, so that losing the queue
// loses no work and a job that runs twice, or late, does no harm.
import { z } from 'zod';

export const QUEUES = ['schedule', 'imports', 'protocol'] as const;
export type QueueName = (typeof QUEUES)[number];

export interface Job {
  queue: QueueName;
  payload: z.ZodType<Record<string, string>>;
  /** How often it is tried before it counts as failed; between tries the wait doubles, from one second. */
  attempts: number;
  /** Woken by the clock, beginning when a worker starts. */
  schedule?: { everyMs: number };
}

const MINUTE_MS = 60_000;
const nothing = z.strictObject({});

export const JOBS = {
  // The next run sees the same rows: trying again sooner would only pile up behind a database in trouble.
  'raise-due-alerts': { queue: 'schedule', payload: nothing, attempts: 1, schedule: { everyMs: MINUTE_MS } },
  'escalate-overdue-alerts': { queue: 'schedule', payload: nothing, attempts: 1, schedule: { everyMs: 5 * MINUTE_MS } },
  'run-import': { queue: 'imports', payload: z.strictObject({ clinicId: z.uuid(), importRunId: z.uuid() }), attempts: 5 },
  // Imports that the queue did not take, or whose worker is gone.
  'resume-imports': { queue: 'schedule', payload: nothing, attempts: 1, schedule: { everyMs: MINUTE_MS } },
  // Works through whole panels, and therefore in a queue of its own: nothing urgent waits behind it.
  'apply-protocol-versions': { queue: 'protocol', payload: nothing, attempts: 1, schedule: { everyMs: MINUTE_MS } },
  'simulate-protocol': { queue: 'protocol', payload: z.strictObject({ clinicId: z.uuid(), simulationId: z.uuid() }), attempts: 5 },
  // A block of the audit trail a clinic, closed soon after it was written: what is not sealed yet can still be tampered with unseen.
  'seal-audit-trail': { queue: 'schedule', payload: nothing, attempts: 1, schedule: { everyMs: MINUTE_MS } },
  'verify-audit-trail': { queue: 'protocol', payload: z.strictObject({ clinicId: z.uuid(), membershipId: z.uuid() }), attempts: 3 },
  'verify-audit-trails': { queue: 'protocol', payload: nothing, attempts: 1, schedule: { everyMs: 24 * 60 * MINUTE_MS } },
  'forget-idempotency-keys': { queue: 'schedule', payload: nothing, attempts: 1, schedule: { everyMs: 60 * MINUTE_MS } },
  // After AUTH_SECRET was exchanged: workers are told of the new one last, when every API knows both.
  'seal-second-factors-anew': { queue: 'schedule', payload: nothing, attempts: 1, schedule: { everyMs: 60 * MINUTE_MS } },
  'resume-simulations': { queue: 'schedule', payload: nothing, attempts: 1, schedule: { everyMs: MINUTE_MS } },
} as const satisfies Record<string, Job>;

export type JobName = keyof typeof JOBS;
export type JobPayload<N extends JobName> = z.output<(typeof JOBS)[N]['payload']>;

/** What a handler answers: work done (with counts), or why there was none. */
export type JobOutcome = { outcome: 'done'; [count: string]: string | number } | { outcome: 'skipped'; reason: string };
