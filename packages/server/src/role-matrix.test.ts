// Who may do what, asked of the running server: every route, every role, at home, in another clinic and without a session. The table
// it prints is kept beside it, so that a change of access is read by somebody before it is true.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROLES, type Role } from '@vastus/clinical';
import { allows, type Problem, recordInjection } from '@vastus/contract';
import { Client, type Reply } from './testing/clients.js';
import { startTestApi, type TestApi } from './testing/index.js';
import { SCENE_NOW, Scene } from './testing/scene.js';
import { sentOf } from './testing/spoil.js';
import { type LooseRequest, ROUTE_NAMES, type RouteName, shapeOf, validRequest } from './testing/valid-requests.js';

const KEPT = path.join(__dirname, 'role-matrix.snap.md');
const HEAD = `# Who may do what

Written by \`role-matrix.test.ts\` from the answers of the server; \`WRITE_ROLE_MATRIX=1\` writes it anew. *Another clinic*: somebody with
a role that may do this at home, asking for a record of ours; 2xx is the answer of their own clinic, and holds nothing of ours. *fresh*: who sits there
has proven who they are within the last ten minutes.

| route | needs | proof | nurse | physician | administrator | another clinic | not signed in |
|---|---|---|---|---|---|---|---|
`;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

let api: TestApi;
let home: Scene;
let strangers: Scene;
const lines = new Map<RouteName, string>();

beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T08:00:00.000Z' });
  home = new Scene(api, api.clinic);
  strangers = new Scene(api, await api.newClinic());
  await api.clock.set(SCENE_NOW);
});
afterAll(() => api?.close());
// Some requests end the sessions by which the scene makes its records.
afterEach(() => api.database.anywhere((q) => q.query('UPDATE auth.session SET ended_at = NULL, end_reason = NULL')));

const clientOf = async ({ clinic }: Scene, role: Role) => new Client(api.app, await api.session(clinic.members[role].userId));

async function ask(client: Client, name: RouteName, request: LooseRequest): Promise<Reply<Problem>> {
  const { method, url, body, headers } = sentOf(shapeOf(name), request);
  return client.send<Problem>(method, url, body, headers);
}

function word({ status, body }: Reply<Problem>): string {
  if (status === 403) return `403 ${body.permission ?? body.code}`;
  return status === 422 ? `422 ${body.issues?.map(({ pointer }) => pointer).join(' ')}` : String(status);
}

const idsIn = ({ body, headers }: Reply<Problem>) =>
  new Set((JSON.stringify(body).match(UUID) ?? []).filter((id) => id !== headers['x-request-id']));

test.each(ROUTE_NAMES)(
  '%s',
  async (name) => {
    const { access, method, path: address, proof } = shapeOf(name);
    const mayCall = (role: Role) => !('needs' in access) || allows(role, access.needs);
    const refused = 'needs' in access ? `403 ${access.needs}` : undefined;
    const request = await validRequest(name, home);

    const nobody = await ask(api.anonymous, name, request);
    if (!('public' in access)) expect(word(nobody)).toBe('401');
    const abroad: Reply<Problem>[] = [];
    for (const role of ROLES) {
      const answer = await ask(await clientOf(strangers, role), name, request);
      if (mayCall(role)) abroad.push(answer);
      else expect([role, word(answer)]).toEqual([role, refused]);
    }
    // A record of ours does not exist for them, whatever their role.
    if (request.params) expect(abroad.map(word)).toEqual(abroad.map(() => '404'));

    const own: string[] = [];
    for (const role of ROLES) {
      const answer = await ask(await clientOf(home, role), name, mayCall(role) ? await validRequest(name, home, role) : request);
      own.push(word(answer));
      if (!mayCall(role)) expect([role, word(answer)]).toEqual([role, refused]);
      else {
        expect([role, answer.status < 400, answer.body]).toEqual([role, true, expect.anything()]);
        const ours = idsIn(answer);
        // Who signs in says who they are; the session that asks is none of the strangers' any more.
        if (name !== 'signIn') for (const answerAbroad of abroad) expect([...idsIn(answerAbroad)].filter((id) => ours.has(id))).toEqual([]);
      }
    }
    const needs = 'needs' in access ? access.needs : 'public' in access ? '– (public)' : '– (signed in)';
    lines.set(
      name,
      [
        `\`${method} ${address}\``,
        needs,
        proof === 'fresh' ? proof : '',
        ...own,
        [...new Set(abroad.map(word))].join(', '),
        word(nobody),
      ].join(' | '),
    );
  },
  30_000,
);

test('the table is the one that was agreed on', () => {
  const table = `${HEAD}${ROUTE_NAMES.map((name) => `| ${lines.get(name)} |\n`).join('')}`;
  if (process.env['WRITE_ROLE_MATRIX']) writeFileSync(KEPT, table);
  expect(table).toBe(readFileSync(KEPT, 'utf8'));
});

test('a signed-in browser that another site makes write does not write', async () => {
  const request = await validRequest('recordInjection', home);
  const count = () => api.clinic.transaction((tx) => tx.one('SELECT count(*) FROM injection WHERE clinic_id = $1', [tx.clinicId]));
  const before = await count();
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ];
  for (const headers of foreign)
    expect(await ask(home.clinic.nurse, 'recordInjection', { ...request, headers })).toMatchObject({
      status: 403,
      body: { code: 'cross-site-request' },
    });
  expect(await count()).toEqual(before);
  expect(await home.clinic.nurse.call(recordInjection, request as never)).toMatchObject({ status: 201 });
});
