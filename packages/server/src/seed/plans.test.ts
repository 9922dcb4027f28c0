// At the size of a network's largest clinic every list, search and chart still finds its rows through an index. The plans are those of
// the very statements the API sends, caught by auto_explain on its own connections, under its own role.
import {
  type Answer,
  countAlerts,
  listAlerts,
  listInjections,
  listLabResults,
  type RouteShape,
  readAlertQueue,
  readChart,
  readSummary,
  readTimeline,
  readToday,
  searchPatients,
} from '@vastus/contract';
import { newId } from '@vastus/db';
import pg from 'pg';
import { Client, type Request, startTestApi, type TestApi } from '../testing/index.js';
import { historyOf } from './history.js';
import { withProjections } from './projections.js';
import { drawScript } from './script.js';
import { createSeedClinic, staffOf } from './seed-clinic.js';
import { TABLE_NAMES, tableName } from './tables.js';
import { CopyBuffer, settle } from './write-rows.js';

const NOW = '2026-11-20T06:00:00.000Z';
const PATIENTS = 20_000;
const DRAWN = 1_000;
const LARGE = ['patient', 'course', 'injection', 'milestone', 'alert', 'lab_result'];

interface Plan {
  'Node Type': string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Relation Name'?: string;
  Plans?: Plan[];
}

let api: TestApi;
let nurse: Client;
let physician: Client;
const plans: { text: string; plan: Plan }[] = [];

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
  const owner = new pg.Client({ connectionString: api.ownerUrl });
  await owner.connect();
  await fill(owner);
  await watchPlans(owner);
  await owner.end();
}, 240_000);
afterAll(() => api.close());

async function fill(owner: pg.Client): Promise<void> {
  const clinicId = newId();
  const staff = staffOf('Large', 'large.example');
  const frame = await api.database.transaction({ clinicId }, (tx) =>
    createSeedClinic(tx, {
      seed: 'plans',
      clinicId,
      name: 'Large',
      zone: 'Europe/Berlin',
      today: '2026-11-20',
      now: NOW,
      staff,
      passwordHash: 'none',
    }),
  );
  const buffer = new CopyBuffer();
  for (let number = 0; number < DRAWN; number++) buffer.add(clinicId, withProjections(frame, historyOf(frame, number, drawScript), number));
  await buffer.write(owner);
  await multiply(owner, PATIENTS / DRAWN);
  await phone(owner);
  await settle(owner);
  const cookies = new Map<string, string>();
  for (const { id, email } of (await owner.query(`SELECT "id", "email" FROM auth."user" WHERE "email" LIKE '%@large.example'`)).rows)
    cookies.set(email, await api.session(id));
  nurse = new Client(api.app, cookies.get('nurse@large.example'));
  physician = new Client(api.app, cookies.get('physician@large.example'));
}

const NEW_IDS = [
  'id',
  'case_id',
  'patient_id',
  'course_id',
  'injection_id',
  'milestone_id',
  'alert_id',
  'subject_id',
  'event_id',
  'cause_event_id',
  'route_decision_id',
];

/** The same histories over and over under other ids and record numbers: for a plan it is their number that matters. */
async function multiply(owner: pg.Client, times: number): Promise<void> {
  await owner.query("SET session_replication_role = 'replica'");
  for (const table of TABLE_NAMES.map(tableName)) {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
      [table],
    );
    const columns = rows.map(({ name }) => name);
    const copied = columns.map((name) => {
      if (NEW_IDS.includes(name)) return `overlay(overlay(md5(${name}::text || n) placing '7' from 13) placing '8' from 17)::uuid`;
      return name === 'record_number' ? "record_number || '-' || n" : name;
    });
    await owner.query(
      `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${copied.join(', ')} FROM ${table}, generate_series(2, ${times}) AS n`,
    );
  }
  await owner.query('RESET session_replication_role');
}

/** What a day of phoning leaves behind: of the overdue, every tenth will come tomorrow and every tenth declined. */
async function phone(owner: pg.Client): Promise<void> {
  await owner.query(`
    UPDATE course c SET contact_outcome = CASE n % 10 WHEN 0 THEN 'will-come' ELSE 'declined' END, contact_on = CASE n % 10 WHEN 0 THEN date '2026-11-21' END
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM course WHERE next_due_on < '2026-11-20' AND ended_on IS NULL) o
     WHERE c.id = o.id AND n % 10 < 2`);
}

