/** The demo clinic: about forty patients in every state there is, seen from this very minute. */
import type { ClinicDate, Instant } from '@vastus/clinical';
import { type Database, newId, type Queryable, type Tx } from '@vastus/db';
import type { ClinicFrame } from './clinic-frame.js';
import { historyOf } from './history.js';
import { type PatientRows, withProjections } from './projections.js';
import type { Completeness, Script } from './script.js';
import { drawScript } from './script.js';
import { createSeedClinic, staffOf } from './seed-clinic.js';
import { insertRows } from './write-rows.js';

export const DEMO_DOMAIN = 'demo.vastus.local';
export const DEMO_ZONE = 'Europe/Berlin';
/** Patients drawn like those of any clinic, after the ones placed by hand. */
const DRAWN = 12;

const complete = (): Completeness => 'complete';
const usual: Script = {
  substance: 'hydroxocobalamin',
  regimen: 'loading-three-weekly',
  cause: 'pernicious-anemia',
  neurological: false,
  maintenanceMonths: 2,
  monitoringPlan: 'MON-3-6-12',
  loadingDoses: 6,
  maintenanceDoses: 4,
  dueInDays: 20,
  baseline: 'complete',
  checks: complete,
  slowResponse: false,
  renalDysfunction: false,
  event: null,
  ended: null,
};
const neuropathy: Partial<Script> = { neurological: true, regimen: 'loading-alternate-days' };
const loading: Partial<Script> = { ...neuropathy, loadingDoses: 4, maintenanceDoses: 0 };
const event = (daysAgo: number, more: Partial<NonNullable<Script['event']>>): Partial<Script> => ({
  lastDoseDaysAgo: daysAgo,
  event: { kind: 'urgent', daysAgo, decision: null, resolvedAfterDays: null, ...more },
});

/** Each line a patient; the words say which page comes to life. */
const CASES: readonly Partial<Script>[] = [
  // Today: due
  { dueInDays: 0 },
  { dueInDays: 0, maintenanceDoses: 12, cause: 'gastric-surgery' },
  { dueInDays: 0, maintenanceMonths: 3, substance: 'cyanocobalamin' },
  { ...loading, dueInDays: 0 },
  { ...loading, dueInDays: 0, loadingDoses: 7, cause: 'metformin' },
  {
    regimen: 'methylcobalamin-three-weekly',
    substance: 'methylcobalamin',
    loadingDoses: 5,
    maintenanceDoses: 0,
    dueInDays: 0,
    cause: 'diet',
  },
  // Today: overdue, a little and so much that a physician hears of it
  { dueInDays: -1 },
  { dueInDays: -4 },
  { dueInDays: -9, maintenanceDoses: 9 },
  { dueInDays: -35, maintenanceDoses: 6, cause: 'crohns-disease' },
  { ...loading, dueInDays: -3 },
  // Today: called yesterday; comes tomorrow, is called again, does not want it
  { dueInDays: -6, maintenanceDoses: 4, call: { outcome: 'will-come', inDays: 1 } },
  { dueInDays: -8, maintenanceDoses: 7, call: { outcome: 'call-again', inDays: 2 } },
  { dueInDays: -16, maintenanceDoses: 3, cause: 'diet', call: { outcome: 'declined', declineReason: 'prefers-tablets' } },
  // Today: in the early window
  { dueInDays: 3 },
  { dueInDays: 6, maintenanceDoses: 15 },
  // Today: done
  { lastDoseDaysAgo: 0, maintenanceDoses: 5 },
  { lastDoseDaysAgo: 0, maintenanceDoses: 2, cause: 'diet' },
  // A nerve event on day 20, on hold; others younger, older, harmless, decided
  { ...event(20, { decision: 'oral' }), ...neuropathy, loadingDoses: 10, maintenanceDoses: 3 },
  { ...event(1, {}), maintenanceDoses: 2 },
  { ...event(2, { kind: 'benign', resolvedAfterDays: 1 }), maintenanceDoses: 7 },
  { ...event(6, { kind: 'inflammatory' }), maintenanceDoses: 3 },
  { ...event(75, { decision: 'oral' }), maintenanceDoses: 2 },
  { event: { kind: 'injury', daysAgo: 160, decision: 'continue-im', resolvedAfterDays: 24 }, maintenanceDoses: 6, dueInDays: 25 },
  // Laboratory: due now, missing, late, slow to respond, all there for years
  { maintenanceDoses: 2, maintenanceMonths: 1, dueInDays: 12, checks: () => 'missing', baseline: 'partial' },
  { maintenanceDoses: 3, dueInDays: 18, checks: (months) => (months === 6 ? 'partial' : 'complete') },
  { maintenanceDoses: 6, dueInDays: 30, checks: (months) => (months === 12 ? 'missing' : 'complete') },
  { maintenanceDoses: 5, dueInDays: 33, slowResponse: true, monitoringPlan: 'MON-Q3' },
  { maintenanceDoses: 24, dueInDays: 40 },
  {
    maintenanceDoses: 17,
    dueInDays: 50,
    regimen: 'maintenance',
    loadingDoses: 0,
    checks: (months) => (months > 24 ? 'missing' : 'complete'),
  },
  // The cause still open; a kidney that forbids cyanocobalamin; ended
  { cause: 'unknown', maintenanceDoses: 1, dueInDays: 22 },
  { renalDysfunction: true, maintenanceDoses: 4, dueInDays: 14 },
  { ended: 'moved-away', maintenanceDoses: 8 },
  { ended: 'died', maintenanceDoses: 10 },
];

