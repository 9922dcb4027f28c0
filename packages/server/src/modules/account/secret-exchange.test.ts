// AUTH_SECRET is exchanged: second factors outlive it, and the old one is worth nothing once they are under the new one.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { confirmSecondFactor, giveSecondFactor, proposeSecondFactor, signIn } from '@vastus/contract';
import { generate } from 'otplib';
import { createApi } from '../../create-api.js';
import { Clock } from '../../platform/clock.js';
import { JobHandlers } from '../../platform/queue/job-handlers.js';
import { Queues } from '../../platform/queue/queues.js';
import { createAccount } from '../../platform/sign-in/accounts.js';
import { Client, startTestApi, type TestApi } from '../../testing/index.js';
import { AccountModule } from './account.module.js';

const [OLD, NEW, OTHER] = ['the first', 'the second', 'an unrelated'].map((which) => `${which} secret of this test, long enough`) as [
  string,
  string,
  string,
];
const password = 'correct horse battery staple';
const STEP_MS = 30_000;
let api: TestApi;
const beside: NestFastifyApplication[] = [];
let nowMs = Math.ceil(Date.now() / STEP_MS) * STEP_MS + 1_000;

beforeAll(async () => {
  api = await startTestApi({ modules: [AccountModule], config: { authSecret: OLD } });
  tellTheTime(api.app);
});
afterAll(async () => {
  for (const app of beside) await app.close();
  await api?.close();
});

const tellTheTime = (app: NestFastifyApplication) => jest.spyOn(app.get(Clock), 'machineMs').mockImplementation(() => nowMs);
/** Another process of the same installation, with these secrets. */
async function restarted(authSecret: string, authSecretPrevious?: string) {
  const config = { ...api.config, authSecret, authSecretPrevious };
  const app = await createApi(config, { queues: api.app.get(Queues), modules: [AccountModule] });
  tellTheTime(app);
  beside.push(app);
  return app;
}

const cookieOf = (headers: Record<string, unknown>) => String([headers['set-cookie']].flat()[0]).split(';')[0]!;
let serial = 0;
async function enrolled(app: NestFastifyApplication, confirm = true) {
  const email = `ada.${++serial}@example.org`;
  const userId = await api.database.anywhere((q) => createAccount(q, api.clock.now(), { email, name: 'Ada Arzt', password }));
  await api.clinic.employ(userId, 'nurse');
  const { headers } = await new Client(app).call(signIn, { body: { email, password } });
  const client = new Client(app, cookieOf(headers));
  const { secret } = await client.ok(proposeSecondFactor);
  const code = () => generate({ secret, epoch: Math.floor(nowMs / 1000) });
  if (confirm) await client.ok(confirmSecondFactor, { body: { code: await code() } });
  return { email, code, client };
}
/** How the second step ends at this process, with a code of this moment that nobody has used. */
async function secondStep(app: NestFastifyApplication, { email, code }: Awaited<ReturnType<typeof enrolled>>) {
  nowMs += 2 * STEP_MS;
  const { headers } = await new Client(app).call(signIn, { body: { email, password } });
  return (await new Client(app, cookieOf(headers)).call(giveSecondFactor, { body: { code: await code() } })).status;
}
const sealAnew = (app: NestFastifyApplication) => app.get(JobHandlers).run('seal-second-factors-anew', {});

test('a factor goes on working while both secrets are known, and with the new one alone once it was sealed anew', async () => {
  const ada = await enrolled(api.app);
  expect(await sealAnew(api.app)).toMatchObject({ outcome: 'skipped' });
  const both = await restarted(NEW, OLD);
  expect(await secondStep(both, ada)).toBe(200);
  const alone = await restarted(NEW);
  expect(await secondStep(alone, ada)).toBe(422);

  // A proposal that waits for its first code, and a factor that is under the new secret already.
  const proposed = await enrolled(api.app, false);
  const late = await enrolled(both);
  expect(await sealAnew(both)).toEqual({ outcome: 'done', renewed: 2, lost: 0 });
  expect(await sealAnew(both)).toEqual({ outcome: 'done', renewed: 0, lost: 0 });
  expect([await secondStep(alone, ada), await secondStep(alone, late)]).toEqual([200, 200]);
  const { cookie } = proposed.client as unknown as { cookie: string };
  expect((await new Client(alone, cookie).call(confirmSecondFactor, { body: { code: await proposed.code() } })).status).toBe(200);
  // Whoever has the old secret and the database has nothing.
  expect(await secondStep(api.app, ada)).toBe(422);
});

test('a factor that neither secret opens is counted, and left for an administrator', async () => {
  const ada = await enrolled(api.app);
  const wrong = await restarted(OTHER, NEW);
  expect(await sealAnew(wrong)).toMatchObject({ outcome: 'done', lost: 1 });
  expect(await secondStep(wrong, ada)).toBe(422);
  expect(await secondStep(api.app, ada)).toBe(200);
});