async function watchPlans(owner: pg.Client): Promise<void> {
  await owner.query("LOAD 'auto_explain'");
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
    'auto_explain.log_nested_statements': 'on',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_timing': 'off',
  };
  const { rows } = await owner.query<{ name: string }>('SELECT current_database() AS name');
  for (const [name, value] of Object.entries(settings)) await owner.query(`ALTER DATABASE ${rows[0]!.name} SET ${name} = '${value}'`);
  api.database.pool.on('connect', (client) => {
    client.on('notice', ({ message }) => {
      const found = /^duration: .*?plan:\n(\{.*\})$/s.exec(message ?? '')?.[1];
      if (!found) return;
      const { 'Query Text': text, Plan: plan } = JSON.parse(found);
      plans.push({ text, plan });
    });
  });
  // Settings of a database begin with a connection; the pool makes new ones.
  await owner.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'vastus-listener'",
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
}

function* nodesOf(plan: Plan): Generator<Plan> {
  yield plan;
  for (const child of plan.Plans ?? []) yield* nodesOf(child);
}

/** The most rows that one step of the plans since the last question took out of a table, however often it ran. */
function mostRows(table: string): number {
  const nodes = plans.flatMap(({ plan }) => [...nodesOf(plan)]).filter((node) => node['Relation Name'] === table);
  return Math.max(0, ...nodes.map((node) => (node['Actual Rows'] ?? 0) * (node['Actual Loops'] ?? 1)));
}

/** Asks, and says which large tables the statements read from end to end. */
async function scansOf<R extends RouteShape>(
  client: Client,
  shape: R,
  request: Request<R>,
): Promise<{ answer: Answer<R>; scans: string[]; reads: string[] }> {
  plans.length = 0;
  const answer = await client.ok(shape, request);
  const nodes = plans.flatMap(({ plan, text }) => [...nodesOf(plan)].map((node) => ({ node, text })));
  const large = nodes.filter(({ node }) => LARGE.includes(node['Relation Name'] ?? ''));
  const scans = large
    .filter(({ node }) => node['Node Type'] === 'Seq Scan')
    .map(({ node, text }) => `${node['Relation Name']} in: ${text.replace(/\s+/g, ' ').slice(0, 400)}`);
  return { answer, scans, reads: [...new Set(large.map(({ node }) => node['Relation Name']!))].sort() };
}

test.each(['overdue', 'due', 'early', 'arranged', 'physician', 'done'] as const)('the nurse’s day: %s', async (bucket) => {
  const { answer, scans, reads } = await scansOf(nurse, readToday, { query: { bucket, limit: 5 } });
  expect(scans).toEqual([]);
  expect(reads).toEqual(expect.arrayContaining(bucket === 'done' ? ['injection'] : ['course']));
  if (bucket !== 'overdue' && bucket !== 'arranged' && bucket !== 'physician') return;
  expect(answer.items).toHaveLength(5);
  const next = await scansOf(nurse, readToday, { query: { bucket, limit: 5, cursor: answer.nextCursor! } });
  expect(next.scans).toEqual([]);
  expect(next.answer.items.map(({ courseId }) => courseId)).not.toEqual(
    expect.arrayContaining(answer.items.map(({ courseId }) => courseId)),
  );
});

test('the alert queue, its next page, what ended and its numbers', async () => {
  const first = await scansOf(physician, listAlerts, { query: { limit: 20 } });
  expect(first.answer.items).toHaveLength(20);
  expect(first.reads).toContain('alert');
  const more = [
    first,
    await scansOf(physician, listAlerts, { query: { limit: 20, cursor: first.answer.nextCursor! } }),
    await scansOf(physician, listAlerts, { query: { limit: 20, show: 'ended' } }),
    await scansOf(physician, listAlerts, { query: { limit: 20, show: 'snoozed' } }),
    await scansOf(nurse, listAlerts, { query: { limit: 20 } }),
  ];
  expect(more.flatMap(({ scans }) => scans)).toEqual([]);
  expect((await scansOf(physician, countAlerts, { query: {} })).scans).toEqual([]);
});

