// npm start: installs, builds and runs the whole product on this machine, with nothing but Node preinstalled.
import fs from 'node:fs';
import { build } from './build.mjs';
import { endAll, endOrphans, keepRunning, untilReady } from './children.mjs';
import { bold, box, Plain, report, say, step } from './console.mjs';
import { DEMO_PASSWORD, demoEmail } from './demo.mjs';
import { endCaptured, install, requireNode } from './install.mjs';
import { inState, logs, root, state } from './layout.mjs';
import { takeLock } from './lock.mjs';
import { freePort } from './postgres.mjs';
import { ancestors, isSame } from './processes.mjs';
import { applicationEnvironment, openDatabase } from './stack.mjs';

const HOST = '127.0.0.1';
const ADDRESS = inState('address');
let opening;
let server;
let stopping;

async function start() {
  const since = performance.now();
  await endOrphans();
  await install();
  await build();
  const port = await choosePort();
  opening = openDatabase();
  server = await opening;
  if (stopping) return;
  server.exited.then((how) => stopping ?? stop(1, `PostgreSQL ended (${how}); see ${logs}/postgres.log`));

  const url = `http://${HOST}:${port}`;
  const env = {
    ...applicationEnvironment(server),
    HOST,
    PUBLIC_URL: process.env.PUBLIC_URL ?? url,
  };
  const api = keepRunning('api', 'apps/api/dist/main.js', {
    ...env,
    PORT: String(port),
    VASTUS_STATIC_DIR: `${root}/apps/admin/dist`,
  });
  keepRunning('worker', 'apps/worker/dist/main.js', {
    ...env,
    PORT: undefined,
  });
  await step('starting the application', () => untilReady(url, api, () => stopping));
  if (stopping) return;
  fs.writeFileSync(ADDRESS, url);
  console.log(welcome(url, ((performance.now() - since) / 1000).toFixed(1)));
}

function alreadyRunning(holder) {
  const url = fs.existsSync(ADDRESS) ? ` at ${fs.readFileSync(ADDRESS, 'utf8')}` : '';
  return `the data in ${state} is in use by another "${holder.purpose}" (pid ${holder.pid})${url}. End it first, or set VASTUS_DATA_DIR to run a second clinic.`;
}

async function choosePort() {
  const wanted = process.env.VASTUS_PORT;
  if (wanted !== undefined && !(Number(wanted) > 0 && Number(wanted) < 65_536)) throw new Plain(`VASTUS_PORT=${wanted} is not a port.`);
  for (let port = Number(wanted ?? 8080); ; port++) {
    if ((await freePort(port)) === port) return port;
    if (wanted !== undefined)
      throw new Plain(`port ${port} is taken by another program: choose another VASTUS_PORT, or unset it to use a free one.`);
    say(`port ${port} is taken, trying ${port + 1}`);
  }
}

const welcome = (url, seconds) =>
  box([
    `Vastus is ready after ${seconds} s:  ${url}`,
    '',
    'Sign in as                              with the password',
    ...['nurse', 'physician', 'administrator'].map((role) => `  ${demoEmail(role).padEnd(38)}${DEMO_PASSWORD}`),
    '',
    `Data   ${server.dataDir}`,
    `Logs   ${logs}`,
    'Stop   Ctrl-C',
  ]);

function stop(code, why) {
  stopping ??= (async () => {
    if (why) report(new Plain(why));
    else console.log('\nstopping …');
    fs.rmSync(ADDRESS, { force: true });
    endCaptured();
    await endAll();
    server ??= await opening?.catch(() => undefined);
    await server?.stop();
    if (!why) console.log('stopped; the data is kept.');
    process.exit(code);
  })();
  return stopping;
}

function claimDataDirectory() {
  try {
    requireNode();
    const { taken, holder } = takeLock('npm start');
    if (taken) return true;
    report(new Plain(alreadyRunning(holder)));
  } catch (error) {
    report(error);
  }
  return false;
}

console.log(bold('\nVastus\n'));
if (!claimDataDirectory()) process.exit(1);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));
// Killed with SIGKILL, npm cannot pass anything on: its absence has to be noticed.
const npm = process.env.npm_lifecycle_event && ancestors(process.pid).find(({ command }) => /^npm\b|npm-cli/.test(command));
if (npm) setInterval(() => isSame(npm) || stop(1), 1_000).unref();
try {
  await start();
} catch (error) {
  if (!stopping) {
    report(error);
    stop(1);
  }
}
