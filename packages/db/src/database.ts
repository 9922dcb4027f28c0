// The one way to the database: every question is asked inside a transaction that knows its clinic, so that row-level security
// answers for that clinic only. Speaks SQL through pg, and Prisma on the same connection where that is more convenient.
import pg from 'pg';
import { isLostRace, isUnanswered, withoutRowContent } from './errors.js';
import { PrismaDoor, type PrismaTransaction } from './prisma.js';
import { columnTypes } from './rows.js';
import { traced } from './traced.js';
import { connection, OpenTransaction, type Queryable, type Scope, type Tx } from './tx.js';

export interface DatabaseOptions {
  url: string;
  /** Connections at most. */
  max?: number;
  applicationName?: string;
  /** A statement that runs longer is cancelled; where not even that is answered, its connection is given up two seconds later. */
  statementTimeoutMs?: number;
  /** Nobody waits longer for a connection. */
  connectionTimeoutMs?: number;
  /** Hears of connections that broke while idle; the pool replaces them by itself. */
  onConnectionError?: (error: Error) => void;
}

const RETRIES = 3;
// The server cancels what takes too long. A server that stands still, or a network that swallows everything, cancels nothing.
const UNANSWERED_MS = 2_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export class Database {
  readonly pool: pg.Pool;
  private readonly prismaDoor: PrismaDoor;

  constructor({
    url,
    max = 10,
    applicationName = 'vastus',
    statementTimeoutMs = 15_000,
    connectionTimeoutMs = 5_000,
    onConnectionError,
  }: DatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: url,
      max,
      application_name: applicationName,
      types: columnTypes,
      options: '-c TimeZone=UTC',
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + UNANSWERED_MS,
      idle_in_transaction_session_timeout: statementTimeoutMs * 2,
      connectionTimeoutMillis: connectionTimeoutMs,
      keepAlive: true,
    });
    // Without a listener, a connection that breaks while nobody waits for an answer ends the process.
    const onError = onConnectionError ?? (() => {});
    this.pool.on('error', onError);
    this.pool.on('connect', (client) => client.on('error', onError));
    this.prismaDoor = new PrismaDoor(statementTimeoutMs);
  }

  /**
   * Runs `work` in one transaction of one clinic. After a deadlock or a serialization failure it runs again, up to three times:
   * `work` must not do anything outside the database that may not happen twice.
   */
  async transaction<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.withRetries(() => this.attempt(scope, (tx) => work(tx)));
  }

  /** Like `transaction`, but whatever `work` writes is rolled back: it sees what would happen, and nobody else ever does. */
  async rehearse<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.withRetries(() => this.attempt(scope, (tx) => work(tx), 'ROLLBACK'));
  }

  /** Like `transaction`; `tx.prisma` speaks on the same connection, in the same transaction. */
  async withPrisma<T>(scope: Scope, work: (tx: Tx & { prisma: PrismaTransaction }) => Promise<T>): Promise<T> {
    return this.withRetries(() =>
      this.attempt(scope, (tx, client) => this.prismaDoor.join(client, (prisma) => work(Object.assign(tx, { prisma })))),
    );
  }

  /** For the few questions that belong to no clinic: the SECURITY DEFINER functions and the tables of the sign-in. */
  async anywhere<T>(work: (q: Queryable) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const asked = connection(client);
    let broken: Error | undefined;
    try {
      return await work(asked);
    } catch (error) {
      if (isUnanswered(error)) broken = error;
      throw error;
    } finally {
      asked.end();
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.prismaDoor.close();
    await this.pool.end();
  }

  private async withRetries<T>(attempt: () => Promise<T>): Promise<T> {
    for (let retry = 0; ; retry++) {
      try {
        return await attempt();
      } catch (error) {
        if (retry === RETRIES || !isLostRace(error)) throw error;
        const pauseMs = 10 * 2 ** retry * (1 + Math.random());
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  }

  private async attempt<T>(
    scope: Scope,
    work: (tx: OpenTransaction, client: pg.PoolClient) => Promise<T>,
    ending: 'COMMIT' | 'ROLLBACK' = 'COMMIT',
  ): Promise<T> {
    return traced('transaction', 'BEGIN', () => this.inTransaction(begin(scope), scope, work, ending));
  }

  private async inTransaction<T>(
    opening: string,
    scope: Scope,
    work: (tx: OpenTransaction, client: pg.PoolClient) => Promise<T>,
    ending: 'COMMIT' | 'ROLLBACK',
  ): Promise<T> {
    const client = await this.pool.connect();
    const tx = new OpenTransaction(client, scope);
    let broken: Error | undefined;
    try {
      await client.query(opening);
      const result = await work(tx, client);
      tx.end();
      // A statement that failed and was caught leaves the transaction aborted; COMMIT then rolls back and says so.
      const { command } = await client.query(ending);
      if (command !== ending) throw new Error('A failed statement was caught and forgotten: nothing of this transaction was written.');
      return result;
    } catch (error) {
      tx.end();
      // Behind a question that was never answered, a ROLLBACK would not be answered either. The server rolls back what it loses.
      if (isUnanswered(error)) broken = error;
      else
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure;
        });
      throw withoutRowContent(error);
    } finally {
      client.release(broken);
    }
  }
}

// One round trip, so no parameters: both values are checked to be UUIDs.
function begin({ clinicId, actorId, readOnly }: Scope): string {
  const quoted = (id: string) => {
    if (!UUID.test(id)) throw new TypeError('A transaction needs the id of a clinic, and its actor the id of a membership.');
    return `'${id}'`;
  };
  return (
    `BEGIN${readOnly ? ' READ ONLY' : ''};` +
    `SELECT set_config('vastus.clinic_id', ${quoted(clinicId)}, true), set_config('vastus.actor_id', ${actorId ? quoted(actorId) : "''"}, true)`
  );
}
