// The wall between clinics, tried with raw SQL by the login the application has: every table, every view and every function that it
// can reach, and every way out of its role. (packages/db/src/walls.test.ts asserts the same from the catalogue.)
import { editPatient } from '@vastus/contract';
import pg from 'pg';
import * as build from './testing/build.js';
import { Client } from './testing/clients.js';
import { ClinicContent } from './testing/clinic-content.js';
import { startTestApi, type TestApi } from './testing/index.js';
import { SCENE_NOW, Scene } from './testing/scene.js';
import { sentOf } from './testing/spoil.js';
import { callerOf, ROUTE_NAMES, shapeOf, validRequest } from './testing/valid-requests.js';

/** What a function that runs as the owner may say of a clinic it was not asked in: the tables whose ids it tells. */
const MAY_TELL: Readonly<Record<string, readonly string[]>> = {
  api_key_with: ['clinic', 'api_key', 'membership'],
  clinic_ids: ['clinic'],
  clinics_called: ['clinic'],
  clinics_with_alerts_to_escalate: ['clinic'],
  clinics_with_idempotency_keys_before: ['clinic'],
  clinics_with_milestones_to_raise: ['clinic'],
  clinics_with_unsealed_entries: ['clinic'],
  derivations_to_apply: ['clinic', 'protocol_version'],
  imports_waiting: ['clinic', 'import_run'],
  invitation_with: ['clinic', 'invitation'],
  memberships_of_user: ['clinic', 'membership'],
  protocol_simulations_waiting: ['clinic', 'protocol_simulation'],
};
/** Tables the login may read that are walled off by nothing: the sign-in, which is of no clinic, the books, and how the installation runs. */
const WITHOUT_WALL = /^(auth|bullmq)\.|^public\.(_prisma_migrations|test_clock|job_run|process_seen|backup_taken)$/;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

let api: TestApi;
let contents: ClinicContent;
let app: pg.Client;
let ours: string;
let theirs: string;
const theirIds = new Map<string, string>();
let theirPatients: { family_name: string; record_number: string; search_name: string; birth_date: string }[];
let tables: string[];

beforeAll(async () => {
  api = await startTestApi({ now: '2026-11-20T08:00:00.000Z' });
  const scenes = [new Scene(api, api.clinic), new Scene(api, await api.newClinic())];
  await api.clock.set(SCENE_NOW);
  // Once through everything that can be asked: afterwards there is something in every table.
  for (const scene of scenes) {
    for (const name of ROUTE_NAMES.filter((route) => !/TestClock$/.test(route))) {
      const shape = shapeOf(name);
      const request = sentOf(shape, await validRequest(name, scene));
      const client = new Client(api.app, await api.session(scene.clinic.members[callerOf(shape)].userId));
      const headers = shape.idempotent ? { ...request.headers, 'idempotency-key': name } : request.headers;
      expect([name, (await client.send(request.method, request.url, request.body, headers)).status < 400]).toEqual([name, true]);
      await api.database.anywhere((q) => q.query('UPDATE auth.session SET ended_at = NULL, end_reason = NULL'));
    }
  }
  for (const { name, payload } of api.enqueued) if (name === 'run-import') await api.runJob(name, payload as never);
  await api.runJob('seal-audit-trail', {});
  await api.runJob('verify-audit-trails', {});
  // The version that was signed comes into force tomorrow; whoever reads a chart by then is not sealed yet.
  await api.clock.advance({ days: 2 });
  await api.runJob('apply-protocol-versions', {});
  for (const scene of scenes) await leaveTheRest(scene);
  contents = await ClinicContent.open(api.ownerUrl);
  [ours, theirs] = scenes.map(({ clinic }) => clinic.id) as [string, string];
  tables = ['clinic', ...contents.tables];
  for (const table of tables) {
    const { rows } = await contents.owner.query(`SELECT * FROM "${table}" WHERE ${keyOf(table)} = $1`, [theirs]);
    for (const { id } of rows) if (typeof id === 'string') theirIds.set(id, table);
  }
  theirPatients = (
    await contents.owner.query(`SELECT family_name, record_number, search_name, birth_date::text FROM patient WHERE clinic_id = $1`, [
      theirs,
    ])
  ).rows;
  app = new pg.Client({ connectionString: api.config.databaseUrl });
  await app.connect();
}, 300_000);
jest.setTimeout(60_000);
beforeEach(async () => {
  await app.query('BEGIN');
  await app.query(`SELECT set_config('vastus.clinic_id', $1, true)`, [ours]);
});
afterEach(() => app.query('ROLLBACK'));
afterAll(async () => {
  await app?.end();
  await contents?.close();
  await api?.close();
});

