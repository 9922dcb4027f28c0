// Databases for tests: a template is migrated once for each state of the migrations and cloned for each test file. Tests connect
// like the application does, as a login that may only do what vastus_app may do.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { Database } from './database.js';
import { findMigrations, migrate, migrationsFingerprint } from './migrator.js';

export interface TestDatabase {
  /** Owner of the tables, a superuser. */
  ownerUrl: string;
  /** A member of vastus_app, as in production. */
  appUrl: string;
  /** Connected through `appUrl`. */
  database: Database;
  drop(): Promise<void>;
}

// Part of the template's name: count up when something outside of the migrations changes what the template holds.
const TEMPLATE_EDITION = 1;
const LOCK = 5_627_001;
const LOGIN = 'vastus_test_app';

export async function createTestDatabase({ max = 4 }: { max?: number } = {}): Promise<TestDatabase> {
  const adminUrl = process.env['TEST_DATABASE_URL'];
  if (!adminUrl) throw new Error('TEST_DATABASE_URL names no PostgreSQL: run the tests through `npm test`.');
  const migrationsDir = findMigrations();
  const template = `vastus_template_${TEMPLATE_EDITION}_${migrationsFingerprint(migrationsDir).slice(0, 16)}`;
  const name = `vastus_test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await ensureTemplate(admin, adminUrl, template, migrationsDir);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  } finally {
    await admin.end();
  }
  const ownerUrl = urlOf(adminUrl, { database: name });
  const appUrl = urlOf(adminUrl, { database: name, user: LOGIN, password: LOGIN });
  const database = new Database({ url: appUrl, max, applicationName: 'vastus-test' });
  const drop = async () => {
    await database.close();
    await dropDatabase(adminUrl, name);
  };
  return { ownerUrl, appUrl, database, drop };
}

async function ensureTemplate(admin: pg.Client, adminUrl: string, template: string, migrationsDir: string): Promise<void> {
  const exists = async () => (await admin.query('SELECT FROM pg_database WHERE datname = $1', [template])).rowCount === 1;
  if (await exists()) return;
  await admin.query('SELECT pg_advisory_lock($1)', [LOCK]);
  try {
    if (await exists()) return;
    // Under its final name only when it is whole: an interrupted run leaves a draft, which the next one replaces.
    const draft = `${template}_draft`;
    await admin.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${draft} TEMPLATE template0`);
    await migrate(urlOf(adminUrl, { database: draft }), { migrationsDir });
    const { rowCount } = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [LOGIN]);
    if (rowCount === 0) await admin.query(`CREATE ROLE ${LOGIN} LOGIN PASSWORD '${LOGIN}' IN ROLE vastus_app`);
    await admin.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  }
}

async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  } finally {
    await admin.end();
  }
}

function urlOf(adminUrl: string, { database, user, password }: { database: string; user?: string; password?: string }): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (user !== undefined) url.username = user;
  if (password !== undefined) url.password = password;
  return url.toString();
}
