// npm run replay [-- --clinic NAME|ID] [--apply]: rebuilds everything that follows from the facts and prints what is stored otherwise; with
// --apply it is stored as it follows, and what is printed is left. Ends with 1 when there is a difference.
import { type Instant, RULES_REVISION } from '@vastus/clinical';
import { Database, type Tx } from '@vastus/db';
import { ObligationsService } from '../modules/obligations/obligations.service.js';
import { type Deviation, replayClinic } from '../modules/obligations/replay.js';
import { audit } from '../platform/audit.js';
import { machineNow } from '../platform/clock.js';
import { Complaint, parseArguments } from '../platform/command-line.js';
import { systemIn } from '../platform/routing/caller.js';

const USAGE = 'npm run replay [-- --clinic NAME|ID] [--apply]';
/** More lines than anybody reads; the number of the rest is said. */
const MOST_LINES = 200;

interface Clinic {
  id: string;
  name: string;
}

async function main(): Promise<void> {
  const { options, flags, rest } = parseArguments(process.argv.slice(2), { options: ['clinic'], flags: ['apply'] }, USAGE);
  if (rest.length > 0) throw new Complaint(`usage: ${USAGE}`);
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Complaint('DATABASE_URL is not set: which database is to be replayed?');
  const database = new Database({ url, max: 2, applicationName: 'vastus-replay', statementTimeoutMs: 600_000 });
  try {
    const now = await whatTimeItIs(database);
    const clinics = await clinicsOf(database, options['clinic']);
    let patients = 0;
    let deviations = 0;
    let mended = 0;
    const obligations = new ObligationsService();
    for (const clinic of clinics) {
      await sayWhatWaits(database, clinic, now);
      const mend = flags.has('apply') ? await mendingIn(database, clinic, obligations, now) : undefined;
      await replayClinic(
        database,
        clinic.id,
        now,
        (heard) => {
          patients += heard.patients;
          if (heard.mended) mended += 1;
          for (const deviation of heard.deviations) if (deviations++ < MOST_LINES) console.log(lineOf(clinic, deviation));
        },
        mend,
      );
    }
    if (flags.has('apply')) console.log(`${mended.toLocaleString('en')} ${mended === 1 ? 'patient' : 'patients'} derived anew`);
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

/** Stores what follows, with an entry in the trail. Where newer rules have been at work already, an older tool must not undo them. */
async function mendingIn(database: Database, { id: clinicId, name }: Clinic, obligations: ObligationsService, now: Instant) {
  const { newest } = await database.transaction({ clinicId, readOnly: true }, (tx) =>
    tx.one<{ newest: number | null }>('SELECT max(derived_by) AS newest FROM patient WHERE clinic_id = $1', [clinicId]),
  );
  if ((newest ?? 0) > obligations.revision)
    throw new Complaint(
      `${name}: newer software has been at work here (rules ${newest}, these are ${obligations.revision}); nothing is changed`,
    );
  return async (tx: Tx, patientId: string) => {
    const changes = await obligations.recompute(tx, patientId, now);
    await audit(tx, systemIn(clinicId), now, {
      action: 'rules.apply',
      subjectType: 'patient',
      subjectId: patientId,
      patientId,
      after: { rulesRevision: obligations.revision, ...changes },
    });
  };
}

/** A version whose time has come and that the worker has not applied yet: what differs may be only that. */
async function sayWhatWaits(database: Database, { id, name }: Clinic, now: Instant): Promise<void> {
  const { count } = await database.anywhere((q) =>
    q.one<{ count: number }>('SELECT count(*) AS count FROM derivations_to_apply($1, $2) WHERE clinic_id = $3', [now, RULES_REVISION, id]),
  );
  if (count > 0)
    console.log(
      `${name}: a protocol version or other rules wait to be applied; until the worker has done it, differences are to be expected`,
    );
}

const lineOf = ({ name }: Clinic, { patientId, of, key, what }: Deviation) => `${name}  patient ${patientId}  ${of} ${key}: ${what}`;

main().catch((error: unknown) => {
  console.error(error instanceof Complaint ? error.message : error);
  process.exitCode = 1;
});