const keyOf = (table: string) => (table === 'clinic' ? 'id' : 'clinic_id');

/** What no single valid request leaves behind. */
async function leaveTheRest({ clinic }: Scene): Promise<void> {
  const { id: patientId, version, ...patient } = await build.patient(clinic);
  await build.course(clinic, patientId);
  const { recordNumber, familyName, givenName, birthDate, sex } = patient;
  await clinic.physician.ok(editPatient, {
    params: { patientId },
    body: { recordNumber, familyName, givenName, birthDate, sex, folicAcidMgPerDay: 5, overrideReason: 'haematology asked for it' },
    headers: { 'if-match': `"${version}"` },
  });
}

/** What comes of a statement: the number of rows, or the code of the error. */
async function attempt(sql: string, values: unknown[] = []): Promise<number | string> {
  await app.query('SAVEPOINT attempt');
  try {
    return (await app.query(sql, values)).rowCount ?? 0;
  } catch (error) {
    await app.query('ROLLBACK TO attempt');
    return (error as { code?: string }).code ?? String(error);
  }
}

const DENIED = '42501'; // insufficient_privilege: no right, or row-level security refused the row

test('there is something of both clinics in every table', async () => {
  const empty: string[] = [];
  for (const table of tables)
    for (const clinic of [ours, theirs])
      if ((await contents.owner.query(`SELECT 1 FROM "${table}" WHERE ${keyOf(table)} = $1 LIMIT 1`, [clinic])).rowCount === 0)
        empty.push(table);
  expect([...new Set(empty)]).toEqual([]);
});

/** Nothing was found to do it to, or it was refused. */
const FUTILE = [0, DENIED];

