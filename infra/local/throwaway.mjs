// A product of its own with a fresh demo clinic, for looking at and measuring; nothing of it is left afterwards.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { step } from './console.mjs';

const PASSWORD = 'vastus-demo-2026';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-throwaway-'));
process.env.VASTUS_DATA_DIR = folder; // read when the modules below are loaded
const { build } = await import('./build.mjs');
const { endAll, keepRunning, untilReady } = await import('./children.mjs');
const { install } = await import('./install.mjs');
const { database, root } = await import('./layout.mjs');
const { freePort, removePostgres } = await import('./postgres.mjs');
const { applicationEnvironment, openDatabase } = await import('./stack.mjs');
let server;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => closeThrowaway().finally(() => process.exit(130)));

/** Builds and starts it; the answer is its address. */
export async function openThrowaway() {
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

export async function closeThrowaway() {
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
  const data = { email: `${role}@demo.vastus.local`, password: PASSWORD };
  await context.request.post(`${url}/api/session`, { data, headers: { origin: url } });
}
