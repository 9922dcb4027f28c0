// Prisma's picture of the database against the database: what a migration changes must be changed in prisma/schema, too.
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { findMigrations } from './migrator.js';
import { snakeCase } from './rows.js';
import { createTestDatabase } from './testing.js';

// table → column → 'type', with '?' when it may be null
type Picture = Record<string, Record<string, string>>;

const TYPES: Record<string, string> = {
  'String @db.Uuid': 'uuid',
  'String[] @db.Uuid': 'uuid[]',
  String: 'text',
  'String[]': 'text[]',
  'DateTime @db.Timestamptz(6)': 'timestamp with time zone',
  'DateTime @db.Date': 'date',
  Boolean: 'boolean',
  Int: 'integer',
  'Int @db.SmallInt': 'smallint',
  BigInt: 'bigint',
  Decimal: 'numeric',
  'Decimal @db.Decimal': 'numeric',
  Json: 'jsonb',
};

function declared(): Picture {
  const dir = path.join(path.dirname(findMigrations()), 'schema');
  const text = fs
    .readdirSync(dir)
    .map((file) => fs.readFileSync(path.join(dir, file), 'utf8'))
    .join('\n');
  const models = [...text.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].map(([, name, body]) => ({ name: name!, body: body! }));
  const isModel = new Set(models.map(({ name }) => name));
  const picture: Picture = {};
  for (const { body } of models) {
    const table = `${body.match(/@@schema\("(\w+)"\)/)![1]}.${body.match(/@@map\("(\w+)"\)/)![1]}`;
    const columns: Record<string, string> = {};
    for (const line of body.split('\n')) {
      const [, field, type, list, optional, rest] = line.match(/^ {2}(\w+) +(\w+)(\[\])?(\?)? *(.*)$/) ?? [];
      if (!field || isModel.has(type!)) continue;
      const native = rest!.match(/@db\.\w+(\(6\))?/)?.[0];
      const column = rest!.match(/@map\("(\w+)"\)/)?.[1] ?? field;
      if (table.startsWith('public.')) expect([field, snakeCase(field)]).toEqual([field, column]);
      columns[column] = TYPES[[`${type}${list ?? ''}`, native].filter(Boolean).join(' ')] + (optional ?? '');
    }
    picture[table] = columns;
  }
  return picture;
}

async function actual(url: string): Promise<Picture> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows } = await owner.query(`
    SELECT t.table_schema || '.' || t.table_name AS "table", c.column_name AS "column",
           CASE c.data_type WHEN 'ARRAY' THEN ltrim(c.udt_name, '_') || '[]' ELSE c.data_type END || CASE c.is_nullable WHEN 'YES' THEN '?' ELSE '' END AS type
      FROM information_schema.tables t JOIN information_schema.columns c USING (table_schema, table_name)
     WHERE t.table_schema IN ('public', 'auth') AND t.table_type = 'BASE TABLE' AND t.table_name <> '_prisma_migrations'`);
  await owner.end();
  const picture: Picture = {};
  for (const { table, column, type } of rows) {
    picture[table] ??= {};
    picture[table][column] = type;
  }
  return picture;
}

it('Prisma knows every table and column, with its type and whether it may be null', async () => {
  const { ownerUrl, drop } = await createTestDatabase();
  const [ours, theirs] = [declared(), await actual(ownerUrl)];
  await drop();
  expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
  for (const table of Object.keys(theirs)) expect([table, ours[table]]).toEqual([table, theirs[table]]);
});
