// Walks the contract: every route is asked with a valid request, and then with everything a broken client, a tired person or an
// attacker may send instead. Whatever is refused is refused with a problem that names the field, and leaves nothing behind.
import { advanceTestClock, Problem, type ProblemIssue } from '@vastus/contract';
import { Client, type Reply } from './testing/clients.js';
import { ClinicContent } from './testing/clinic-content.js';
import { startTestApi, type TestApi } from './testing/index.js';
import { SCENE_NOW, Scene } from './testing/scene.js';
import { type Sent, type Spoiled, sentOf, spoilings } from './testing/spoil.js';
import { callerOf, ROUTE_NAMES, type RouteName, shapeOf, validRequest } from './testing/valid-requests.js';

let api: TestApi;
let contents: ClinicContent;
const errors: string[] = [];

beforeAll(async () => {
  api = await startTestApi({ now: SCENE_NOW, config: { logLevel: 'error' }, onLog: (line) => errors.push(line) });
  contents = await ClinicContent.open(api.ownerUrl);
});
afterAll(async () => {
  await contents?.close();
  await api?.close();
});

const content = ({ clinic }: Scene) => contents.of(clinic.id);
const clientOf = async (scene: Scene, name: RouteName) =>
  new Client(api.app, await api.session(scene.clinic.members[callerOf(shapeOf(name))].userId));
const send = (client: Client, { method, url, body, headers }: Sent) => client.send<Problem>(method, url, body, headers);

/** Whether the route's own schema accepts the body that was sent. */
function isLegal(name: RouteName, { body }: Sent): boolean {
  const schema = shapeOf(name).body;
  if (!schema || body === undefined) return true;
  try {
    return schema.safeParse(body === '' ? {} : JSON.parse(body)).success;
  } catch {
    return false;
  }
}

/** What is wrong with a refusal, or nothing. */
function faultOf({ status, body, headers }: Reply<Problem>, spoiled: Pick<Spoiled, 'pointer' | 'status'>): string | undefined {
  if (status >= 500) return `answered ${status}`;
  if (!String(headers['content-type']).startsWith('application/problem+json')) return `answered ${headers['content-type']}`;
  const parsed = Problem.strict().safeParse(body);
  if (!parsed.success || body.status !== status) return `is no Problem: ${JSON.stringify(body)}`;
  if (spoiled.status !== undefined && status !== spoiled.status) return `answered ${status} instead of ${spoiled.status}`;
  if (status === 422 && !body.issues?.length) return 'names no field';
  if ((body.issues?.length ?? 0) > MOST_ISSUES) return `names ${body.issues?.length} issues`;
  if (status === 422 && spoiled.pointer !== undefined && !body.issues!.some((issue) => isAbout(issue, spoiled.pointer!)))
    return `names ${body.issues!.map(({ pointer }) => pointer).join(', ')} instead of ${spoiled.pointer}`;
  return undefined;
}

/** Where each item has an answer of its own, what was refused stands there. */
const refusesEach = ({ body }: Reply<unknown>) => {
  const { results } = body as { results?: { result: string }[] };
  return results?.every(({ result }) => result === 'not-found') ?? false;
};

const isAbout = ({ pointer }: ProblemIssue, spoiled: string) => pointer === spoiled || pointer.startsWith(`${spoiled}/`);

/** Where lists of what was sent could be longer than what was sent. */
const MOST_ISSUES = 100;

test.each(ROUTE_NAMES)(
  '%s',
  async (name) => {
    const shape = shapeOf(name);
    // A clinic has a protocol from the moment it is made on: the clock is put to after that.
    await api.clock.set('2026-11-20T08:00:00.000Z');
    const scene = new Scene(api, await api.newClinic());
    const strangers = new Scene(api, await api.newClinic());
    await api.clock.set(SCENE_NOW);
    const faults: string[] = [];
    errors.length = 0;

    const first = await send(await clientOf(scene, name), sentOf(shape, await validRequest(name, scene)));
    expect([first.status < 400, first.body]).toEqual([true, expect.anything()]);

    let valid = await validRequest(name, scene);
    let client = await clientOf(scene, name);
    const all = spoilings(shape, valid, await validRequest(name, strangers));
    const refused = all.filter((spoiled) => spoiled.impossible || !isLegal(name, spoiled.send(valid)));
    let before = await content(scene);
    for (const spoiled of refused) {
      const answer = await send(client, spoiled.send(valid));
      const fault = answer.status >= 400 ? faultOf(answer, spoiled) : refusesEach(answer) ? undefined : `was accepted: ${answer.status}`;
      if (fault) faults.push(`${spoiled.what} ${fault}`);
    }
    // What nothing could accept comes first, so that one look at the tables is enough for all of it.
    if ((await content(scene)) !== before) faults.push('something was refused and written');

    before = await content(scene);
    for (const spoiled of all.filter((one) => !refused.includes(one))) {
      const answer = await send(client, spoiled.send(valid));
      if (answer.status >= 400) {
        const fault = faultOf(answer, spoiled) ?? ((await content(scene)) === before ? undefined : 'was refused and written');
        if (fault) faults.push(`${spoiled.what} ${fault}`);
        continue;
      }
      // Of a list as a file only the line of headings is left.
      if (spoiled.findsNothing && shape.file) expect(String(answer.body).trim().split('\n')).toHaveLength(1);
      else if (spoiled.findsNothing) expect(answer.body).toMatchObject('lot' in answer.body ? { lot: null } : { items: [] });
      if (shape.method !== 'GET') {
        // It used up what the request spoke about, and perhaps moved the clock or ended the session.
        await api.clock.set(SCENE_NOW);
        valid = await validRequest(name, scene);
        client = await clientOf(scene, name);
      }
      before = await content(scene);
    }
    const last = await send(client, sentOf(shape, valid));
    if (last.status >= 400) faults.push(`after all of that the valid request was answered ${JSON.stringify(last.body)}`);
    expect(faults).toEqual([]);
    expect(errors).toEqual([]);
    // Names like __proto__ were among what was sent.
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
  60_000,
);

test('however often it is advanced, the test clock stays where dates can be written', async () => {
  await api.clock.set(SCENE_NOW);
  const advance = () => api.anonymous.call(advanceTestClock, { body: { days: 60_000 } });
  expect((await advance()).body.now).toMatch(/^2191-/);
  expect(await advance()).toMatchObject({ status: 422, body: { issues: [{ pointer: '/days' }] } });
});
