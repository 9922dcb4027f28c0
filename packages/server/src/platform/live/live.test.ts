import type { AddressInfo } from 'node:net';
import { advanceTestClock, readTestClock, setTestClock } from '@vastus/contract';
import { createApi } from '../../create-api.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { Clock } from '../clock.js';
import { LiveChanges, notifyChange } from './live.js';

let api: TestApi;
let url: string;
const streams: AbortController[] = [];
beforeAll(async () => {
  api = await startTestApi({ modules: [] });
  await api.app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(api.app.getHttpServer().address() as AddressInfo).port}/api/live`;
});
afterEach(() => {
  for (const stream of streams.splice(0)) stream.abort();
});
afterAll(() => api?.close());

async function open(clinic: TestClinic) {
  const controller = new AbortController();
  streams.push(controller);
  const response = await fetch(url, { headers: { cookie: clinic.members.nurse.cookie }, signal: controller.signal });
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body!) text += Buffer.from(chunk).toString();
  })().catch(() => {});
  return { response, reading, topics: () => [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json!).topic as string) };
}

async function until(check: () => boolean | Promise<boolean>) {
  for (let i = 0; i < 200 && !(await check()); i++) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(await check()).toBe(true);
}

test('a change is heard in its own clinic once it is committed, and in no other', async () => {
  const [clinic, other] = [await api.newClinic(), await api.newClinic()];
  const [here, there] = [await open(clinic), await open(other)];
  expect(here.response.status).toBe(200);
  expect(here.response.headers.get('content-type')).toContain('text/event-stream');
  expect(here.response.headers.get('content-security-policy')).toBeTruthy();
  await clinic.transaction(async (tx) => {
    await notifyChange(tx, 'alerts');
    await notifyChange(tx, 'alerts');
  });
  await clinic
    .transaction(async (tx) => {
      await notifyChange(tx, 'patients');
      throw new Error('rolled back');
    })
    .catch(() => {});
  await other.transaction((tx) => notifyChange(tx, 'lots'));
  await until(() => there.topics().length > 0 && here.topics().length > 0);
  expect([here.topics(), there.topics()]).toEqual([['alerts'], ['lots']]);
});

test('nobody listens without a session', async () => {
  expect((await fetch(url)).status).toBe(401);
});

test('a listener that went away is forgotten', async () => {
  const changes = api.app.get(LiveChanges);
  const before = changes.listening;
  await open(await api.newClinic());
  expect(changes.listening).toBe(before + 1);
  streams.pop()!.abort();
  await until(() => changes.listening === before);
});

test('after the connection to the database broke, everybody looks again', async () => {
  const here = await open(await api.newClinic());
  await api.database.anywhere((q) =>
    q.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vastus-listener' AND datname = current_database()`,
    ),
  );
  await until(() => here.topics().includes('alerts') && here.topics().includes('patients'));
});

test('the test clock is one for all processes, and moving it wakes what waits for time', async () => {
  const second = await createApi(api.config, { modules: [] });
  const before = api.enqueued.length;
  const client = api.anonymous;
  expect(await client.ok(setTestClock, { body: { now: '2027-01-31T12:00:00+01:00' } })).toMatchObject({
    now: expect.stringMatching(/^2027-01-31T11:00:0/),
  });
  await until(() => second.get(Clock).now().startsWith('2027-01-31T11:00:'));
  expect(await client.ok(advanceTestClock, { body: { days: 28, hours: 1, minutes: 30 } })).toMatchObject({
    now: expect.stringMatching(/^2027-02-28T12:30:/),
  });
  expect(second.get(Clock).today('Pacific/Auckland')).toBeDefined();
  await until(() => second.get(Clock).today('Pacific/Auckland') === '2027-03-01');
  expect((await client.ok(readTestClock)).offsetMs).toBeGreaterThan(0);
  expect(api.enqueued.slice(before).filter(({ name }) => name === 'raise-due-alerts')).toHaveLength(2);
  await second.close();
});

test('without the switch there is no such clock', async () => {
  const real = await createApi({ ...api.config, testClock: false }, { modules: [] });
  expect((await real.inject({ method: 'POST', url: '/api/test-clock/advance', payload: { days: 1 } })).statusCode).toBe(404);
  await expect(real.get(Clock).set('2030-01-01T00:00:00.000Z')).rejects.toThrow(/VASTUS_TEST_CLOCK is off/);
  expect(Math.abs(new Date(real.get(Clock).now()).getTime() - Date.now())).toBeLessThan(5_000);
  await real.close();
});