describe("another clinic's rows", () => {
  const deeds: Record<string, (table: string, key: string) => string> = {
    read: (t, k) => `SELECT * FROM ${t} WHERE ${k} = $1`,
    locked: (t, k) => `SELECT * FROM ${t} WHERE ${k} = $1 FOR UPDATE`,
    changed: (t, k) => `UPDATE ${t} SET ${k} = ${k} WHERE ${k} = $1`,
    'taken over': (t, k) => `UPDATE ${t} SET ${k} = current_clinic() WHERE ${k} = $1`,
    deleted: (t, k) => `DELETE FROM ${t} WHERE ${k} = $1`,
    'merged over': (t, k) => `MERGE INTO ${t} t USING (SELECT $1::uuid AS c) s ON t.${k} = s.c WHEN MATCHED THEN UPDATE SET ${k} = s.c`,
    'merged away': (t, k) => `MERGE INTO ${t} t USING (SELECT $1::uuid AS c) s ON t.${k} = s.c WHEN MATCHED THEN DELETE`,
  };
  test.each(Object.keys(deeds))('cannot be %s, in no table', async (deed) => {
    const before = await contents.of(theirs);
    const done: unknown[] = [];
    for (const table of tables) {
      const outcome = await attempt(deeds[deed]!(`"${table}"`, keyOf(table)), [theirs]);
      if (!FUTILE.includes(outcome)) done.push([table, outcome]);
    }
    expect(done).toEqual([]);
    expect(await contents.of(theirs)).toBe(before);
  });

  test('are not among all rows of any table', async () => {
    for (const table of tables) {
      const { rows } = await contents.owner.query(`SELECT count(*)::int AS own FROM "${table}" WHERE ${keyOf(table)} = $1`, [ours]);
      const seen = await attempt(`SELECT * FROM "${table}"`);
      expect([table, seen]).toEqual([table, rows[0].own]);
    }
    const emptied = await attempt('DELETE FROM idempotency_key');
    expect(emptied).toBeGreaterThan(0);
    expect((await contents.owner.query('SELECT 1 FROM idempotency_key WHERE clinic_id = $1', [theirs])).rowCount).toBeGreaterThan(0);
  });

  test('cannot be added, whatever the key, nor by giving away what is ours', async () => {
    const done: unknown[] = [];
    for (const table of tables) {
      const { rows } = await contents.owner.query(`SELECT to_jsonb(t) AS row FROM "${table}" t WHERE ${keyOf(table)} = $1 LIMIT 1`, [
        theirs,
      ]);
      const copies = [
        rows[0].row,
        { ...rows[0].row, ...('id' in rows[0].row && table !== 'clinic' ? { id: '01890000-0000-7000-8000-000000000001' } : {}) },
      ];
      const columns = await contents.owner.query<{ names: string }>(
        `SELECT string_agg(quote_ident(attname), ', ') AS names FROM pg_attribute
          WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
        [table],
      );
      const { names } = columns.rows[0]!;
      const into = `INSERT INTO "${table}" (${names}) SELECT ${names} FROM jsonb_populate_record(NULL::"${table}", $1)`;
      for (const copy of copies) {
        for (const sql of [into, `${into} ON CONFLICT DO NOTHING`]) {
          const outcome = await attempt(sql, [JSON.stringify(copy)]);
          if (outcome !== DENIED) done.push([table, outcome]);
        }
      }
      const given = await attempt(`UPDATE "${table}" SET ${keyOf(table)} = $1`, [theirs]);
      // What refuses every change refuses this one, too, before the wall is reached.
      if (given !== DENIED && given !== '23000') done.push([table, 'given away', given]);
    }
    expect(done).toEqual([]);
  });

  test('are not told by what is no table: statistics, copies, a function in the condition, a view of our own', async () => {
    await contents.owner.query('ANALYZE patient');
    expect(await attempt(`SELECT * FROM pg_stats WHERE schemaname = 'public' AND tablename = 'patient'`)).toBe(0);
    expect(await attempt('SELECT * FROM pg_statistic')).toBe(DENIED);
    // A condition of ours that tells what it sees is asked after the wall, not before.
    const heard: string[] = [];
    app.on('notice', ({ message }) => heard.push(message ?? ''));
    await app.query(
      `CREATE FUNCTION pg_temp.tell(name text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$ BEGIN RAISE NOTICE '%', name; RETURN true; END $$`,
    );
    await app.query('SELECT id FROM patient WHERE pg_temp.tell(family_name)');
    app.removeAllListeners('notice');
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.filter((name) => theirPatients.some(({ family_name }) => family_name === name && /^Family/.test(name)))).toEqual([]);
    const { rows } = await contents.owner.query('SELECT count(*)::int AS own FROM patient WHERE clinic_id = $1', [ours]);
    await app.query('CREATE TEMP VIEW everybody AS SELECT * FROM patient');
    expect(await attempt('SELECT * FROM everybody')).toBe(rows[0].own);
    await app.query('CREATE VIEW bullmq.everybody AS SELECT * FROM patient');
    expect(await attempt('SELECT * FROM bullmq.everybody')).toBe(rows[0].own);
    // What stands before a table of the same name fools nobody who runs as the owner.
    await app.query(`CREATE TEMP TABLE milestone AS SELECT current_clinic() AS clinic_id, 'planned' AS state, now() AS opens_at`);
    await app.query(`CREATE FUNCTION pg_temp.current_clinic() RETURNS uuid LANGUAGE sql AS $$ SELECT '${theirs}'::uuid $$`);
    await app.query('SET LOCAL search_path = pg_temp, public');
    expect(await attempt('SELECT * FROM public.patient')).toBe(rows[0].own);
  });

  test('are out of reach without a clinic, and with a clinic that is none', async () => {
    for (const clinic of ['', '00000000-0000-0000-0000-000000000000']) {
      await app.query(`SELECT set_config('vastus.clinic_id', $1, true)`, [clinic]);
      for (const table of tables) expect([table, await attempt(`SELECT * FROM "${table}"`)]).toEqual([table, 0]);
    }
    await app.query(`SELECT set_config('vastus.clinic_id', 'no clinic', true)`);
    expect(await attempt('SELECT * FROM patient')).toBe('22P02');
  });
});

describe('what the login can reach', () => {
  test('is a table with a wall, or one of the few that belong to no clinic', async () => {
    const { rows } = await app.query<{ name: string }>(
      `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'm', 'f') AND NOT c.relrowsecurity AND n.nspname NOT IN ('pg_catalog', 'information_schema')
          AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')`,
    );
    expect(rows.map(({ name }) => name).filter((name) => !WITHOUT_WALL.test(name))).toEqual([]);
    const columns = await app.query(`SELECT table_name, column_name FROM information_schema.columns
      WHERE table_schema IN ('auth', 'bullmq') AND column_name ~ '(patient|birth|record_number|family_name|given_name)'`);
    expect(columns.rows).toEqual([]);
  });

  test('is no view that looks with the eyes of its owner', async () => {
    const find = async () => {
      const { rows } = await contents.owner.query<{ name: string }>(
        `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_t%'
            AND has_any_column_privilege('vastus_app', c.oid, 'SELECT')
            AND NOT (c.relkind = 'v' AND coalesce(c.reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on'])`,
      );
      return rows.map(({ name }) => name);
    };
    expect(await find()).toEqual([]);
    await contents.owner.query('CREATE VIEW everybody AS SELECT * FROM patient; GRANT SELECT ON everybody TO vastus_app');
    try {
      expect(await find()).toEqual(['everybody']);
      expect(await attempt('SELECT * FROM everybody WHERE clinic_id = $1', [theirs])).toBeGreaterThan(0);
    } finally {
      await app.query('ROLLBACK');
      await contents.owner.query('DROP VIEW everybody');
    }
  });

  test('is no function that tells of another clinic more than the ids it is there for', async () => {
    const { rows: functions } = await app.query<{ name: string; call: string; types: string[] }>(
      `SELECT p.proname AS name, n.nspname || '.' || quote_ident(p.proname) AS call,
              ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes::oid[]) AS t) AS types
         FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_t%' AND p.prokind = 'f'
          AND p.prorettype <> 'trigger'::regtype AND has_function_privilege(p.oid, 'EXECUTE')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`,
    );
    expect(functions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['search_patients', 'rules_stored', ...Object.keys(MAY_TELL)]),
    );
    const hashes = await contents.owner.query<{ text: string }>(
      `SELECT token_hash AS text FROM api_key WHERE clinic_id = $1 UNION ALL SELECT token_hash FROM invitation WHERE clinic_id = $1
       UNION ALL SELECT user_id FROM membership WHERE clinic_id = $1 UNION ALL SELECT name FROM clinic WHERE id = $1
       UNION ALL SELECT lower(record_number) FROM patient WHERE clinic_id = $1`,
      [theirs],
    );
    const words = [...new Set(theirPatients.flatMap(({ search_name }) => search_name.split(' ')))];
    const args: Record<string, readonly unknown[]> = {
      text: hashes.rows.map(({ text }) => text),
      'text[]': [words.slice(0, 1), ['a'], ['fam'], []],
      uuid: [theirs, ...theirIds.keys()].slice(0, 40),
      'timestamp with time zone': ['2100-01-01T00:00:00Z', '1900-01-01T00:00:00Z'],
      integer: [1_000_000, 0],
      bigint: [1_000_000, 0],
      date: [theirPatients[0]!.birth_date, '1960-05-17'],
    };
    const told: unknown[] = [];
    const toldAnything = new Set<string>();
    for (const { name, call, types } of functions.filter((one) => !one.call.startsWith('bullmq.'))) {
      for (let turn = 0; turn < 60; turn++) {
        const values = types.map((type) => args[type]?.[turn % args[type].length] ?? null);
        const holes = values.map((_, index) => `$${index + 1}`).join(', ');
        await app.query('SAVEPOINT attempt');
        const rows = await app.query(`SELECT to_jsonb(t) AS t FROM ${call}(${holes}) AS t`, values).then(
          (answer) => answer.rows,
          () => [],
        );
        await app.query('ROLLBACK TO attempt');
        const text = JSON.stringify(rows);
        for (const id of text.match(UUID) ?? []) {
          const table = theirIds.get(id);
          if (table === undefined) continue;
          toldAnything.add(name);
          if (!MAY_TELL[name]?.includes(table)) told.push([name, table]);
        }
        for (const { family_name, record_number } of theirPatients)
          if (text.includes(`"${record_number}"`) || text.includes(`"${family_name}"`)) told.push([name, 'a patient']);
      }
    }
    expect(told).toEqual([]);
    expect([...toldAnything]).toEqual(expect.arrayContaining(['api_key_with', 'memberships_of_user', 'clinic_ids']));
  });
});

