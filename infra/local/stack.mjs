// The database of the local stack, ready for the application: cluster, migrations, roles, demo clinic.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { archiveSettings } from './base-backup.mjs';
import { Plain, say, step } from './console.mjs';
import { capture } from './install.mjs';
import { archive, database, logs, root, secret } from './layout.mjs';
import { placeOf, runningPostgres, startPostgres } from './postgres.mjs';

const require = createRequire(import.meta.url);
const PREFERRED_PORT = 54_318;
const NAME = 'vastus'; // of the database, and of the application's login
export const databaseName = NAME;

/** Starts PostgreSQL below the data directory and brings its database up to date. */
export async function openDatabase() {
  fs.mkdirSync(logs, { recursive: true });
  const settings = archive ? archiveSettings(archive, placeOf(database, say).account) : {};
  const server = await step('starting PostgreSQL', () =>
    startPostgres({ dataDir: database, port: PREFERRED_PORT, settings, logFile: path.join(logs, 'postgres.log'), say }),
  );
  try {
    await prepareDatabase(server);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Makes the database if it is not there, applies the migrations, lets the application in and creates the demo clinic once. */
export async function prepareDatabase({ ownerUrl, urlFor }, name = NAME) {
  await asOwner(ownerUrl('postgres'), (client) => createDatabase(client, name));
  await step('applying migrations', () => script('packages/db/dist/migrate.js', { MIGRATION_DATABASE_URL: ownerUrl(name) }));
  await asOwner(ownerUrl('postgres'), (client) => allowApplication(client, name));
  await step('looking after the demo clinic', () => script('packages/server/dist/tools/demo.js', applicationEnvironment({ urlFor }, name)));
}

/** The stack's server while it runs, or undefined. */
export const openedDatabase = () => runningPostgres(database);

/** What the application needs to know to run on this server. */
export function applicationEnvironment({ urlFor }, name = NAME) {
  return {
    DATABASE_URL: urlFor({ user: name, password: secret('database'), database: name }),
    AUTH_SECRET: process.env.AUTH_SECRET ?? secret('auth'),
    NODE_ENV: process.env.NODE_ENV ?? 'development',
    QUEUE_URL: process.env.VASTUS_QUEUE_URL, // a QUEUE_URL meant for another program must not be taken by accident
  };
}

async function script(file, env) {
  const { status, output } = await capture(process.execPath, [path.join(root, file)], { env: { ...env, CI: process.env.CI ?? '' } });
  if (status !== 0) throw new Plain(`${file} failed:\n${output.slice(-4000)}`);
}

export async function asOwner(connectionString, work) {
  const { Client } = require('pg');
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function createDatabase(client, name) {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${name}`);
}

// The migrations make the group vastus_app and give it its rights; this is the one login in it.
async function allowApplication(client, login) {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [login]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  const password = client.escapeLiteral(secret('database'));
  await client.query(`${verb} ROLE ${login} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD ${password}`);
  await client.query(`GRANT vastus_app TO ${login}`);
}
