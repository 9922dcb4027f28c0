// What a machine's key opens, asked of the running server: every route, with the scope it needs, with every other scope, and from
// another clinic. Nothing that is not among the scopes, and nothing of a clinic that is not its own.
import type { Role } from '@vastus/clinical';
import { allows, createApiKey, KEY_SCOPES, PERMISSIONS, type Problem } from '@vastus/contract';
import { startTestApi, type TestApi } from './testing/index.js';
import { SCENE_NOW, Scene } from './testing/scene.js';
import { sentOf } from './testing/spoil.js';
import { type LooseRequest, ROUTE_NAMES, type RouteName, shapeOf, validRequest } from './testing/valid-requests.js';

type Scope = (typeof KEY_SCOPES)[number];

let api: TestApi;
let home: Scene;
let strangers: Scene;

beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T08:00:00.000Z' });
  home = new Scene(api, api.clinic);
  strangers = new Scene(api, await api.newClinic());
  await api.clock.set(SCENE_NOW);
});
afterAll(() => api?.close());
afterEach(() => api.database.anywhere((q) => q.query('UPDATE auth.session SET ended_at = NULL, end_reason = NULL')));

const isScope = (permission: string): permission is Scope => (KEY_SCOPES as readonly string[]).includes(permission);
const keyOf = async ({ clinic }: Scene, role: Role, scopes: Scope[]) =>
  (await clinic.administrator.ok(createApiKey, { body: { name: 'A machine', role, scopes, expiresInDays: 1 } })).token;

async function ask(token: string, name: RouteName, request: LooseRequest) {
  const { method, url, body, headers } = sentOf(shapeOf(name), request);
  const { cookie: _, ...rest } = headers ?? {};
  return api.anonymous.send<Problem>(method, url, body, { ...rest, authorization: `Bearer ${token}` });
}

test.each(ROUTE_NAMES.filter((name) => !('public' in shapeOf(name).access)))(
  '%s',
  async (name) => {
    const { access } = shapeOf(name);
    const needs = 'needs' in access ? access.needs : undefined;
    const role: Role = needs ? PERMISSIONS[needs][0] : 'nurse';
    const others = KEY_SCOPES.filter((scope) => scope !== needs && allows(role, scope));
    const request = await validRequest(name, home, role);
    const refused = await ask(await keyOf(home, role, others), name, request);
    expect([refused.status, refused.body.permission]).toEqual([403, needs]);
    if (needs === undefined || !isScope(needs)) return;
    if (request.params) expect((await ask(await keyOf(strangers, role, [needs]), name, request)).status).toBe(404);
    const answer = await ask(await keyOf(home, role, [needs]), name, request);
    expect([answer.status < 400, answer.body]).toEqual([true, expect.anything()]);
  },
  30_000,
);
