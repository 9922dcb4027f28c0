// A product of its own with a fresh demo clinic, for looking at and measuring; nothing of it is left afterwards.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openChromium } from '../../test/journeys/chromium.mjs';
import { bold, report, step } from './console.mjs';
import { DEMO_PASSWORD, demoEmail } from './demo.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-throwaway-'));
process.env.VASTUS_DATA_DIR = folder; // read when the modules below are loaded
const { build } = await import('./build.mjs');
const { endAll, keepRunning, untilReady } = await import('./children.mjs');
const { install } = await import('./install.mjs');
const { database, root } = await import('./layout.mjs');
const { freePort, removePostgres } = await import('./postgres.mjs');
const { applicationEnvironment, openDatabase } = await import('./stack.mjs');
let server;
let browser;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => close().finally(() => process.exit(130)));

/**
 * Does `work` with the address of such a product and a browser, and takes both away again, however it ends; an error is told and sets the
 * exit code.
 * @param {string} title
 * @param {(url: string, browser: import('playwright-core').Browser, debuggingPort: number) => Promise<void>} work the port is where other
 *   programs find the browser
 */
export async function withThrowaway(title, work) {
  console.log(bold(`\n${title}\n`));
  try {
    const url = await open();
    const debuggingPort = await freePort(0);
    browser = await openChromium({ args: [`--remote-debugging-port=${debuggingPort}`] });
    await work(url, browser, debuggingPort);
  } catch (error) {
    report(error);
    process.exitCode = 1;
  } finally {
    await close();
  }
}

/** Builds and starts it; the answer is its address. */
async function open() {
  await install();
  await build();
  server = await openDatabase();
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const env = { ...applicationEnvironment(server), NODE_ENV: 'test', HOST: '127.0.0.1', PUBLIC_URL: url };
  const api = keepRunning('api', 'apps/api/dist/main.js', { ...env, PORT: String(port), VASTUS_STATIC_DIR: `${root}/apps/admin/dist` });
  keepRunning('worker', 'apps/worker/dist/main.js', env);
  await step('starting the application', () => untilReady(url, api));
  return url;
}

async function close() {
  await browser?.close();
  await endAll();
  await server?.stop();
  await removePostgres(database);
  fs.rmSync(folder, { recursive: true, force: true });
}

/**
 * Signs somebody of the demo clinic in; whoever uses the context afterwards is that person.
 * @param {import('playwright-core').BrowserContext} context
 * @param {'nurse' | 'physician' | 'administrator'} role
 */
export async function signIn(context, url, role) {
  const data = { email: demoEmail(role), password: DEMO_PASSWORD };
  await context.request.post(`${url}/api/session`, { data, headers: { origin: url } });
}

/** Asks the API as whoever is signed in; `POST` where there is a body. */
export function asking(context, url) {
  return async (route, data) => {
    const address = `${url}/api${route}`;
    return (await (data ? context.request.post(address, { data, headers: { origin: url } }) : context.request.get(address))).json();
  };
}
