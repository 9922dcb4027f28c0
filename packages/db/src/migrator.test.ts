import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { findMigrations, MigrationError, migrate, pendingMigrations } from './migrator.js';
import { createTestDatabase, type TestDatabase } from './testing.js';

let test_: TestDatabase;
let owner: pg.Client;
let dir: string;
beforeEach(async () => {
  test_ = await createTestDatabase();
  owner = new pg.Client({ connectionString: test_.ownerUrl });
  await owner.connect();
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-migrations-'));
  fs.cpSync(findMigrations(), dir, { recursive: true });
});
afterEach(async () => {
  fs.rmSync(dir, { recursive: true, force: true });
  await owner.end();
  await test_.drop();
});

function write(name: string, sql: string) {
  fs.mkdirSync(path.join(dir, name), { recursive: true });
  fs.writeFileSync(path.join(dir, name, 'migration.sql'), sql);
}
const run = () => migrate(test_.ownerUrl, { migrationsDir: dir });
const exists = async (table: string) => (await owner.query('SELECT to_regclass($1) AS found', [table])).rows[0].found !== null;

it('applies what is new, once, in order, even when several start at the same moment', async () => {
  write('9001_first', 'CREATE TABLE first (id int)');
  write('9002_second', 'ALTER TABLE first RENAME TO second');
  const applied = await Promise.all([run(), run(), run()]);
  expect(applied.toSorted((a, b) => b.length - a.length)).toEqual([['9001_first', '9002_second'], [], []]);
  expect(await exists('second')).toBe(true);
});

it('keeps the books that Prisma keeps', async () => {
  const { rows } = await owner.query('SELECT * FROM _prisma_migrations ORDER BY started_at');
  expect(rows[0]).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    finished_at: expect.any(Date),
    migration_name: '0001_foundation',
    logs: null,
    rolled_back_at: null,
    started_at: expect.any(Date),
    applied_steps_count: 1,
  });
});

it('leaves nothing behind when a migration fails, names the line, and goes on after it is mended', async () => {
  write('9001_half', 'CREATE TABLE half (id int);\nSELECT nonsense FROM half;');
  await expect(run()).rejects.toThrow(/9001_half failed and left nothing behind: column "nonsense" does not exist \(line 2\)/);
  expect(await exists('half')).toBe(false);
  write('9001_half', 'CREATE TABLE half (id int);');
  expect(await run()).toEqual(['9001_half']);
});

it('refuses a migration that was edited after it was applied', async () => {
  write('9001_x', 'SELECT 1');
  await run();
  write('9001_x', 'SELECT 1\r\n');
  await expect(run()).rejects.toThrow('9001_x was edited after it was applied');
});

it('takes a checkout with other line ends for the same migration', async () => {
  write('9001_x', 'SELECT 1;\nSELECT 2;\n');
  await run();
  write('9001_x', 'SELECT 1;\r\nSELECT 2;\r\n');
  expect(await run()).toEqual([]);
});

it('stops at a migration that another tool started and did not finish', async () => {
  await owner.query(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', 'x', '9001_x')`);
  write('9001_x', 'SELECT 1');
  await expect(run()).rejects.toThrow('9001_x was started and never finished');
  await owner.query(`UPDATE _prisma_migrations SET rolled_back_at = started_at WHERE id = '1'`);
  expect(await run()).toEqual(['9001_x']);
});

it('stops at a database that is ahead, and at a migration that comes too late', async () => {
  write('9005_x', 'SELECT 1');
  await run();
  await expect(migrate(test_.ownerUrl)).rejects.toThrow('ahead of this version of the program: it has 9005_x');
  write('9004_late', 'SELECT 1');
  await expect(run()).rejects.toThrow('9004_late comes before 9005_x');
});

it('says what is missing to whoever may only read', async () => {
  write('9001_x', 'SELECT 1');
  const ask = () => pendingMigrations(test_.database.pool, dir);
  expect(await ask()).toEqual(['9001_x']);
  await run();
  expect(await ask()).toEqual([]);
  fs.rmSync(path.join(dir, '9001_x'), { recursive: true });
  expect(await ask()).toEqual([]);
  await expect(test_.database.anywhere((q) => q.query('DELETE FROM _prisma_migrations'))).rejects.toThrow('permission denied');
});

it('has one migration a number, but for the pair that stands', () => {
  const numbers = fs.readdirSync(findMigrations()).flatMap((name) => /^\d{4}(?=_)/.exec(name)?.[0] ?? []);
  // Two landed under 0008. They are applied in the order of their names, contact_attempts first, everywhere; neither may be renamed any more.
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual(['0008']);
  expect([...new Set(numbers)].sort()).toEqual(Array.from({ length: new Set(numbers).size }, (_, n) => String(n + 1).padStart(4, '0')));
});

it('needs a folder of migrations', async () => {
  expect(() => findMigrations(['/', os.tmpdir()])).toThrow(MigrationError);
  fs.mkdirSync(path.join(dir, '9001_empty'));
  await expect(run()).rejects.toThrow('9001_empty has no migration.sql');
});

it('says plainly that a database cannot be reached', async () => {
  await expect(migrate('postgres://nobody:x@127.0.0.1:1/none')).rejects.toThrow('The database cannot be reached: connect ECONNREFUSED');
});

it('works for an owner who is no superuser', async () => {
  const name = `vastus_owner_${process.pid}`;
  await owner.query(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD 'x'`);
  await owner.query(`CREATE DATABASE ${name} OWNER ${name}`);
  try {
    const url = new URL(test_.ownerUrl);
    Object.assign(url, { pathname: `/${name}`, username: name, password: 'x' });
    expect(await migrate(url.toString())).toEqual(fs.readdirSync(dir).sort());
    expect(await migrate(url.toString())).toEqual([]);
  } finally {
    await owner.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await owner.query(`DROP ROLE ${name}`);
  }
});
