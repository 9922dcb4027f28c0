// Physical backups of the local PostgreSQL with its own means alone: the packaged server comes without pg_basebackup and pg_dump, so the
// files are copied between pg_backup_start and pg_backup_stop, as the manual describes it, with the WAL that makes them whole.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Plain } from './console.mjs';

const require = createRequire(import.meta.url);
const MANIFEST = 'manifest.json';
const WAL = 'pg_wal';
const SEGMENT = /^[0-9A-F]{24}$/;
/** What the server makes anew or what belongs to the running one; the directories stay, empty. */
const EMPTIED = [WAL, 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'];
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|pg_internal\.init.*|pgsql_tmp.*|current_logfiles(\.tmp)?|backup_(label|manifest)|(recovery|standby)\.signal)$/;

/**
 * Copies a running cluster into `target`, which appears under its name only when everything is in it.
 * @param {{ ownerUrl: (database: string) => string, dataDir: string }} server
 * @param {{ target: string, describe: (client: import('pg').Client) => Promise<object>, keep?: Record<string, string> }} options
 *   `describe` says what is in it, for the manifest; `keep` are further files, by their name in the backup.
 */
export async function takeBackup({ ownerUrl, dataDir }, { target, describe, keep = {} }) {
  if (fs.existsSync(target)) throw new Plain(`${target} exists already.`);
  const draft = `${target}.draft`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { recursive: true, mode: 0o700 });
  const client = new (require('pg').Client)({ connectionString: ownerUrl('postgres'), application_name: 'vastus-backup' });
  await client.connect();
  try {
    // Keeps the server from recycling WAL that is not copied yet; gone with this connection, whatever happens.
    await client.query(`SELECT pg_create_physical_replication_slot('vastus_backup_' || pg_backend_pid(), true, true)`);
    const { rows: started } = await client.query(
      `SELECT lsn::text, pg_walfile_name(lsn) AS file FROM pg_backup_start('vastus', fast => true) AS lsn`,
    );
    copyCluster(dataDir, draft);
    const description = await describe(client);
    const { rows: stopped } = await client.query(
      `SELECT lsn::text, pg_walfile_name(lsn) AS file, labelfile, clock_timestamp() AS at, current_setting('server_version') AS version
         FROM pg_backup_stop(wait_for_archive => false)`,
    );
    const { lsn, file, labelfile, at, version } = stopped[0];
    fs.writeFileSync(path.join(draft, 'cluster', 'backup_label'), labelfile, { mode: 0o600 });
    copySegments(path.join(dataDir, WAL), path.join(draft, 'cluster', WAL), started[0].file, file);
    for (const [name, source] of Object.entries(keep)) fs.copyFileSync(source, path.join(draft, name));
    const manifest = { madeAt: at.toISOString(), postgres: version, from: started[0].lsn, to: lsn, ...description, files: sums(draft) };
    fs.writeFileSync(path.join(draft, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
    flush(path.join(draft, MANIFEST));
    fs.renameSync(draft, target);
    return manifest;
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Reads the manifest and every byte: a backup that is not whole is refused before anything is touched. */
export function readBackup(source) {
  let manifest;
  try {
    manifest = JSON.parse(fs.readFileSync(path.join(source, MANIFEST), 'utf8'));
  } catch {
    throw new Plain(`${source} is no backup: it has no readable ${MANIFEST}.`);
  }
  for (const [file, sum] of Object.entries(manifest.files)) {
    const at = path.join(source, file);
    if (!fs.existsSync(at)) throw new Plain(`The backup ${source} is not whole: ${file} is missing.`);
    if (sumOf(at) !== sum) throw new Plain(`The backup ${source} is damaged: ${file} is not as it was written.`);
  }
  return manifest;
}

/** Lays the cluster of a backup into `data`, for the account that the server runs as. */
export function layBackup(source, { data, account }) {
  const draft = `${data}.draft`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.cpSync(path.join(source, 'cluster'), draft, { recursive: true });
  for (const name of EMPTIED) fs.mkdirSync(path.join(draft, name), { recursive: true, mode: 0o700 });
  own(draft, account);
  fs.renameSync(draft, data);
}

/** What PostgreSQL has to be told so that it replays the archive, to `until` (ISO, UTC) or to its end, and then lives on from there. */
export function recoverySettings({ data, account }, archive, until) {
  const signal = path.join(data, 'recovery.signal');
  fs.writeFileSync(signal, '', { mode: 0o600 });
  own(signal, account);
  return {
    restore_command: `cp ${quoted(archive)}/%f "%p"`,
    recovery_target_action: 'promote',
    // The setting is read before time zones are known by name: only an offset is understood.
    ...(until ? { recovery_target_time: until.replace('T', ' ').replace('Z', '+00') } : {}),
  };
}

/** What PostgreSQL has to be told so that each finished segment of WAL is kept in `archive`, whole or not at all. */
export function archiveSettings(archive, account) {
  fs.mkdirSync(archive, { recursive: true, mode: 0o700 });
  if (account) fs.chownSync(archive, account.uid, account.gid);
  const dir = quoted(archive);
  return {
    archive_mode: 'on',
    archive_command: `test ! -f ${dir}/%f && cp "%p" ${dir}/.%f.part && mv ${dir}/.%f.part ${dir}/%f`,
    archive_timeout: '60s',
  };
}

function quoted(dir) {
  if (/['%\n]/.test(dir))
    throw new Plain(`The folder ${dir} cannot be named to PostgreSQL: it contains a quote, a percent sign or a line break.`);
  return `'${dir}'`;
}

function copyCluster(dataDir, draft) {
  const cluster = path.join(draft, 'cluster');
  const emptied = new Set(EMPTIED.map((name) => path.join(dataDir, name)));
  if (fs.readdirSync(path.join(dataDir, 'pg_tblspc')).length > 0) throw new Plain('The cluster has tablespaces; this backup does not.');
  copyTree(dataDir, cluster, emptied);
}

// File by file: the server creates and removes files meanwhile, which the WAL makes good.
function copyTree(from, to, emptied) {
  fs.mkdirSync(to, { mode: 0o700 });
  if (emptied.has(from)) return;
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    if (LEFT_OUT.test(entry.name)) continue;
    try {
      if (entry.isDirectory()) copyTree(path.join(from, entry.name), path.join(to, entry.name), emptied);
      else if (entry.isFile()) fs.copyFileSync(path.join(from, entry.name), path.join(to, entry.name));
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
}

function copySegments(from, to, first, last) {
  const wanted = fs.readdirSync(from).filter((name) => SEGMENT.test(name) && name >= first && name <= last);
  if (!wanted.includes(first) || !wanted.includes(last)) throw new Error(`The WAL from ${first} to ${last} is not there any more.`);
  for (const name of [...wanted, ...fs.readdirSync(from).filter((file) => file.endsWith('.history'))])
    fs.copyFileSync(path.join(from, name), path.join(to, name));
}

const filesBelow = (folder, prefix = '') =>
  fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(path.join(folder, entry.name), `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    );

function sums(draft) {
  return Object.fromEntries(
    filesBelow(draft).map((file) => {
      flush(path.join(draft, file));
      return [file, sumOf(path.join(draft, file))];
    }),
  );
}

function sumOf(file) {
  const hash = createHash('sha256');
  const handle = fs.openSync(file, 'r');
  const buffer = Buffer.allocUnsafe(1 << 20);
  try {
    for (let read = fs.readSync(handle, buffer); read > 0; read = fs.readSync(handle, buffer)) hash.update(buffer.subarray(0, read));
  } finally {
    fs.closeSync(handle);
  }
  return hash.digest('hex');
}

function flush(file) {
  const handle = fs.openSync(file, 'r');
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}

function own(file, account) {
  if (fs.statSync(file).isDirectory()) {
    fs.chmodSync(file, 0o700);
    for (const entry of fs.readdirSync(file)) own(path.join(file, entry), account);
  } else fs.chmodSync(file, 0o600);
  if (account) fs.chownSync(file, account.uid, account.gid);
}