describe('the login cannot', () => {
  const deeds: Record<string, readonly string[]> = {
    'become somebody else': [
      'SET ROLE $owner',
      'SET ROLE pg_read_all_data',
      'SET ROLE pg_write_all_data',
      'SET SESSION AUTHORIZATION $owner',
      'ALTER ROLE CURRENT_USER BYPASSRLS',
      'ALTER ROLE CURRENT_USER SUPERUSER',
      'CREATE ROLE stranger',
      'GRANT $owner TO CURRENT_USER',
      'GRANT pg_read_all_data TO vastus_app',
    ],
    'take the wall down': [
      'ALTER TABLE patient DISABLE ROW LEVEL SECURITY',
      'ALTER TABLE patient NO FORCE ROW LEVEL SECURITY',
      'DROP POLICY same_clinic ON patient',
      'ALTER POLICY same_clinic ON patient USING (true)',
      'CREATE POLICY everybody ON patient USING (true)',
      'ALTER TABLE patient OWNER TO CURRENT_USER',
      'CREATE OR REPLACE FUNCTION public.current_clinic() RETURNS uuid LANGUAGE sql AS $$ SELECT NULL::uuid $$',
      'ALTER FUNCTION public.current_clinic() SECURITY DEFINER',
      'ALTER FUNCTION public.search_patients SET search_path = pg_temp',
      'DROP TABLE patient CASCADE',
      'CREATE RULE everybody AS ON SELECT TO patient DO INSTEAD SELECT * FROM patient',
      'GRANT SELECT ON pg_statistic TO vastus_app',
    ],
    'silence what watches': [
      'ALTER TABLE audit_entry DISABLE TRIGGER ALL',
      'ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_is_append_only',
      'DROP TRIGGER audit_entry_is_append_only ON audit_entry',
      'CREATE TRIGGER quiet BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      'ALTER TABLE injection DISABLE TRIGGER injection_against_stop_is_told',
      'SET session_replication_role = replica',
      'TRUNCATE audit_entry',
      'TRUNCATE audit_seal',
      'UPDATE audit_entry SET action = action',
      'DELETE FROM audit_entry',
      'DELETE FROM audit_seal',
    ],
    'put something of its own beside the tables': [
      'CREATE TABLE public.mine (id int)',
      'CREATE VIEW public.mine AS SELECT * FROM patient',
      'CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
      'CREATE TABLE auth.mine (id int)',
      'CREATE SCHEMA mine',
      'CREATE EXTENSION dblink',
      'CREATE EXTENSION file_fdw',
    ],
    'leave the database': [
      "COPY patient TO PROGRAM 'cat'",
      "COPY (SELECT 1) TO '/tmp/vastus-wall'",
      "SELECT pg_read_file('/etc/passwd')",
      "SELECT pg_ls_dir('/')",
      "SELECT lo_import('/etc/passwd')",
      'SELECT pg_reload_conf()',
      'SELECT * FROM pg_authid',
      'ALTER DATABASE postgres SET search_path = pg_temp',
    ],
  };
  test.each(Object.keys(deeds))('%s', async (deed) => {
    const { rows } = await contents.owner.query<{ owner: string }>('SELECT quote_ident(current_user) AS owner');
    const outcomes: unknown[] = [];
    for (const sql of deeds[deed]!) {
      const outcome = await attempt(sql.replace('$owner', rows[0]!.owner));
      if (outcome !== DENIED) outcomes.push([sql, outcome]);
    }
    expect(outcomes).toEqual([]);
  });

  test('change the settings of the server', async () => {
    await app.query('ROLLBACK');
    await expect(app.query('ALTER SYSTEM SET log_statement = off')).rejects.toMatchObject({ code: DENIED });
  });

  test('look past the wall: asking for that fails instead of answering', async () => {
    expect(await attempt('SET LOCAL row_security = off')).toBe(0);
    expect(await attempt('SELECT * FROM patient')).toBe(DENIED);
  });
});
