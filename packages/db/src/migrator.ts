// Applies prisma/migrations in order and keeps the books the way Prisma does (its table, its checksums, its lock), so that
// `prisma migrate` can carry on anywhere its engine is available, and nothing here needs that engine.
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { prepareQueueSchema } from './queue-schema.js';

export interface MigrateOptions {
  /** Folder with one folder a migration; found by `findMigrations` if not given. */
  migrationsDir?: string;
  log?: (line: string) => void;
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface Applied {
  migration_name: string;
  checksum: string;
  finished: boolean;
}

/** The database and the folder of migrations do not fit together; the message says what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

const PRISMA_LOCK = 72707369;
const LEDGER = `
  CREATE TABLE IF NOT EXISTS public._prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
    logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;
const READ_LEDGER = `
  SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
    FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`;

/** Brings the database up to the last migration, as the owner of its tables. Returns the names of what was applied. */
export async function migrate(url: string, { migrationsDir, log = () => {} }: MigrateOptions = {}): Promise<string[]> {
  const wanted = readMigrations(migrationsDir ?? findMigrations());
  const client = new pg.Client({ connectionString: url, application_name: 'vastus-migrate', connectionTimeoutMillis: 10_000 });
  client.on('error', () => {}); // a break is reported by the query it breaks
  await client.connect().catch((error: Error) => {
    throw new MigrationError(`The database cannot be reached: ${error.message}`, { cause: error });
  });
  try {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS locked', [PRISMA_LOCK]);
    if (!rows[0].locked) {
      log('another migration is running, waiting for it');
      await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    }
    await client.query(LEDGER);
    const pending = compare(wanted, (await client.query<Applied>(READ_LEDGER)).rows);
    for (const migration of pending) {
      log(`applying ${migration.name}`);
      await apply(client, migration);
    }
    await prepareQueueSchema(client);
    // A migration grants on all tables, and this one is among them.
    await client.query('REVOKE ALL ON public._prisma_migrations FROM PUBLIC, vastus_app');
    await client.query('GRANT SELECT ON public._prisma_migrations TO vastus_app');
    log(pending.length === 0 ? 'the database is up to date' : `${pending.length} applied, the database is up to date`);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end(); // releases the lock
  }
}

/** What the database has of the migrations, and what this program knows beyond it. A database that is ahead is no obstacle to running. */
export async function migrationState(
  client: Pick<pg.Pool, 'query'>,
  migrationsDir = findMigrations(),
): Promise<{ applied: string[]; pending: string[] }> {
  const wanted = readMigrations(migrationsDir).map(({ name }) => name);
  const { rows } = await client.query<{ ledger: string | null }>("SELECT to_regclass('public._prisma_migrations')::text AS ledger");
  if (!rows[0]?.ledger) return { applied: [], pending: wanted };
  const applied = (await client.query<Applied>(READ_LEDGER)).rows.filter((row) => row.finished).map((row) => row.migration_name);
  return { applied: applied.sort(), pending: wanted.filter((name) => !applied.includes(name)) };
}

/** The migrations this program knows and the database does not have yet. */
export async function pendingMigrations(client: Pick<pg.Pool, 'query'>, migrationsDir = findMigrations()): Promise<string[]> {
  return (await migrationState(client, migrationsDir)).pending;
}

/** `prisma/migrations` in the working directory, beside the running program, or in the nearest folder above one of them. */
export function findMigrations(starts = [process.cwd(), path.dirname(process.argv[1] ?? '')]): string {
  for (const start of starts) {
    for (let dir = path.resolve(start), parent = ''; dir !== parent; parent = dir, dir = path.dirname(dir)) {
      const candidate = path.join(dir, 'prisma', 'migrations');
      if (fs.existsSync(candidate)) return candidate;
    }
  }
  throw new MigrationError(`There is no prisma/migrations in ${starts.join(' or ')}, nor above.`);
}

/** Changes whenever a migration is added or edited. */
export function migrationsFingerprint(migrationsDir = findMigrations()): string {
  const all = readMigrations(migrationsDir).map(({ name, checksum }) => `${name} ${checksum}`);
  return createHash('sha256').update(all.join('\n')).digest('hex');
}

function readMigrations(dir: string): Migration[] {
  const names = fs
    .readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  if (names.length === 0) throw new MigrationError(`There are no migrations in ${dir}.`);
  return names.map((name) => {
    const file = path.join(dir, name, 'migration.sql');
    if (!fs.existsSync(file)) throw new MigrationError(`The migration ${name} has no migration.sql.`);
    const sql = fs.readFileSync(file, 'utf8').replaceAll('\r\n', '\n'); // a checkout on Windows is no other migration
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

function compare(wanted: Migration[], applied: Applied[]): Migration[] {
  const halfway = applied.find((row) => !row.finished);
  if (halfway) {
    throw new MigrationError(
      `The migration ${halfway.migration_name} was started and never finished. See what it left behind, then mark it with ` +
        '`prisma migrate resolve --applied` or `--rolled-back`, or set finished_at or rolled_back_at in _prisma_migrations.',
    );
  }
  const known = new Map(wanted.map((migration) => [migration.name, migration]));
  const ahead = applied.filter((row) => !known.has(row.migration_name)).map((row) => row.migration_name);
  if (ahead.length > 0) {
    throw new MigrationError(`The database is ahead of this version of the program: it has ${ahead.join(', ')}. Start the newer version.`);
  }
  for (const row of applied) {
    if (known.get(row.migration_name)?.checksum !== row.checksum) {
      throw new MigrationError(`The migration ${row.migration_name} was edited after it was applied. Restore it and write a new one.`);
    }
  }
  const names = applied.map((row) => row.migration_name);
  const pending = wanted.filter((migration) => !names.includes(migration.name));
  const last = names.toSorted().at(-1);
  const late = pending.find((migration) => last !== undefined && migration.name < last);
  if (late) throw new MigrationError(`The migration ${late.name} comes before ${last}, which is applied already. Give it a later name.`);
  return pending;
}

// The entry in the ledger and the migration itself become visible together, or not at all.
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(
      `INSERT INTO public._prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())`,
      [randomUUID(), checksum, name],
    );
    await client.query(sql);
    await client.query(
      `UPDATE public._prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1
        WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`,
      [name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw new MigrationError(`The migration ${name} failed and left nothing behind: ${explain(error, sql)}`, { cause: error });
  }
}

function explain(error: unknown, sql: string): string {
  if (!(error instanceof Error)) return String(error);
  const position = Number((error as { position?: string }).position);
  return position ? `${error.message} (line ${sql.slice(0, position).split('\n').length})` : error.message;
}
