// One URL decides where the queue lives: PostgreSQL (nothing else to run) or Redis.
import { queueConnection } from '@vastus/db';
import { type BackendFactory, createPostgresBackend, createRedisBackend, type IQueueBackend } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Logger } from '../log.js';
import { loggable } from '../problems/causes.js';

export interface QueueBackend {
  /** `work` waits for jobs and must come back by itself; `ask` must fail rather than wait for a queue that is away. */
  connection(use: 'work' | 'ask'): unknown;
  factory: BackendFactory<IQueueBackend, unknown>;
  close(): Promise<void>;
}

// Each worker keeps one connection to be woken; the rest is shared by everything else.
const POOL_SIZE = 6;

export function queueBackend(url: string, logger: Logger): QueueBackend {
  return /^redis/.test(url) ? redisBackend(url, logger) : postgresBackend(url, logger);
}

function redisBackend(url: string, logger: Logger): QueueBackend {
  let shared: Redis | undefined;
  const asking = () => {
    // One that is ours to end: the library leaves a client that never connected trying for ever.
    shared ??= new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 4_000, disconnectTimeout: 250 }).on('error', (error) =>
      logger.warn({ err: loggable(error) }, 'a connection of the queue broke'),
    );
    return shared;
  };
  return {
    connection: (use) => (use === 'work' ? { url, maxRetriesPerRequest: null } : asking()),
    factory: createRedisBackend as unknown as QueueBackend['factory'],
    close: async () => shared?.disconnect(),
  };
}

function postgresBackend(url: string, logger: Logger): QueueBackend {
  const { connectionString, schema, options } = queueConnection(url, POOL_SIZE);
  const pool = new pg.Pool({
    connectionString,
    options: `${options} -c search_path=${schema}`,
    max: POOL_SIZE,
    application_name: 'vastus-queue',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  const onBreak = (error: Error) => logger.warn({ err: loggable(error) }, 'a connection of the queue broke');
  pool.on('error', onBreak);
  pool.on('connect', (client) => client.on('error', onBreak));
  return { connection: () => pool, factory: createPostgresBackend as unknown as QueueBackend['factory'], close: () => pool.end() };
}
