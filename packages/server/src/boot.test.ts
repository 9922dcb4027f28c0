import { createTestDatabase, type TestDatabase } from '@vastus/db/testing';
import { createApi } from './create-api.js';
import { readConfig } from './platform/config.js';
import { JobHandlers } from './platform/queue/job-handlers.js';

let own: TestDatabase;
beforeAll(async () => {
  own = await createTestDatabase();
});
afterAll(() => own?.drop());

test('every declared route has its handler, every job its hands, and nothing else is reachable', async () => {
  const config = readConfig({ NODE_ENV: 'production', DATABASE_URL: own.appUrl, AUTH_SECRET: 'x'.repeat(32), LOG_LEVEL: 'error' });
  const app = await createApi(config);
  expect(app.get(JobHandlers).faults()).toEqual([]);
  await app.close();
});
