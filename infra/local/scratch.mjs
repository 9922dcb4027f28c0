// What a test run needs beside the code – a folder, a PostgreSQL, a Redis – and nothing of it stays behind.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { say, step } from './console.mjs';
import { removePostgres, startPostgres } from './postgres.mjs';
import { end, identify, isSame } from './processes.mjs';
import { hasRedis, startRedis } from './redis.mjs';
import { hasNginx } from './web-server.mjs';

const PREFIX = 'vastus-test-';
const OWNER = 'owner.json';
const REDIS = 'redis.json';
// Nothing here has to survive a power cut.
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 300 };

/** Opens what the run needs (of `database`, `redis`, `web-server`); `env` tells the tests where it is. */
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
    if (needs.has('web-server')) lookForNginx(scratch);
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
  if (!hasRedis()) {
    omit(scratch, 'the job queue on Redis, because there is no redis-server on the PATH and no REDIS_URL');
    return;
  }
  scratch.env.TEST_REDIS_URL = await step('starting a Redis for the tests', () => openOwnRedis(scratch));
}

function lookForNginx(scratch) {
  if (hasNginx()) scratch.env.TEST_NGINX = 'on the PATH';
  else omit(scratch, 'the web server in front of the APIs, because there is no nginx on the PATH');
}

function omit(scratch, what) {
  const notice = `SKIPPED: ${what}`;
  scratch.notices.push(notice);
  console.log(`  ${notice}`);
}

async function openOwnRedis(scratch) {
  const record = (pid) => fs.writeFileSync(path.join(scratch.folder, REDIS), JSON.stringify(identify(pid)));
  return (await startRedis({ folder: scratch.folder, onSpawn: record })).url;
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
