// One session may ask so often, wherever it asks; nobody else notices.
import { readSession } from '@vastus/contract';
import { createApi } from '../../create-api.js';
import { Client, startTestApi, type TestApi } from '../../testing/index.js';
import { Clock } from '../clock.js';
import { Queues } from '../queue/queues.js';

const MOST = 60;
let api: TestApi;
let nowMs = Date.now();

beforeAll(async () => {
  api = await startTestApi({ modules: [], config: { requestsPerMinute: MOST } });
});
beforeEach(() => {
  nowMs += 10 * 60_000;
  jest.spyOn(api.app.get(Clock), 'machineMs').mockImplementation(() => nowMs);
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => api?.close());

const newSession = () => api.session(api.clinic.members.nurse.userId);
async function ask(client: Client, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < times; i++) statuses.push((await client.call(readSession)).status);
  return statuses;
}
const served = (statuses: number[]) => statuses.filter((status) => status === 200).length;

test('what goes beyond the limit is told when to come back; a minute later it is served again', async () => {
  const client = new Client(api.app, await newSession());
  const statuses = await ask(client, 120);
  expect(served(statuses)).toBeGreaterThanOrEqual(MOST);
  // The last twenty are counted at once.
  expect(served(statuses)).toBeLessThan(MOST + 20);
  expect(statuses.slice(MOST + 20).every((status) => status === 429)).toBe(true);
  const refused = await client.call(readSession);
  expect(refused.body).toMatchObject({ code: 'too-many-requests', detail: 'Too many requests in a minute.' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(await ask(new Client(api.app, await newSession()), 30)).toEqual(Array(30).fill(200));
  nowMs += 61_000;
  expect((await client.call(readSession)).status).toBe(200);
});

test('two processes count together', async () => {
  const second = await createApi(api.config, { queues: api.app.get(Queues), modules: [] });
  jest.spyOn(second.get(Clock), 'machineMs').mockImplementation(() => nowMs);
  const cookie = await newSession();
  const doors = [api.app, second].map((app) => new Client(app, cookie));
  let all = 0;
  for (let i = 0; i < 100; i++) all += served(await ask(doors[i % 2]!, 1));
  expect(all).toBeGreaterThanOrEqual(MOST);
  expect(all).toBeLessThan(MOST + 2 * 20);
  await second.close();
});
