// npm run replay [-- --clinic NAME|ID]: rebuilds everything that follows from the facts and prints what is stored otherwise. Reads only;
// ends with 1 when there is a difference.
import type { Instant } from '@vastus/clinical';
import { Database } from '@vastus/db';
import { type Deviation, replayClinic } from '../modules/obligations/replay.js';
import { machineNow } from '../platform/clock.js';
import { Complaint, parseArguments } from '../platform/command-line.js';

const USAGE = 'npm run replay [-- --clinic NAME|ID]';
/** More lines than anybody reads; the number of the rest is said. */
const MOST_LINES = 200;

interface Clinic {
  id: string;
  name: string;
}

async function main(): Promise<void> {
  const { options, rest } = parseArguments(process.argv.slice(2), { options: ['clinic'] }, USAGE);
  if (rest.length > 0) throw new Complaint(`usage: ${USAGE}`);
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Complaint('DATABASE_URL is not set: which database is to be replayed?');
  const database = new Database({ url, max: 2, applicationName: 'vastus-replay', statementTimeoutMs: 600_000 });
  try {
    const now = await whatTimeItIs(database);
    const clinics = await clinicsOf(database, options['clinic']);
    let patients = 0;
    let deviations = 0;
    for (const clinic of clinics) {
      await sayWhatWaits(database, clinic, now);
      await replayClinic(database, clinic.id, now, (heard) => {
        patients += heard.patients;
        for (const deviation of heard.deviations) if (deviations++ < MOST_LINES) console.log(lineOf(clinic, deviation));
      });
    }
    if (deviations > MOST_LINES) console.log(`… and ${deviations - MOST_LINES} more`);
    const differences = deviations === 1 ? '1 difference' : `${deviations.toLocaleString('en')} differences`;
    console.log(
      `${patients.toLocaleString('en')} patients in ${clinics.length} ${clinics.length === 1 ? 'clinic' : 'clinics'}: ${differences}`,
    );
    if (deviations > 0) process.exitCode = 1;
  } finally {
    await database.close();
  }
}

/** Where the test clock is on, its time is the time of the records. */
async function whatTimeItIs(database: Database): Promise<Instant> {
  if (process.env['VASTUS_TEST_CLOCK'] !== 'on') return machineNow();
  const { offsetMs } = await database.anywhere((q) => q.one<{ offsetMs: number }>('SELECT offset_ms FROM test_clock'));
  return new Date(Date.parse(machineNow()) + offsetMs).toISOString();
}

async function clinicsOf(database: Database, wanted: string | undefined): Promise<Clinic[]> {
  if (wanted === undefined) return database.anywhere((q) => q.many<Clinic>(`SELECT id, id::text AS name FROM clinic_ids() AS id`));
  const found = await database.anywhere((q) => q.many<Clinic>('SELECT id, name FROM clinics_called($1)', [wanted]));
  if (found.length === 0) throw new Complaint(`there is no clinic "${wanted}"`);
  return found;
}

/** A version whose time has come and that the worker has not applied yet: what differs may be only that. */
async function sayWhatWaits(database: Database, { id, name }: Clinic, now: Instant): Promise<void> {
  const { count } = await database.anywhere((q) =>
    q.one<{ count: number }>('SELECT count(*) AS count FROM protocol_versions_to_apply($1) WHERE clinic_id = $2', [now, id]),
  );
  if (count > 0)
    console.log(`${name}: a protocol version waits to be applied; until the worker has done it, differences are to be expected`);
}

const lineOf = ({ name }: Clinic, { patientId, of, key, what }: Deviation) => `${name}  patient ${patientId}  ${of} ${key}: ${what}`;

main().catch((error: unknown) => {
  console.error(error instanceof Complaint ? error.message : error);
  process.exitCode = 1;
});
