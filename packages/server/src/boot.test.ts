import { newId } from '@vastus/db';
import { createTestDatabase, type TestDatabase } from '@vastus/db/testing';
import { createApi } from './create-api.js';
import { createWorker } from './create-worker.js';
import { createClinic } from './modules/clinics/clinics.js';
import { readConfig } from './platform/config.js';
import { JobHandlers } from './platform/queue/job-handlers.js';

const SECRET = 'q3Zt7wB1xVn9RkEo5MdY2LhJ8sGuCfPa';
let own: TestDatabase;
beforeAll(async () => {
  own = await createTestDatabase();
});
afterAll(() => own?.drop());

const SINGLE_SIGN_ON = {
  PUBLIC_URL: 'https://clinic.example',
  OIDC_ISSUER: 'https://identity.example',
  OIDC_CLIENT_ID: 'vastus',
  OIDC_CLIENT_SECRET: 'of the client',
  OIDC_NAME: 'Clinic Group',
};

test.each([
  ['', {}],
  [', with single sign-on, too', SINGLE_SIGN_ON],
])('every declared route has its handler, every job its hands, and nothing else is reachable%s', async (_, more) => {
  const config = readConfig({ NODE_ENV: 'production', DATABASE_URL: own.appUrl, AUTH_SECRET: SECRET, LOG_LEVEL: 'error', ...more });
  const app = await createApi(config);
  expect(app.get(JobHandlers).faults()).toEqual([]);
  await app.close();
});

test('production does not start on a database with a demo clinic; elsewhere it does', async () => {
  const clinicId = newId();
  const now = '2026-11-20T08:00:00.000Z';
  await own.database.transaction({ clinicId }, (tx) => createClinic(tx, { name: 'Demo', timeZone: 'Europe/Berlin', isDemo: true, now }));
  const start = (environment: string) =>
    readConfig({ NODE_ENV: environment, DATABASE_URL: own.appUrl, AUTH_SECRET: SECRET, LOG_LEVEL: 'error' });
  await expect(createApi(start('production'))).rejects.toThrow(/holds a demo clinic/);
  await expect(createWorker(start('production'))).rejects.toThrow(/holds a demo clinic/);
  await (await createApi(start('development'))).close();
});
