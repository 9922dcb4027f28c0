// Lets Prisma take part in a transaction that is already open on a pg connection. Prisma's adapter asks a pool for a connection
// and opens a transaction on it; this pool hands out the connection of the running transaction and keeps BEGIN, COMMIT, ROLLBACK
// and release to itself, so that there is one transaction with one owner. Outside of one, Prisma gets no connection at all.
import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { withoutRowContent } from './errors.js';
import type { Prisma, PrismaClient } from './generated/prisma/client.js';

export type PrismaTransaction = Prisma.TransactionClient;

const OWNED_BY_THE_TRANSACTION = new Set(['BEGIN', 'COMMIT', 'ROLLBACK']);
const NOTHING = { rows: [], fields: [], rowCount: 0 };

type Query = { text: string; [option: string]: unknown };

class JoinedPool extends pg.Pool {
  constructor(private readonly running: AsyncLocalStorage<pg.PoolClient>) {
    super({ max: 1 });
  }

  override connect = (async () => {
    const client = this.running.getStore();
    if (!client) throw new Error('Prisma speaks inside Database.withPrisma only: outside there is no clinic.');
    const joined = {
      query: (query: Query) =>
        OWNED_BY_THE_TRANSACTION.has(query.text)
          ? Promise.resolve(NOTHING)
          : client.query(query as unknown as pg.QueryConfig).catch((error: unknown) => {
              throw withoutRowContent(error);
            }),
      release: () => {},
      on: () => joined,
      removeListener: () => joined,
    };
    return joined;
  }) as unknown as pg.Pool['connect'];

  override query = (() => {
    throw new Error('Prisma speaks inside Database.withPrisma only, through tx.prisma.');
  }) as unknown as pg.Pool['query'];
}

export class PrismaDoor {
  private readonly running = new AsyncLocalStorage<pg.PoolClient>();
  private client: Promise<PrismaClient> | undefined;

  constructor(private readonly timeoutMs: number) {}

  async join<T>(client: pg.PoolClient, work: (prisma: PrismaTransaction) => Promise<T>): Promise<T> {
    const prisma = await this.open();
    return this.running.run(client, () => prisma.$transaction(work, { maxWait: this.timeoutMs, timeout: this.timeoutMs * 2 }));
  }

  async close(): Promise<void> {
    if (this.client) await (await this.client).$disconnect();
  }

  // Loaded at the first use: most transactions, and most tests, never need the query compiler.
  private open(): Promise<PrismaClient> {
    this.client ??= import('./generated/prisma/client.js').then(
      ({ PrismaClient }) => new PrismaClient({ adapter: new PrismaPg(new JoinedPool(this.running), { disposeExternalPool: false }) }),
    );
    return this.client;
  }
}
