// npm run seed -- --clinics C --patients N [--seed S] [--on YYYY-MM-DD]: fills a database with made-up histories, to be looked at and
// measured. Needs the owner's connection (MIGRATION_DATABASE_URL): COPY refuses tables with row-level security to anybody else.
import os from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { dateInZone, isClinicDate, startOfDay } from '@vastus/clinical';
import { Database } from '@vastus/db';
import pg from 'pg';
import { machineNow } from '../platform/clock.js';
import { Complaint, parseArguments } from '../platform/command-line.js';
import { hashPassword } from '../platform/sign-in/password.js';
import { type ClinicFrame, earlier } from '../seed/clinic-frame.js';
import { historyOf } from '../seed/history.js';
import { withProjections } from '../seed/projections.js';
import { Chance } from '../seed/random.js';
import { drawScript } from '../seed/script.js';
import { createSeedClinic, SEED_PASSWORD, staffOf } from '../seed/seed-clinic.js';
import { CopyBuffer, settle } from '../seed/write-rows.js';

const CHUNK = 250;
const ZONES = ['Europe/Berlin', 'Europe/London', 'America/New_York', 'Australia/Sydney'];
const USAGE = 'npm run seed -- --clinics 2 --patients 1000 [--seed anything] [--on 2026-11-20]';

/** Patients `from` up to, not including, `to` of a clinic. */
interface Chunk {
  frame: ClinicFrame;
  from: number;
  to: number;
}

async function main(): Promise<void> {
  const { options, rest } = parseArguments(process.argv.slice(2), { options: ['clinics', 'patients', 'seed', 'on'] }, USAGE);
  if (rest.length > 0) throw new Complaint(`usage: ${USAGE}`);
  const clinics = wholeNumber('--clinics', options['clinics'] ?? '1', 1, 1000);
  const patients = wholeNumber('--patients', options['patients'] ?? '1000', 1, 5_000_000);
  const { seed = 'vastus', on = '' } = options;
  if (on !== '' && !isClinicDate(on)) throw new Complaint('--on: not a date of the form YYYY-MM-DD');
  const url = process.env['MIGRATION_DATABASE_URL'];
  if (!url) throw new Complaint('MIGRATION_DATABASE_URL is not set: seeding needs the connection of the owner of the tables.');

  const started = performance.now();
  const database = new Database({ url, max: 2, applicationName: 'vastus-seed', statementTimeoutMs: 600_000 });
  try {
    await refuseRealClinics(database);
    const passwordHash = await hashPassword(SEED_PASSWORD);
    const chunks: Chunk[] = [];
    for (let number = 1; number <= clinics; number++) {
      const share = Math.floor(patients / clinics) + (number <= patients % clinics ? 1 : 0);
      const frame = await clinic(database, { seed, number, share, on, passwordHash });
      if (!frame) console.log(`clinic ${number} is there already, nothing to do`);
      else for (let from = 0; from < share; from += CHUNK) chunks.push({ frame, from, to: Math.min(from + CHUNK, share) });
    }
    const rows = await spread(chunks, url);
    await settle(database.pool);
    const seconds = (performance.now() - started) / 1000;
    console.log(`${rows.toLocaleString('en')} rows in ${seconds.toFixed(1)} s`);
    console.log(`sign in as nurse@seed1.vastus.local, physician@…, administrator@… with ${SEED_PASSWORD}`);
  } finally {
    await database.close();
  }
}

