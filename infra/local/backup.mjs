// npm run backup [-- DIR] · npm run restore -- DIR [--until INSTANT]: the database of the local stack, into a folder and back.
import fs from 'node:fs';
import path from 'node:path';
import { layBackup, readBackup, recoverySettings, takeBackup } from './base-backup.mjs';
import { build } from './build.mjs';
import { Plain, report, say, step } from './console.mjs';
import { install } from './install.mjs';
import { archive, database, inState, logs, state } from './layout.mjs';
import { takeLock } from './lock.mjs';
import { placeOf, startPostgres } from './postgres.mjs';
import { asOwner, databaseName, openDatabase, openedDatabase } from './stack.mjs';

/** What must come back with the data: without the first the owner cannot sign in, without the others nobody's session and second factor. */
const SECRETS = ['auth.secret', 'database.secret'];
/** Replaying a day of archived WAL takes its time. */
const PATIENCE_MS = 30 * 60_000;
const COUNTED = ['clinic', 'patient', 'course', 'injection', 'adverse_event', 'lab_result', 'milestone', 'alert', 'audit_entry'];

const usage = { backup: 'npm run backup [-- DIR]', restore: 'npm run restore -- DIR [--until INSTANT]' };

async function backup([given, ...more]) {
  if (more.length > 0 || given?.startsWith('-')) throw new Plain(`usage: ${usage.backup}`);
  const { server, close } = await reachDatabase();
  try {
    const name = new Date()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z')
      .replaceAll(':', '-');
    const target = given ? fromPerson(given) : inState(path.join('backups', name));
    const keep = Object.fromEntries([...SECRETS, 'postgres.password'].map((file) => [file, fileOfSecret(server, file)]));
    const manifest = await step(`copying the database to ${target}`, () =>
      takeBackup(server, { target, keep, describe: () => contents(server) }),
    );
    await noteBackup(server, manifest.madeAt);
    say(summary(manifest));
    say('The folder holds patient data and secrets: keep it where only you can read it, and keep a copy on another machine.');
  } finally {
    await close();
  }
}

async function restore(args) {
  const at = args.indexOf('--until');
  const until = at === -1 ? undefined : args.splice(at, 2)[1];
  const [given, ...more] = args;
  if (!given || more.length > 0 || given.startsWith('-')) throw new Plain(`usage: ${usage.restore}`);
  if (at !== -1 && !(Date.parse(until ?? '') > 0)) throw new Plain('--until takes an instant, such as 2026-11-20T14:30:00Z.');
  const source = fromPerson(given);
  const { taken, holder } = takeLock('npm run restore');
  if (!taken) throw new Plain(`"${holder.purpose}" (pid ${holder.pid}) uses the data in ${state}: end it first.`);
  const manifest = await step('reading the backup', async () => readBackup(source));
  if (until && Date.parse(until) < Date.parse(manifest.madeAt))
    throw new Plain(`The backup is of ${manifest.madeAt}: to go back to ${until}, restore an older one.`);
  if (until && !fs.existsSync(archive ?? ''))
    throw new Plain('To go to a point in time the archive of the WAL is needed: set VASTUS_WAL_ARCHIVE to its folder.');

  const kept = setAside();
  const place = placeOf(database, say);
  let server;
  try {
    layBackup(source, place);
    for (const file of SECRETS) fs.copyFileSync(path.join(source, file), inState(file));
    fs.copyFileSync(path.join(source, 'postgres.password'), `${place.data}.password`);
    const settings = until ? recoverySettings(place, archive, new Date(until).toISOString()) : {};
    server = await step(until ? `replaying the archive until ${until}` : 'starting PostgreSQL on it', () =>
      startPostgres({ dataDir: database, settings, logFile: path.join(logs, 'postgres.log'), say, patienceMs: PATIENCE_MS }),
    );
    say(summary({ ...manifest, ...(await contents(server)) }));
    say(`What was there before is kept in ${kept ?? 'nothing: there was no database'}. Start the product and look before you remove it.`);
  } catch (error) {
    await server?.stop();
    fs.rmSync(place.data, { recursive: true, force: true });
    putBack(kept, place.data);
    throw error;
  }
  await server.stop();
}

/** Counts and the head of each clinic's audit seals: what whoever restores compares. */
async function contents({ ownerUrl }) {
  const found = { rows: {}, seals: {} };
  await asOwner(ownerUrl(databaseName), async (client) => {
    for (const table of COUNTED) {
      const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${table}`);
      found.rows[table] = rows[0].count;
    }
    const { rows } = await client.query(
      'SELECT DISTINCT ON (clinic_id) clinic_id, number, digest FROM audit_seal ORDER BY clinic_id, number DESC',
    );
    for (const { clinic_id: clinic, number, digest } of rows) found.seals[clinic] = { number, digest };
  });
  return found;
}

/** Only once the folder is whole: the dashboard warns when the last backup is old. */
async function noteBackup({ ownerUrl }, takenAt) {
  await asOwner(ownerUrl(databaseName), (client) =>
    client.query('INSERT INTO backup_taken (taken_at, method) VALUES ($1, $2) ON CONFLICT DO NOTHING', [takenAt, 'npm run backup']),
  );
}

const summary = ({ madeAt, rows }) =>
  `Backup of ${madeAt}: ${['patient', 'injection', 'alert', 'audit_entry'].map((table) => `${rows[table]} ${table.replace('_', ' ')}`).join(', ')}.`;

async function reachDatabase() {
  if (takeLock('npm run backup').taken) {
    await install();
    await build();
    const server = await openDatabase();
    return { server, close: () => server.stop() };
  }
  const server = openedDatabase();
  if (!server) throw new Plain('another launcher is just getting the database ready: try again in a moment.');
  return { server, close: async () => {} };
}

const fileOfSecret = (server, file) => (file === 'postgres.password' ? `${server.dataDir}.password` : inState(file));
const fromPerson = (given) => path.resolve(process.env.INIT_CWD ?? process.cwd(), given);

function setAside() {
  const { data } = placeOf(database);
  if (!fs.existsSync(data)) return undefined;
  const kept = `${data}.before-${new Date().toISOString().replaceAll(':', '-')}`;
  fs.renameSync(data, kept);
  for (const file of SECRETS) if (fs.existsSync(inState(file))) fs.copyFileSync(inState(file), `${kept}.${file}`);
  if (fs.existsSync(`${data}.password`)) fs.copyFileSync(`${data}.password`, `${kept}.password`);
  return kept;
}

function putBack(kept, data) {
  if (!kept) return;
  fs.renameSync(kept, data);
  for (const file of SECRETS) if (fs.existsSync(`${kept}.${file}`)) fs.renameSync(`${kept}.${file}`, inState(file));
  if (fs.existsSync(`${kept}.password`)) fs.renameSync(`${kept}.password`, `${data}.password`);
}

const [command, ...args] = process.argv.slice(2);
try {
  await (command === 'restore' ? restore(args) : backup(args));
} catch (error) {
  report(error);
  process.exitCode = 1;
}
