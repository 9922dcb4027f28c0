// node infra/local/tool.mjs NAME ARGS…: runs one of packages/server/src/tools on the local stack's database – the running one, or
// one started for the purpose – or on DATABASE_URL when that is set.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from './build.mjs';
import { Plain, report } from './console.mjs';
import { install } from './install.mjs';
import { root } from './layout.mjs';
import { takeLock } from './lock.mjs';
import { applicationEnvironment, openDatabase, openedDatabase } from './stack.mjs';

const tools = path.join(root, 'packages/server/dist/tools');
const [name, ...args] = process.argv.slice(2);

async function main() {
  await install();
  await build();
  const file = path.join(tools, `${name}.js`);
  if (!/^[a-z-]+$/.test(name ?? '') || !fs.existsSync(file))
    throw new Plain(`there is no tool "${name ?? ''}". There are: ${known().join(', ')}.`);
  if (process.env.DATABASE_URL) return run(file, {});
  const { server, close } = await reachDatabase();
  try {
    return await run(file, { ...applicationEnvironment(server), MIGRATION_DATABASE_URL: server.ownerUrl() });
  } finally {
    await close();
  }
}

const known = () =>
  fs.existsSync(tools) ? fs.readdirSync(tools).flatMap((entry) => (entry.endsWith('.js') ? [path.basename(entry, '.js')] : [])) : [];

async function reachDatabase() {
  for (const limit = performance.now() + 60_000; performance.now() < limit; await sleep(250)) {
    if (takeLock(`tool ${name}`).taken) {
      const server = await openDatabase();
      return { server, close: () => server.stop() };
    }
    const server = openedDatabase();
    if (server) return { server, close: async () => {} };
  }
  throw new Plain('another launcher holds the database but does not get it ready.');
}

// Files are named from where the person stands, not from where npm runs its scripts.
function run(file, env) {
  return new Promise((resolve, reject) => {
    const cwd = process.env.INIT_CWD ?? process.cwd();
    const child = spawn(process.execPath, ['--enable-source-maps', file, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: 'inherit',
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(signal ? 1 : code));
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  report(error);
  process.exitCode = 1;
}