// Two launchers at once must not make two.
const LOCK = 'SELECT pg_advisory_xact_lock(5627002)';

/** Makes the demo clinic and answers its id, or `undefined` where there is a clinic already. One transaction: whole, or not at all. */
export async function createDemoClinic(
  database: Database,
  now: Instant,
  today: ClinicDate,
  passwordHash: () => Promise<string>,
): Promise<string | undefined> {
  const clinics = (q: Queryable) => q.one<{ count: number }>('SELECT clinic_count() AS count');
  if ((await database.anywhere(clinics)).count > 0) return undefined;
  const hash = await passwordHash();
  const clinicId = newId();
  return database.transaction({ clinicId }, async (tx) => {
    await tx.query(LOCK);
    if ((await clinics(tx)).count > 0) return undefined;
    await fillDemoClinic(tx, now, today, hash);
    return clinicId;
  });
}

/** The demo clinic as the clinic of the transaction. */
export async function fillDemoClinic(tx: Tx, now: Instant, today: ClinicDate, passwordHash: string): Promise<void> {
  const frame = await createSeedClinic(tx, {
    seed: 'demo',
    clinicId: tx.clinicId,
    name: 'Demo clinic',
    zone: DEMO_ZONE,
    today,
    now,
    staff: staffOf('Demo', DEMO_DOMAIN),
    passwordHash,
  });
  const patients = demoPatients({ ...frame, clinicId: 'demo', inOurFont: true });
  await insertRows(tx, patients);
  for (const standing of patients.flatMap((patient) => patient.standing)) await tx.query(STANDING, [tx.clinicId, ...standing]);
}

const STANDING = 'UPDATE course SET contact_outcome = $3, contact_on = $4, contact_attempt_id = $5 WHERE clinic_id = $1 AND id = $2';

// The id of the clinic is new each time; the patients are not.
function demoPatients(frame: ClinicFrame): PatientRows[] {
  const placed = CASES.map((given, number) =>
    withProjections(
      frame,
      historyOf(frame, number, () => ({ ...usual, ...given })),
      number,
    ),
  );
  const drawn = Array.from({ length: DRAWN }, (_, i) =>
    withProjections(frame, historyOf(frame, CASES.length + i, drawScript), CASES.length + i),
  );
  return [...placed, ...drawn];
}
