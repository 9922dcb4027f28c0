// Whatever is written and whosever chart is read stands in the audit trail, by the transaction that did it. Every route of the contract is
// asked once; one that leaves nothing behind has its reason here.
import type { Role } from '@vastus/clinical';
import type { RouteShape } from '@vastus/contract';
import { Client } from './testing/clients.js';
import { ClinicContent } from './testing/clinic-content.js';
import { startTestApi, type TestApi } from './testing/index.js';
import { SCENE_NOW, Scene } from './testing/scene.js';
import { sentOf } from './testing/spoil.js';
import { callerOf, ROUTE_NAMES, type RouteName, shapeOf, validRequest } from './testing/valid-requests.js';

/** Acts without an entry: nothing of them holds, or it is nobody's record. */
const NOTHING_HOLDS: Partial<Record<RouteName, string>> = {
  checkInjectionRoute: 'asks while a dose is being typed in; the record it asks about was looked up, which is an entry',
  searchPatients: 'finds somebody; whoever opens what was found is on record',
  proposeSecondFactor: 'shows a secret that counts for nothing until a code confirms it',
  noteAccountChanges: 'the owner of an account has read what changed on it',
  switchClinic: 'what is read and written there is on record there',
  readInvitation: 'asks',
  setTestClock: 'there is none in production',
  advanceTestClock: 'there is none in production',
};
/** The day's work, which names people: whoever opens one of them is on record. */
const WORKING_LISTS: ReadonlySet<RouteName> = new Set<RouteName>([
  'searchPatients',
  'readAlertQueue',
  'listAlerts',
  'readToday',
  'listProposals',
  'listLotRecipients',
  'readImport',
  'listAudit',
  'readProtocolSimulation',
]);

/** What a job does of it meanwhile: the request is on record, and the job finds what was asked for. */
const BY_A_JOB: Partial<Record<RouteName, string>> = { simulateProtocol: 'protocol_simulation' };

/** Whose request does what it says, where that is not the first who may. */
const ASKER: Partial<Record<RouteName, Role>> = { acknowledgeAlerts: 'physician' };

interface Mark {
  table: string;
  transaction: string;
}

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

/** Which transactions wrote the rows that the clinic has now. */
async function marks(): Promise<Mark[]> {
  const of = (table: string, key: string) =>
    `SELECT DISTINCT '${table}' AS "table", xmin::text AS transaction FROM "${table}" WHERE ${key} = $1`;
  const asked = [of('clinic', 'id'), ...contents.tables.map((table) => of(table, 'clinic_id'))].join(' UNION ALL ');
  return (await contents.owner.query<Mark>(asked, [scene.clinic.id])).rows;
}

async function asked(name: RouteName, change: (request: Awaited<ReturnType<typeof validRequest>>) => object = (request) => request) {
  const shape = shapeOf(name);
  const asker = ASKER[name] ?? callerOf(shape);
  const sent = sentOf(shape, change(await validRequest(name, scene, asker)) as never);
  const client = new Client(api.app, await api.session(scene.clinic.members[asker].userId));
  const before = new Set((await marks()).map(({ table, transaction }) => `${table} ${transaction}`));
  const answer = await client.send(sent.method, sent.url, sent.body, sent.headers);
  expect([name, answer.status < 400]).toEqual([name, true]);
  const written = (await marks()).filter(({ table, transaction }) => !before.has(`${table} ${transaction}`));
  const { rows: entries } = await contents.owner.query<{ action: string; patient_id: string | null; transaction: string }>(
    'SELECT action, patient_id, xmin::text AS transaction FROM audit_entry WHERE request_id = $1',
    [answer.headers['x-request-id']],
  );
  return { url: sent.url, answer, written, entries };
}

const isWrite = ({ method, unversioned }: RouteShape) => method !== 'GET' && unversioned !== 'asks';
const writes = ROUTE_NAMES.filter((name) => isWrite(shapeOf(name)));
const readings = ROUTE_NAMES.filter((name) => !isWrite(shapeOf(name)));

describe('what is written is on record, in the same transaction', () => {
  test.each(writes)(
    '%s',
    async (name) => {
      const { written, entries } = await asked(name);
      const own = new Set(entries.map(({ transaction }) => transaction));
      expect(written.filter(({ table, transaction }) => !own.has(transaction) && table !== BY_A_JOB[name])).toEqual([]);
      expect([name, entries.length > 0]).toEqual([name, !(name in NOTHING_HOLDS)]);
    },
    30_000,
  );
});

describe('who reads about a patient is on record', () => {
  test.each(readings)(
    '%s',
    async (name) => {
      const { url, answer, written, entries } = await asked(name);
      const { rows: patients } = await contents.owner.query<{ id: string }>('SELECT id FROM patient WHERE clinic_id = $1', [
        scene.clinic.id,
      ]);
      const text = JSON.stringify(answer.body);
      const tellsOf = patients.some(({ id }) => text.includes(id));
      const about = patients.filter(({ id }) => url.includes(id)).map(({ id }) => id);
      if (name in NOTHING_HOLDS) return expect(written).toEqual([]);
      // A list of everybody's records is a reading without a patient, one that is narrowed to a patient a reading of that chart.
      if (tellsOf && !WORKING_LISTS.has(name)) expect([name, entries.length]).toEqual([name, 1]);
      if (about.length > 0 && !/^\/api\/audit/.test(url)) expect(entries.map(({ patient_id }) => patient_id)).toEqual(about);
    },
    30_000,
  );

  test.each(['listInjections', 'listLabResults', 'listAdverseEvents'] as const)('%s of everybody', async (name) => {
    const { entries } = await asked(name, (request) => ({ ...request, query: {} }));
    expect(entries).toMatchObject([{ action: expect.stringMatching(/\.read$/), patient_id: null }]);
  });
});