/** `undefined` where this very clinic was seeded before. */
async function clinic(
  database: Database,
  { seed, number, share, on, passwordHash }: { seed: string; number: number; share: number; on: string; passwordHash: string },
): Promise<ClinicFrame | undefined> {
  const zone = ZONES[(number - 1) % ZONES.length]!;
  const present = machineNow();
  const today = on || dateInZone(present, zone);
  // Early in the morning, before anybody has given a dose, and never later than now.
  const morning = new Date(Date.parse(startOfDay(today, zone)) + 7 * 3_600_000).toISOString();
  const now = on === '' ? earlier(morning, present) : morning;
  const clinicId = new Chance(`${seed}/${number}/${share}/${today}`).uuid(Date.parse(startOfDay(today, zone)));
  return database.transaction({ clinicId }, async (tx) => {
    const known = await tx.maybe<{ patients: number }>(
      'SELECT (SELECT count(*) FROM patient WHERE clinic_id = $1) AS patients FROM clinic WHERE id = $1',
      [clinicId],
    );
    if (known && known.patients === share) return undefined;
    if (known)
      throw new Complaint(
        `clinic ${number} holds ${known.patients} of ${share} patients: an earlier run was interrupted. Use another --seed.`,
      );
    const staff = staffOf(`Clinic ${number}`, `seed${number}.vastus.local`);
    return createSeedClinic(tx, { seed, clinicId, name: `Seed clinic ${number}`, zone, today, now, staff, passwordHash });
  });
}

async function refuseRealClinics(database: Database): Promise<void> {
  const { real } = await database.anywhere((q) => q.one<{ real: number }>('SELECT count(*) AS real FROM clinic WHERE NOT is_demo'));
  if (real > 0) throw new Complaint('This database has a clinic that is no demo. Made-up patients do not belong beside real ones.');
}

/** One thread a processor; each takes the next chunk when it is done with one. */
async function spread(chunks: Chunk[], url: string): Promise<number> {
  const total = chunks.reduce((sum, { from, to }) => sum + to - from, 0);
  let next = 0;
  let done = 0;
  let rows = 0;
  const threads = Math.min(chunks.length, Math.max(2, os.availableParallelism()));
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const thread = new Worker(process.argv[1] ?? '', { workerData: url, resourceLimits: { maxYoungGenerationSizeMb: 128 } });
      const give = () => {
        const chunk = chunks[next++];
        thread.postMessage(chunk ?? null);
      };
      thread.on('message', (written: { patients: number; rows: number }) => {
        done += written.patients;
        rows += written.rows;
        if (process.stdout.isTTY) process.stdout.write(`\r${done.toLocaleString('en')} of ${total.toLocaleString('en')} patients`);
        give();
      });
      thread.once('error', reject);
      thread.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))));
      give();
    });
  await Promise.all(Array.from({ length: threads }, work));
  if (process.stdout.isTTY) process.stdout.write('\n');
  return rows;
}

async function thread(): Promise<void> {
  const owner = new pg.Client({ connectionString: workerData as string, application_name: 'vastus-seed' });
  await owner.connect();
  // What the generator writes refers to what it wrote; the tests load the same histories with every foreign key asked. Asking again here
  // is most of the work, and only a superuser – the owner of the local stack – may leave it out. Checks and uniqueness hold for all.
  await owner.query(
    "SELECT set_config('session_replication_role', 'replica', false) FROM pg_roles WHERE rolname = current_user AND rolsuper",
  );
  // Made-up rows can be made again: the log of the database need not wait for the disk.
  await owner.query('SET synchronous_commit = off');
  parentPort?.on('message', (chunk: Chunk | null) => {
    if (!chunk) {
      parentPort?.close();
      owner.end().catch(() => {});
      return;
    }
    writeChunk(owner, chunk).then(
      (written) => parentPort?.postMessage(written),
      (error: unknown) => {
        process.nextTick(() => {
          throw error;
        });
      },
    );
  });
}

async function writeChunk(owner: pg.Client, { frame, from, to }: Chunk): Promise<{ patients: number; rows: number }> {
  const buffer = new CopyBuffer();
  for (let number = from; number < to; number++)
    buffer.add(frame.clinicId, withProjections(frame, historyOf(frame, number, drawScript), number));
  await buffer.write(owner);
  return { patients: to - from, rows: buffer.rows };
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new Complaint(`${name}: a whole number from ${least} to ${most}`);
  return value;
}

(isMainThread ? main() : thread()).catch((error: unknown) => {
  if (!isMainThread) throw error;
  console.error(error instanceof Complaint ? error.message : error);
  process.exitCode = 1;
});
