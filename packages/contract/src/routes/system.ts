import { z } from 'zod';
import { route } from '../route.js';
import { Id, InstantOut } from '../values.js';

/**
 * How a part of the installation is: `ok`; `attention`, somebody should look at it today; `problem`, it does not do its work;
 * `unknown`, it cannot be told.
 */
export const SYSTEM_STATES = ['ok', 'attention', 'problem', 'unknown'] as const;
const State = z.enum(SYSTEM_STATES);

/** What keeps a part from being `ok`; the dashboard has a sentence and a remedy for each. */
export const SYSTEM_FINDINGS = [
  'migrations-pending',
  'migrations-unknown',
  'queue-away',
  'jobs-late',
  'jobs-failing',
  'alerts-late',
  'no-backup',
  'backup-old',
  'archive-failing',
  'audit-faults',
  'audit-unread',
  'unusual-reading',
  'no-worker',
  'versions-differ',
] as const;
const part = <T extends z.ZodRawShape>(shape: T) => z.object({ state: State, findings: z.array(z.enum(SYSTEM_FINDINGS)), ...shape });

/** What an administrator sees of the installation: nothing about a patient, nothing of another clinic. */
export const SystemStatus = z
  .object({
    at: InstantOut,
    /** The worst of the parts. */
    state: State,
    versions: z.object({ product: z.string(), rulesRevision: z.int(), postgres: z.string(), node: z.string() }),
    parts: z.object({
      migrations: part({ applied: z.int(), newest: z.string().nullable(), pending: z.array(z.string()) }),
      queue: part({
        backend: z.enum(['postgresql', 'redis']),
        /** `delayed` are jobs that wait for their time, the schedulers' next runs among them. Null while the queue is away. */
        queues: z.array(z.object({ name: z.string(), waiting: z.int(), active: z.int(), delayed: z.int(), failed: z.int() })).nullable(),
      }),
      jobs: part({
        items: z.array(
          z.object({
            name: z.string(),
            state: State,
            /** Null for a job that runs when it is asked for. */
            everyMinutes: z.number().nullable(),
            lastRunAt: InstantOut.nullable(),
            lastOutcome: z.enum(['done', 'skipped', 'failed']).nullable(),
            lastMs: z.int().nullable(),
            lastFailedAt: InstantOut.nullable(),
            failuresInARow: z.int(),
          }),
        ),
      }),
      /** Milestones of the caller's clinic whose time has come and that have no alert yet. */
      alerts: part({ waiting: z.int(), oldestAt: InstantOut.nullable() }),
      backup: part({
        takenAt: InstantOut.nullable(),
        method: z.string().nullable(),
        /** Whether PostgreSQL archives its WAL, when it last did, and whether its last attempt failed. */
        archive: z.object({ on: z.boolean(), archivedAt: InstantOut.nullable(), failing: z.boolean() }),
      }),
      audit: part({
        sealedAt: InstantOut.nullable(),
        entriesWaiting: z.int(),
        verifiedAt: InstantOut.nullable(),
        faults: z.int(),
      }),
      /** Members of the caller's clinic who opened the charts of more than so many patients within an hour of the clock, in the last week. */
      reading: part({
        moreThan: z.int(),
        people: z.array(z.object({ membershipId: Id, name: z.string(), hour: InstantOut, charts: z.int() })),
      }),
      /** APIs and workers that were heard of within two minutes. */
      processes: part({
        items: z.array(z.object({ kind: z.enum(['api', 'worker']), version: z.string(), startedAt: InstantOut, seenAt: InstantOut })),
      }),
    }),
  })
  .meta({ id: 'SystemStatus' });

export const readSystem = route({
  method: 'GET',
  path: '/system',
  tag: 'System',
  summary: 'How the installation is: versions, queue, jobs, backup, audit seal',
  access: { needs: 'system.read' },
  response: SystemStatus,
});

export type SystemState = z.output<typeof State>;
export type SystemFinding = (typeof SYSTEM_FINDINGS)[number];
export type SystemStatus = z.output<typeof SystemStatus>;
