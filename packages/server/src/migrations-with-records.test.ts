// A clinic's data passes every migration: from each of them as a starting point, with the data that could stand there, to the newest.
// Nothing is lost, what a migration turns into something else is the same afterwards, what was derived follows from the facts (or is made
// good by the worker's own means), and the seal of the audit trail still holds.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { editPatient } from '@vastus/contract';
import { Database, findMigrations, migrate } from '@vastus/db';
import pg from 'pg';
import { readTrail } from './modules/audit-seal/trail.js';
import { ObligationsService } from './modules/obligations/obligations.service.js';
import { type Deviation, replayClinic } from './modules/obligations/replay.js';
import * as build from './testing/build.js';
import { Client } from './testing/clients.js';
import { startTestApi } from './testing/index.js';
import { SCENE_NOW, Scene } from './testing/scene.js';
import { sentOf } from './testing/spoil.js';
import { callerOf, ROUTE_NAMES, shapeOf, validRequest } from './testing/valid-requests.js';

type Row = Record<string, unknown>;
type Tables = ReadonlyMap<string, readonly Row[]>;

const migrations = readdirSync(findMigrations(), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
/** From the first schema that held every fact by which an alert of today was closed: before the calls there was no released version. */
const STARTS = migrations.slice(migrations.indexOf('0008_contact_attempts'), -1);

/**
 * What rows of today were before a migration, where leaving out its columns and tables is not enough. `null`: such a row could not stand
 * there. A migration that turns data into something else gets a line here, and one in `BECOMES`.
 */
const BEFORE: Readonly<Record<string, { table: string; row: (row: Row) => Row | null }>> = {
  '0011_examination_by_muscle': {
    table: 'examination',
    row: (row) => ({ ...row, strength: undefined, mrc: { 'foot-dorsiflexion': 2, 'hip-flexion': 4 }, note: 'as it was' }),
  },
  '0013_event_versions': {
    table: 'adverse_event',
    row: (row) =>
      row['version'] === 1 ? { ...row, state: row['state'] === 'superseded' ? 'effective' : row['state'], amends_id: null } : null,
  },
};
/** What those rows are afterwards. */
const BECOMES: Readonly<Record<string, { table: string; fields: readonly string[]; is: (row: Row) => boolean }>> = {
  '0011_examination_by_muscle': {
    table: 'examination',
    fields: ['strength', 'note'],
    is: ({ strength, note }) =>
      JSON.stringify(strength) === JSON.stringify([{ side: 'right', grade: 2, muscle: 'tibialis-anterior' }]) &&
      note === 'as it was\nhip-flexion: 4/5 (MRC)',
  },
  '0013_event_versions': { table: 'adverse_event', fields: ['case_id'], is: ({ id, case_id }) => id === case_id },
};

const clinicIds: string[] = [];
let history: Tables;
let adminUrl: string;

beforeAll(async () => {
  adminUrl = process.env['TEST_DATABASE_URL']!;
  const api = await startTestApi({ now: '2026-11-20T08:00:00.000Z' });
  try {
    const scene = new Scene(api, api.clinic);
    clinicIds.push(scene.clinic.id);
    await api.clock.set(SCENE_NOW);
    for (const name of ROUTE_NAMES.filter((route) => shapeOf(route).method !== 'GET' && 'needs' in shapeOf(route).access)) {
      const shape = shapeOf(name);
      const { method, url, body, headers } = sentOf(shape, await validRequest(name, scene));
      const client = new Client(api.app, await api.session(scene.clinic.members[callerOf(shape)].userId));
      expect([name, (await client.send(method, url, body, headers)).status < 400]).toEqual([name, true]);
    }
    const { id: patientId, version, recordNumber, familyName, givenName, birthDate, sex } = await build.patient(scene.clinic);
    await build.course(scene.clinic, patientId);
    await scene.clinic.physician.ok(editPatient, {
      params: { patientId },
      body: { recordNumber, familyName, givenName, birthDate, sex, folicAcidMgPerDay: 5, overrideReason: 'haematology asked for it' },
      headers: { 'if-match': `"${version}"` },
    });
    await api.runJob('seal-audit-trail', {});
    history = await withClient(api.ownerUrl, read);
  } finally {
    await api.close();
  }
}, 300_000);

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function tablesOf(client: pg.Client): Promise<Map<string, Set<string>>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT n.nspname || '.' || c.relname AS name, array_agg(a.attname::text) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relkind = 'r' AND (n.nspname = 'public' AND c.relname NOT IN ('_prisma_migrations', 'test_clock') OR n.nspname = 'auth' AND c.relname IN ('user', 'account'))
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' GROUP BY 1 ORDER BY 1`,
  );
  return new Map(rows.map(({ name, columns }) => [name, new Set(columns)]));
}

const quoted = (name: string) =>
  name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');

async function read(client: pg.Client): Promise<Tables> {
  const tables = new Map<string, Row[]>();
  for (const name of (await tablesOf(client)).keys())
    tables.set(
      name,
      (await client.query<{ row: Row }>(`SELECT to_jsonb(t) AS row FROM ${quoted(name)} t`)).rows.map(({ row }) => row),
    );
  return tables;
}

