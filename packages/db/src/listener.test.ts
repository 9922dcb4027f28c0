import pg from 'pg';
import { Listener } from './listener.js';
import { createTestDatabase, type TestDatabase } from './testing.js';
import { aClinic } from './testing-rows.js';

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await createTestDatabase();
});
afterAll(() => test_.drop());

const notify = (channel: string, payload: string) =>
  test_.database.anywhere((q) => q.query('SELECT pg_notify($1, $2)', [channel, payload]));

async function until(fulfilled: () => boolean) {
  for (let waited = 0; !fulfilled(); waited += 10) {
    if (waited > 5_000) throw new Error('It did not happen.');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it('hears what is said on its channels, and only that, until it stops listening', async () => {
  const listener = new Listener({ url: test_.appUrl });
  const heard: string[] = [];
  const [, stop] = await Promise.all([
    listener.on('Ward "A"', (payload) => heard.push(`a ${payload}`)),
    listener.on('ward-b', (payload) => heard.push(`b ${payload}`)),
  ]);
  await notify('Ward "A"', '1');
  await notify('ward-c', '2');
  await notify('ward-b', '3');
  await until(() => heard.length === 2);
  stop();
  await notify('ward-b', '4');
  await notify('Ward "A"', '5');
  await until(() => heard.length === 3);
  expect(heard).toEqual(['a 1', 'b 3', 'a 5']);
  await listener.close();
});

it('hears nothing of a transaction that is rolled back', async () => {
  const listener = new Listener({ url: test_.appUrl });
  const heard: string[] = [];
  await listener.on('ward', (payload) => heard.push(payload));
  const clinic = await aClinic(test_.database);
  const say = (payload: string, fail: boolean) =>
    test_.database.transaction(clinic, async (tx) => {
      await tx.query('SELECT pg_notify($1, $2)', ['ward', payload]);
      if (fail) throw new Error('no');
    });
  await say('undone', true).catch(() => {});
  await say('done', false);
  await until(() => heard.length > 0);
  expect(heard).toEqual(['done']);
  await listener.close();
});

it('comes back after its connection is lost and says that it may have missed something', async () => {
  let gaps = 0;
  const errors: Error[] = [];
  const listener = new Listener({
    url: test_.appUrl,
    applicationName: 'vastus-listener-lost',
    onGap: () => gaps++,
    onError: (error) => errors.push(error),
  });
  const heard: string[] = [];
  await listener.on('ward', (payload) => heard.push(payload));
  const owner = new pg.Client({ connectionString: test_.ownerUrl });
  await owner.connect();
  for (let round = 1; round <= 2; round++) {
    await owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vastus-listener-lost'`);
    await until(() => gaps === round);
    await notify('ward', `round ${round}`);
    await until(() => heard.length === round);
  }
  expect(errors.length).toBeGreaterThanOrEqual(2);
  await owner.end();
  await listener.close();
});

it('rejects when the first attempt fails, and can be closed while it is not connected', async () => {
  const listener = new Listener({ url: 'postgres://nobody:x@127.0.0.1:1/none' });
  await expect(listener.on('ward', () => {})).rejects.toThrow();
  await listener.close();
});
