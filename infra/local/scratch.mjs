// What a test run needs beside the code – a folder, a PostgreSQL, a Redis – and nothing of it stays behind.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Plain, say, step } from './console.mjs';
import { freePort, removePostgres, startPostgres } from './postgres.mjs';
import { end, identify, isSame } from './processes.mjs';

const PREFIX = 'vastus-test-';
const OWNER = 'owner.json';
const REDIS = 'redis.json';
// Nothing here has to survive a power cut.
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 300 };

/** Opens what the run needs (of `database`, `redis`); `env` tells the tests where it is. */
export async function openScratch(needs) {
  await removeAbandoned();
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), PREFIX)));
  fs.chmodSync(folder, 0o711);
  fs.writeFileSync(path.join(folder, OWNER), JSON.stringify(identify(process.pid)));
  const scratch = { folder, env: {}, notices: [], opened: [] };
  scratch.close = async () => {
    for (const close of scratch.opened.reverse()) await close();
    await removeFolder(folder);
  };
  try {
    if (needs.has('database')) await openPostgres(scratch);
    if (needs.has('redis')) await openRedis(scratch);
  } catch (error) {
    await scratch.close();
    throw error;
  }
  return scratch;
}

async function openPostgres(scratch) {
  if (process.env.TEST_DATABASE_URL) return;
  const server = await step('starting a PostgreSQL for the tests', () =>
    startPostgres({ dataDir: dataIn(scratch.folder), logFile: path.join(scratch.folder, 'postgres.log'), settings: SETTINGS, say }),
  );
  scratch.opened.push(() => server.stop());
  scratch.env.TEST_DATABASE_URL = server.ownerUrl('postgres');
}

const dataIn = (folder) => path.join(folder, 'postgres');

async function openRedis(scratch) {
  const url = process.env.TEST_REDIS_URL ?? process.env.REDIS_URL;
  if (url) {
    scratch.env.TEST_REDIS_URL = url;
    return;
  }
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    const notice = 'SKIPPED: the job queue on Redis, because there is no redis-server on the PATH and no REDIS_URL';
    scratch.notices.push(notice);
    console.log(`  ${notice}`);
    return;
  }
  scratch.env.TEST_REDIS_URL = await step('starting a Redis for the tests', () => startRedis(scratch));
}

async function startRedis(scratch) {
  const port = await freePort(0);
  const flags = {
    port,
    bind: '127.0.0.1',
    save: '',
    appendonly: 'no',
    dir: scratch.folder,
    logfile: path.join(scratch.folder, 'redis.log'),
  };
  const child = spawn(
    'redis-server',
    Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]),
    {
      stdio: 'ignore',
      detached: true,
    },
  );
  fs.writeFileSync(path.join(scratch.folder, REDIS), JSON.stringify(identify(child.pid)));
  for (const limit = performance.now() + 10_000; performance.now() < limit; await sleep(50)) {
    if (await answers(port)) return `redis://127.0.0.1:${port}`;
  }
  throw new Plain('redis-server does not start.');
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('data', () => resolve(true));
    socket.once('close', () => resolve(false));
    socket.once('error', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });
}

// A run that was killed could not clean up; the next one does it.
async function removeAbandoned() {
  for (const name of fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(os.tmpdir(), name);
    try {
      if (process.getuid && fs.statSync(folder).uid !== process.getuid()) continue;
      const owner = recorded(folder, OWNER);
      if (owner && !isSame(owner)) await removeFolder(folder);
    } catch {
      // just being made, or just being removed, by another run
    }
  }
}

function recorded(folder, name) {
  const file = path.join(folder, name);
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

async function removeFolder(folder) {
  const redis = recorded(folder, REDIS);
  if (redis && isSame(redis)) {
    await end(redis.pid, [
      ['SIGTERM', 3_000],
      ['SIGKILL', 1_000],
    ]);
  }
  await removePostgres(dataIn(folder));
  fs.rmSync(folder, { recursive: true, force: true });
}