/** The rows of today as they could stand after `start`. */
function asOf(start: string, name: string, rows: readonly Row[]): Row[] {
  let made: readonly Row[] = rows;
  for (const [migration, { table, row }] of Object.entries(BEFORE))
    if (migration > start && name === `public.${table}`) made = made.map(row).filter((one) => one !== null);
  return [...made];
}

/** Past triggers and references, which speak about what happens while people work; checks and types hold. */
async function load(client: pg.Client, start: string): Promise<Map<string, Row[]>> {
  const loaded = new Map<string, Row[]>();
  await client.query('SET session_replication_role = replica');
  for (const [name, columns] of await tablesOf(client)) {
    const rows = asOf(start, name, history.get(name) ?? []);
    const values = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => columns.has(column))));
    await client.query(`DELETE FROM ${quoted(name)}`);
    // A column that a row of today does not have any more keeps its default.
    for (const value of values) {
      const given = Object.keys(value)
        .map((column) => `"${column}"`)
        .join(', ');
      await client.query(`INSERT INTO ${quoted(name)} (${given}) SELECT ${given} FROM jsonb_populate_record(NULL::${quoted(name)}, $1)`, [
        JSON.stringify(value),
      ]);
    }
    loaded.set(name, values);
  }
  await client.query('RESET session_replication_role');
  return loaded;
}

const keyOf = (row: Row, columns: ReadonlySet<string>) =>
  JSON.stringify(
    Object.entries(row)
      .filter(([column, value]) => columns.has(column) && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

test('there is something in the tables that migrations change', () => {
  for (const table of [
    'patient',
    'injection',
    'adverse_event',
    'examination',
    'lab_result',
    'milestone',
    'alert',
    'audit_entry',
    'audit_seal',
    'folic_acid_override',
    'membership',
  ])
    expect([table, history.get(`public.${table}`)?.length]).toEqual([table, expect.any(Number)]);
  for (const { table } of Object.values(BEFORE)) expect(history.get(`public.${table}`)!.length).toBeGreaterThan(0);
  expect(STARTS.length).toBeGreaterThan(10);
});

test.each(STARTS)(
  'from %s to the newest',
  async (start) => {
    const name = `vastus_from_${process.pid}_${start.replace(/\W/g, '').slice(0, 30)}`;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'vastus-start-'));
    for (const migration of migrations.filter((one) => one <= start)) {
      mkdirSync(path.join(folder, migration));
      cpSync(path.join(findMigrations(), migration), path.join(folder, migration), { recursive: true });
    }
    const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).toString();
    await withClient(adminUrl, (admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE template0`));
    const database = new Database({
      url: Object.assign(new URL(url), { username: 'vastus_test_app', password: 'vastus_test_app' }).toString(),
      max: 2,
    });
    try {
      await migrate(url, { migrationsDir: folder });
      const before = await withClient(url, (client) => load(client, start));
      // Two instances of the new version start at once.
      const applied = await Promise.all([migrate(url), migrate(url)]);
      expect(applied.map((one) => one.length).sort((a, b) => a - b)).toEqual([0, migrations.length - migrations.indexOf(start) - 1]);

      const after = await withClient(url, read);
      const columns = await withClient(url, tablesOf);
      for (const [table, rows] of before) {
        if (!columns.has(table)) continue;
        const turned = Object.entries(BECOMES).filter(([migration, one]) => migration > start && table === `public.${one.table}`);
        const shared = new Set(
          [...Object.keys(rows[0] ?? {})].filter(
            (column) => columns.get(table)!.has(column) && !turned.some(([, { fields }]) => fields.includes(column)),
          ),
        );
        expect([
          table,
          after
            .get(table)!
            .map((row) => keyOf(row, shared))
            .sort(),
        ]).toEqual([table, rows.map((row) => keyOf(row, shared)).sort()]);
        for (const [migration, { is }] of turned) expect([migration, after.get(table)!.filter((row) => !is(row))]).toEqual([migration, []]);
      }
      // What only the trail had kept stands in a table of its own now.
      const overrides = (tables: Tables) =>
        tables
          .get('public.folic_acid_override')!
          .map(({ patient_id, reason }) => `${patient_id} ${reason}`)
          .sort();
      expect(overrides(after)).toEqual(overrides(history));

      const obligations = new ObligationsService();
      for (const clinicId of clinicIds) {
        const left: Deviation[] = [];
        let patients = 0;
        await replayClinic(
          database,
          clinicId,
          SCENE_NOW,
          (heard) => {
            patients += heard.patients;
            left.push(...heard.deviations);
          },
          (tx, patientId) => obligations.recompute(tx, patientId, SCENE_NOW),
        );
        expect(left).toEqual([]);
        expect(patients).toBeGreaterThan(10);
        expect((await readTrail(database, clinicId)).faults).toBe(0);
      }
    } finally {
      await database.close();
      await withClient(adminUrl, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
