import { readSession } from '@vastus/contract';
import { startTestApi, type TestApi } from '../testing/index.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api?.close());

test('says who is signed in', async () => {
  const { status } = await api.as('nurse').call(readSession);
  expect(status).toBe(200);
});
