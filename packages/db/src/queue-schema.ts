// The schema of BullMQ's PostgreSQL backend. Its tables belong to the owner, like everything else; the application may use them.
// BullMQ makes one sequence a queue when the queue is first used, so here, and only here, the application may create something.
import type pg from 'pg';

export const QUEUE_SCHEMA = 'bullmq';

/**
 * Connection settings for BullMQ's PostgreSQL backend. Every login works as vastus_app, so that a sequence made by one of them
 * can be used by all. `migrate` stays unset: it asks for the right to create schemas even when there is nothing to do.
 */
export const queueConnection = (url: string, max: number) => ({
  connectionString: url,
  schema: QUEUE_SCHEMA,
  options: '-c role=vastus_app',
  max,
});

export async function prepareQueueSchema(client: pg.Client): Promise<void> {
  const { runMigrations } = await import('bullmq'); // large, and nobody else in this package needs it
  await runMigrations(client, QUEUE_SCHEMA);
  await client.query(`
    GRANT USAGE, CREATE ON SCHEMA ${QUEUE_SCHEMA} TO vastus_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO vastus_app;
    GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO vastus_app;
    REVOKE INSERT, UPDATE, DELETE ON ${QUEUE_SCHEMA}.migration FROM vastus_app`);
}
