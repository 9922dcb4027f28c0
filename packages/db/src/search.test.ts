// Finding patients and paging worklists as the application role: under row-level security only conditions with leakproof
// operators may reach an index, so each kind the lists rely on is looked at here.
import pg from 'pg';
import type { Database } from './database.js';
import { createTestDatabase, type TestDatabase } from './testing.js';
import { aClinic, aPatient } from './testing-rows.js';
import type { Tx } from './tx.js';

let test_: TestDatabase;
let db: Database;
let owner: pg.Client;
let clinic: { clinicId: string };
beforeAll(async () => {
  test_ = await createTestDatabase();
  db = test_.database;
  clinic = await aClinic(db);
  owner = new pg.Client({ connectionString: test_.ownerUrl });
  await owner.connect();
  // Names that differ enough for a planner to think a word of them rare.
  await owner.query(
    `INSERT INTO patient (clinic_id, id, record_number, family_name, given_name, search_name, birth_date, sex, recorded_at)
     SELECT $1, gen_random_uuid(), 'F-' || i, f, 'Filler', 'filler ' || f || ' filler ' || f, date '1940-01-01' + i, 'unknown', '2026-01-01'
       FROM generate_series(1, 20000) i, LATERAL (SELECT translate(md5(i::text), '0123456789', 'ghijklmnop') AS f) named`,
    [clinic.clinicId],
  );
  await owner.query('VACUUM ANALYZE patient');
});
afterAll(async () => {
  await owner.end();
  await test_.drop();
});

type Asked = { words?: string[]; record?: string; born?: string; size?: number; after?: string[] };
const search = (scope: { clinicId: string }, { words, record, born, size = 50, after = [] }: Asked) =>
  db.transaction(scope, (tx) =>
    tx.many<{ id: string; familyName: string; givenName: string }>(
      `SELECT p.id, p.family_name, p.given_name FROM search_patients($1, $2, $3, $4, $5, $6, $7) found
         JOIN patient p ON p.id = found.id ORDER BY p.family_name, p.given_name, p.id`,
      [words ?? null, record ?? null, born ?? null, size, after[0] ?? null, after[1] ?? null, after[2] ?? null],
    ),
  );
const names = async (asked: Asked) => (await search(clinic, asked)).map((row) => `${row.givenName} ${row.familyName}`);

describe('search_patients', () => {
  beforeAll(async () => {
    const people = [
      ['Zoë', 'Gruber', 'zoe gruber zoe gruber', 'VX-0815', '1951-03-04'],
      ['Xaver', 'Zogruber', 'xaver zogruber xaver zogruber', 'VX-0816', '1951-03-05'],
      ['Li', 'Wu', 'li wu li wu', 'VY_1', '1951-03-04'],
    ] as const;
    await db.transaction(clinic, async (tx) => {
      for (const [givenName, familyName, searchName, recordNumber, birthDate] of people) {
        await aPatient(tx, { givenName, familyName, searchName, recordNumber, birthDate });
      }
    });
  });

  it('finds parts of names, in any order, and short words at the start of a name', async () => {
    expect(await names({ words: ['grub'] })).toEqual(['Zoë Gruber', 'Xaver Zogruber']);
    expect(await names({ words: ['gruber', 'zoe'] })).toEqual(['Zoë Gruber']);
    expect(await names({ words: ['zo', 'grub'] })).toEqual(['Zoë Gruber', 'Xaver Zogruber']);
    expect(await names({ words: ['wu', 'l'] })).toEqual(['Li Wu']);
    expect(await names({ words: ['ub', 'zoe'] })).toEqual([]);
  });

  it('finds record numbers by their beginning and patients by birth date, and both together', async () => {
    expect(await names({ record: 'vx-08' })).toEqual(['Zoë Gruber', 'Xaver Zogruber']);
    expect(await names({ born: '1951-03-04', words: ['li'] })).toEqual(['Li Wu']);
    expect(await names({ born: '1951-03-05', record: 'VX' })).toEqual(['Xaver Zogruber']);
  });

  it('takes the characters of patterns for themselves, and finds nobody when asked nothing', async () => {
    for (const words of [['%'], ['gru_er'], ["'"], ['\\'], ['']]) expect(await names({ words })).toEqual([]);
    expect(await names({ record: 'VY_' })).toEqual(['Li Wu']);
    expect(await names({ record: 'V_' })).toEqual([]);
    expect(await names({})).toEqual([]);
  });

  it('goes on after the last row of a page', async () => {
    const [first] = await search(clinic, { words: ['grub'], size: 1 });
    expect(await names({ words: ['grub'], after: [first!.familyName, first!.givenName, first!.id] })).toEqual(['Xaver Zogruber']);
  });

  it('finds nobody of another clinic', async () => {
    expect(await search(await aClinic(db), { words: ['gruber'] })).toEqual([]);
  });

  it('uses the indexes made for it', async () => {
    const asked: [index: string, words: string[] | null, record: string | null, born: string | null][] = [
      ['patient_search', ['gruber'], null, null],
      ['patient_search', ['gruber', 'z'], null, null],
      ['patient_record_search', null, 'VX-', null],
      ['patient_by_birth_date', null, null, '1951-03-04'],
    ];
    // This connection's own counters: what others do at the same time is not in them.
    const scans = (tx: Tx) =>
      tx.many<{ relname: string; scans: number }>(`SELECT relname, pg_stat_get_xact_numscans(oid) AS scans FROM pg_class
        WHERE oid = 'patient'::regclass OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = 'patient'::regclass) ORDER BY relname`);
    for (const [index, ...question] of asked) {
      const [before, after] = await db.transaction(clinic, async (tx) => {
        const first = await scans(tx);
        await tx.query('SELECT FROM search_patients($1, $2, $3, 50)', question);
        return [first, await scans(tx)];
      });
      const used = after!.filter((row, i) => row.scans > before![i]!.scans).map((row) => row.relname);
      expect(used).toEqual([index]);
    }
  });
});

