/** The drill: a backup, more work, a disaster, and back to a point in time – with the commands a person types. */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Database, insert, newId } from '@vastus/db';
import pg from 'pg';
import { readTrail, sealBlock } from '../packages/server/src/modules/audit-seal/trail.js';

const ROOT = path.resolve(__dirname, '..');
const STACK = path.join(ROOT, 'infra/local/stack.mjs');
const PATIENCE_MS = 240_000;

let folder: string;
let open: Opened | undefined;

interface Opened {
  ownerUrl: string;
  close(): Promise<void>;
}

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vastus-backup-'));
  fs.chmodSync(folder, 0o755);
});
afterAll(async () => {
  await open?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const environment = () => ({
  ...process.env,
  VASTUS_DATA_DIR: path.join(folder, 'state'),
  VASTUS_WAL_ARCHIVE: path.join(folder, 'archive'),
  INIT_CWD: folder,
});

function started(args: string[]): ChildProcess {
  return spawn(process.execPath, args, { cwd: ROOT, env: environment(), stdio: ['pipe', 'pipe', 'pipe'] });
}

async function command(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = started([path.join(ROOT, 'infra/local/backup.mjs'), ...args]);
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

/** The local stack's database, without the rest of the product. */
async function openDatabase(): Promise<Opened> {
  const script = `
    import { openDatabase } from ${JSON.stringify(STACK)};
    const server = await openDatabase();
    console.log('OPEN ' + server.ownerUrl('vastus'));
    process.stdin.once('end', async () => { await server.stop(); process.exit(0); }).resume();`;
  const child = started(['--input-type=module', '--eval', script]);
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let output = '';
  const ownerUrl = await new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', (text: Buffer) => {
      output += text.toString();
      const found = /^OPEN (.*)$/m.exec(output);
      if (found) resolve(found[1]!);
    });
    child.stderr!.on('data', (text: Buffer) => (output += text.toString()));
    child.once('close', () => reject(new Error(output)));
  });
  const close = () => {
    child.stdin!.end();
    return over;
  };
  return { ownerUrl, close };
}

/** Works in the database while it is open, as the demo clinic. */
async function within<T>(work: (database: Database, clinicId: string) => Promise<T>): Promise<T> {
  open = await openDatabase();
  const client = new pg.Client({ connectionString: open.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('SELECT id FROM clinic LIMIT 1');
  await client.end();
  const database = new Database({ url: open.ownerUrl, max: 2 });
  try {
    return await work(database, rows[0]!.id);
  } finally {
    await database.close();
    await open.close();
    open = undefined;
  }
}

/** So many patients are registered, each with its entry, and the trail is sealed. */
async function register(database: Database, clinicId: string, count: number): Promise<void> {
  await database.transaction({ clinicId }, async (tx) => {
    for (let n = 0; n < count; n++) {
      const id = newId();
      await insert(tx, 'patient', {
        clinicId,
        id,
        recordNumber: `D-${id}`,
        familyName: 'Drill',
        givenName: 'Given',
        searchName: 'drill given drill',
        birthDate: '1960-01-01',
        sex: 'female',
        recordedAt: '2026-01-01T00:00:00.000Z',
      });
      const entry = { action: 'patient.register', subjectType: 'patient', subjectId: id, patientId: id };
      await insert(tx, 'audit_entry', { clinicId, id: newId(), at: '2026-01-01T00:00:00.000Z', ...entry });
    }
  });
  await database.transaction({ clinicId }, (tx) => sealBlock(tx, '2026-01-01T00:01:00.000Z'));
}

async function standing(database: Database, clinicId: string) {
  const { patients, now } = await database.transaction({ clinicId }, (tx) =>
    tx.one<{ patients: number; now: string }>('SELECT count(*) AS patients, clock_timestamp() AS now FROM patient WHERE clinic_id = $1', [
      clinicId,
    ]),
  );
  const { seals, entriesSealed, headDigest, faults } = await readTrail(database, clinicId);
  return { at: now, is: { patients, seals, entriesSealed, headDigest, faults } };
}

test(
  'a backup brings everything back, to the moment it was made or to any later one',
  async () => {
    const before = await within(async (database, clinicId) => {
      await register(database, clinicId, 3);
      return standing(database, clinicId);
    });
    expect(before.is).toMatchObject({ seals: 1, entriesSealed: 3, faults: 0 });
    expect(await command('backup', 'first')).toMatchObject({ code: 0 });
    const noted = await within((database) => database.anywhere((q) => q.many('SELECT taken_at, method FROM backup_taken')));
    const { madeAt } = JSON.parse(fs.readFileSync(path.join(folder, 'first/manifest.json'), 'utf8'));
    expect(noted).toEqual([{ takenAt: madeAt, method: 'npm run backup' }]);

    // After the backup: work that must not be lost, then what should never have happened.
    const good = await within(async (database, clinicId) => {
      await register(database, clinicId, 4);
      const reached = await standing(database, clinicId);
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await database.transaction({ clinicId }, (tx) =>
        tx.query(`UPDATE patient SET family_name = 'Lost' WHERE clinic_id = $1`, [clinicId]),
      );
      await register(database, clinicId, 5);
      return reached;
    });
    const restored = await command('restore', 'first', '--until', new Date(Date.parse(good.at) + 500).toISOString());
    expect([restored.code, restored.output]).toEqual([0, expect.stringContaining('is kept in')]);
    const after = await within(async (database, clinicId) => {
      const { lost } = await database.transaction({ clinicId }, (tx) =>
        tx.one<{ lost: number }>(`SELECT count(*) AS lost FROM patient WHERE family_name = 'Lost'`),
      );
      const found = await standing(database, clinicId);
      // It goes on from there: the chain is continued, not begun anew.
      await register(database, clinicId, 1);
      return { lost, found: found.is, later: (await standing(database, clinicId)).is };
    });
    expect(after).toMatchObject({ lost: 0, found: good.is, later: { seals: good.is.seals + 1, faults: 0 } });

    expect(await command('restore', 'first')).toMatchObject({ code: 0 });
    expect((await within(standing)).is).toEqual(before.is);
  },
  PATIENCE_MS,
);

test(
  'a damaged backup is refused, and the data stays as it is',
  async () => {
    const before = await within(standing);
    const file = path.join(folder, 'first/cluster/PG_VERSION');
    fs.writeFileSync(file, '17\n');
    expect(await command('restore', 'first')).toMatchObject({
      code: 1,
      output: expect.stringContaining('PG_VERSION is not as it was written'),
    });
    expect(await command('restore', 'nothing')).toMatchObject({ code: 1, output: expect.stringContaining('is no backup') });
    expect(await command('restore', 'first', '--until', 'yesterday')).toMatchObject({
      code: 1,
      output: expect.stringContaining('--until'),
    });
    expect((await within(standing)).is).toEqual(before.is);
  },
  PATIENCE_MS,
);
