// Nobody overwrites what somebody else has just written. Every route of the contract that changes something about a record asks which
// version is meant, or says why it need not – and what it says is tried here: the same request, sent a second time.
import { type Problem, UNVERSIONED } from '@vastus/contract';
import { Client } from './testing/clients.js';
import { ClinicContent } from './testing/clinic-content.js';
import { startTestApi, type TestApi } from './testing/index.js';
import { SCENE_NOW, Scene } from './testing/scene.js';
import { sentOf } from './testing/spoil.js';
import { callerOf, type LooseRequest, ROUTE_NAMES, type RouteName, shapeOf, validRequest } from './testing/valid-requests.js';

/** Written whenever somebody asked, whatever came of it. */
const TRAIL = ['audit_entry', 'audit_unsealed', 'idempotency_key'];

let api: TestApi;
let scene: Scene;
let contents: ClinicContent;
beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T08:00:00.000Z' });
  scene = new Scene(api, api.clinic);
  contents = await ClinicContent.open(api.ownerUrl);
  await api.clock.set(SCENE_NOW);
});
afterAll(async () => {
  await contents?.close();
  await api?.close();
});
afterEach(() => api.database.anywhere((q) => q.query('UPDATE auth.session SET ended_at = NULL, end_reason = NULL')));

const content = () => contents.of(scene.clinic.id, { but: TRAIL });

async function send(name: RouteName, request: LooseRequest, headers: Record<string, string> = request.headers ?? {}) {
  const shape = shapeOf(name);
  const client = new Client(api.app, await api.session(scene.clinic.members[callerOf(shape)].userId));
  const { method, url, body } = sentOf(shape, request);
  return client.send<Problem>(method, url, body, headers);
}

/** Everything that changes, and names in its path what it changes; what replaces a record as a whole; and what says it only asks. */
const isEdit = (name: RouteName) => {
  const { method, path, unversioned } = shapeOf(name);
  return method !== 'GET' && (path.includes(':') || method === 'PUT' || unversioned === 'asks');
};

test('a route that changes a record asks for its version or says why not, and never both', () => {
  const said = ROUTE_NAMES.map((name) => {
    const { ifMatch = false, unversioned } = shapeOf(name);
    return [name, isEdit(name) || ifMatch, Number(ifMatch) + Number(unversioned !== undefined)];
  });
  expect(said).toEqual(said.map(([name, mustSay]) => [name, mustSay, mustSay ? 1 : 0]));
  expect(ROUTE_NAMES.filter((name) => shapeOf(name).ifMatch).length).toBeGreaterThanOrEqual(9);
});

test.each(ROUTE_NAMES.filter((name) => shapeOf(name).ifMatch))(
  '%s: 428 without a version, 412 with one that is not the last',
  async (name) => {
    const request = await validRequest(name, scene);
    const before = await content();
    expect(await send(name, request, {})).toMatchObject({ status: 428, body: { code: 'version-required' } });
    expect(await content()).toBe(before);
    const first = await send(name, request);
    expect([first.status < 400, first.body]).toEqual([true, expect.anything()]);
    const written = await content();
    const second = await send(name, request);
    // A draft that was signed is none any more, whatever its version.
    expect([second.status, second.body.code]).toEqual(name === 'signProtocol' ? [409, 'state-changed'] : [412, 'stale-version']);
    expect(await content()).toBe(written);
  },
);

describe.each(Object.entries(UNVERSIONED))('%s: %s', (kind) => {
  test.each(ROUTE_NAMES.filter((name) => shapeOf(name).unversioned === kind))('%s', async (name) => {
    const request = await validRequest(name, scene);
    const before = await content();
    const first = await send(name, request);
    expect([first.status < 400, first.body]).toEqual([true, expect.anything()]);
    const written = await content();
    if (kind === 'asks') expect(written).toBe(before);
    if (kind === 'asks' || kind === 'adds') return;
    const second = await send(name, request);
    if (kind === 'once') expect(['state-changed', 'not-found']).toContain(second.body.code);
    else expect([second.status, second.body]).toEqual([first.status, expect.anything()]);
    expect(await content()).toBe(written);
  });
});