describe('conditions that reach an index under row-level security', () => {
  const id = '00000000-0000-7000-8000-000000000000';
  const queries: [index: string, condition: string, sql: string][] = [
    [
      'patient_by_name',
      'ROW(family_name, given_name, id) >',
      `SELECT * FROM patient WHERE (family_name, given_name, id) > ('m', 'm', '${id}') ORDER BY family_name, given_name, id LIMIT 50`,
    ],
    ['patient_by_birth_date', 'birth_date =', `SELECT * FROM patient WHERE birth_date = '1960-01-01' ORDER BY id LIMIT 50`],
    [
      'alert_waiting',
      'ROW(priority_rank, due_at, id) >',
      `SELECT * FROM alert WHERE owner_role = 'physician' AND state IN ('open', 'acknowledged') AND (priority_rank, due_at, id) > (1, '2026-01-01', '${id}') ORDER BY priority_rank, due_at, id LIMIT 50`,
    ],
    [
      'alert_by_time',
      'ROW(raised_at, id) <',
      `SELECT * FROM alert WHERE (raised_at, id) < ('2026-01-01', '${id}') ORDER BY raised_at DESC, id DESC LIMIT 50`,
    ],
    [
      'milestone_to_raise',
      'opens_at <=',
      `SELECT * FROM milestone WHERE state = 'planned' AND opens_at <= '2026-01-01' ORDER BY opens_at, id LIMIT 500 FOR UPDATE SKIP LOCKED`,
    ],
    [
      'course_due',
      'next_due_on <=',
      `SELECT * FROM course WHERE next_due_on <= '2026-01-01' AND ended_on IS NULL ORDER BY next_due_on, id LIMIT 50`,
    ],
    ['injection_of_patient', 'patient_id =', `SELECT * FROM injection WHERE patient_id = '${id}' ORDER BY given_at DESC, id LIMIT 50`],
    [
      'audit_entry_by_time',
      'ROW(at, id) <',
      `SELECT * FROM audit_entry WHERE (at, id) < ('2026-01-01', '${id}') ORDER BY at DESC, id DESC LIMIT 50`,
    ],
  ];
  it.each(queries)('%s: %s', async (index, condition, sql) => {
    const plan = await db.transaction(clinic, async (tx) => {
      await tx.query(`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`);
      return (await tx.many<Record<string, string>>(`EXPLAIN ${sql}`)).map((row) => Object.values(row)[0]).join('\n');
    });
    expect(plan).toMatch(new RegExp(`Index Scan (Backward )?using ${index} `));
    expect(plan.match(/Index Cond: (.*)/)?.[1]).toContain(condition);
    expect(plan).not.toContain('Sort');
  });
});