test('the queue by person: no view of it passes more alerts than the page may, at its beginning or at its end', async () => {
  const limit = 10;
  const views = [
    {},
    { priority: 'normal' as const },
    { ruleId: 'MON-3-6-12' },
    { ruleId: 'RX-OVERDUE', ownerRole: 'nurse' as const },
    { show: 'snoozed' as const },
  ];
  for (const view of views) {
    const first = await scansOf(physician, readAlertQueue, { query: { ...view, limit } });
    expect(first.scans).toEqual([]);
    expect(first.reads).toEqual(['alert', 'milestone', 'patient']);
    expect(first.answer.items.length).toBeGreaterThan(0);
    expect(first.answer.nextCursor).not.toBeNull();
    expect(mostRows('alert')).toBeLessThanOrEqual(limit * 40);
    const next = await scansOf(physician, readAlertQueue, { query: { ...view, limit, cursor: first.answer.nextCursor! } });
    expect(next.scans).toEqual([]);
    expect(mostRows('alert')).toBeLessThanOrEqual(limit * 40);
  }
  // The far end, where nearly every alert is somebody's second.
  const { items } = await physician.ok(listAlerts, { query: { limit: 1 } });
  expect(items).toHaveLength(1);
  const deep = Buffer.from(JSON.stringify([4, '1900-01-01T00:00:00.000Z', items[0]!.id])).toString('base64url');
  const end = await scansOf(physician, readAlertQueue, { query: { limit, cursor: deep } });
  expect(end.scans).toEqual([]);
  expect(mostRows('alert')).toBeLessThanOrEqual(limit * 40);
});

test('the numbers of the home page', async () => {
  const { scans } = await scansOf(nurse, readSummary, {});
  // Half of all courses are in their early window on any day: an index saves nothing there, and the count stops at its cap.
  expect(scans.filter((scan) => !scan.startsWith('course in:'))).toEqual([]);
});

test.each([
  ['a name with an accent', { q: 'müller ange' }],
  ['a part of a name', { q: 'zimmerm' }],
  ['two letters', { q: 'kö' }],
  ['another alphabet', { q: 'шевч' }],
  ['a record number', { q: '100123' }],
  ['a birth date', { bornOn: '1950-03-03' }],
  ['everybody, by name', {}],
])('search: %s', async (_, body) => {
  const { answer, scans, reads } = await scansOf(nurse, searchPatients, { query: { limit: 10 }, body });
  expect(scans).toEqual([]);
  expect(reads).toContain('patient');
  if (answer.nextCursor)
    expect((await scansOf(nurse, searchPatients, { query: { limit: 10, cursor: answer.nextCursor }, body })).scans).toEqual([]);
});

/** One of those that were drawn, not of their copies: its history is the same in every run. */
async function drawnPatient(): Promise<string> {
  const { answer } = await scansOf(nurse, searchPatients, { query: { limit: 50 }, body: { q: '100123' } });
  return answer.items.find(({ recordNumber }) => recordNumber === '100123')!.id;
}

test('a chart', async () => {
  const { scans, reads } = await scansOf(physician, readChart, { params: { patientId: await drawnPatient() } });
  expect(scans).toEqual([]);
  expect(reads).toEqual([...LARGE].sort());
});

test('a timeline, its next page and one kind of it', async () => {
  const params = { patientId: await drawnPatient() };
  const first = await scansOf(physician, readTimeline, { params, query: { limit: 10 } });
  const next = await scansOf(physician, readTimeline, { params, query: { limit: 10, cursor: first.answer.nextCursor! } });
  const doses = await scansOf(physician, readTimeline, { params, query: { limit: 10, kind: 'injection' } });
  expect([...first.scans, ...next.scans, ...doses.scans]).toEqual([]);
});

test('injections and results, latest first', async () => {
  const injections = await scansOf(nurse, listInjections, { query: { limit: 10 } });
  const results = await scansOf(nurse, listLabResults, { query: { limit: 10 } });
  expect([...injections.scans, ...results.scans]).toEqual([]);
  expect((await scansOf(nurse, listInjections, { query: { limit: 10, cursor: injections.answer.nextCursor! } })).scans).toEqual([]);
  expect((await scansOf(nurse, listLabResults, { query: { limit: 10, cursor: results.answer.nextCursor! } })).scans).toEqual([]);
});
