// The built product for the browser journeys: a database of its own, the API with the dashboard, a worker, a clock that can be moved.
// Tests find it by JOURNEY_URL; JOURNEY_OWNER_URL is its database, as the owner of the tables, and JOURNEY_ENVIRONMENT what its processes
// are told, for another one beside them.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import startDatabase from './database.mjs';
import endDatabase from './database-end.mjs';

const NAME = 'vastus_journeys';

export default async function start() {
  await startDatabase();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-journeys-'));
  process.env.VASTUS_DATA_DIR = folder; // read when the modules below are loaded
  const { addressesFrom, freePort } = await import('../local/postgres.mjs');
  const { asOwner, prepareDatabase, applicationEnvironment } = await import('../local/stack.mjs');
  const { endAll, keepRunning, untilReady } = await import('../local/children.mjs');
  const { root } = await import('../local/layout.mjs');
  globalThis.vastusProduct = async () => {
    await endAll();
    fs.rmSync(folder, { recursive: true, force: true });
    await endDatabase();
  };

  try {
    const server = addressesFrom(process.env.TEST_DATABASE_URL);
    await asOwner(server.ownerUrl('postgres'), (client) => client.query(`DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`));
    await prepareDatabase(server, NAME);
    const port = await freePort(0);
    const url = `http://127.0.0.1:${port}`;
    const env = { ...applicationEnvironment(server, NAME), NODE_ENV: 'test', HOST: '127.0.0.1', PUBLIC_URL: url, VASTUS_TEST_CLOCK: 'on' };
    const api = keepRunning('api', 'apps/api/dist/main.js', { ...env, PORT: String(port), VASTUS_STATIC_DIR: `${root}/apps/admin/dist` });
    keepRunning('worker', 'apps/worker/dist/main.js', env);
    await untilReady(url, api);
    process.env.JOURNEY_URL = url;
    process.env.JOURNEY_OWNER_URL = server.ownerUrl(NAME);
    process.env.JOURNEY_ENVIRONMENT = JSON.stringify(env);
  } catch (error) {
    await globalThis.vastusProduct();
    throw error;
  }
}
