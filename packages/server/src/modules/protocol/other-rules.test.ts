// An update of the software brings other rules: what an older one left stored is derived anew by the running product, once, whatever else runs.
import { RULES_REVISION } from '@vastus/clinical';
import { listAudit } from '@vastus/contract';
import { type Database, newId } from '@vastus/db';
import { Clock } from '../../platform/clock.js';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { type Deviation, replayClinic } from '../obligations/replay.js';
import { ProtocolApplications } from './applications.service.js';

const NOW = '2026-11-20T09:00:00.000Z';
let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.clock.set(NOW);
  await api.app.get(ProtocolApplications).applyDue(NOW);
  clinic = await api.newClinic();
});

const job = () => api.runJob('apply-protocol-versions', {});
async function deviations(): Promise<Deviation[]> {
  const all: Deviation[] = [];
  await replayClinic(api.database, clinic.id, api.clock.now(), ({ deviations: found }) => all.push(...found));
  return all;
}
const patients = () =>
  clinic.transaction((tx) =>
    tx.many<{ id: string; derivedBy: number }>('SELECT id, derived_by FROM patient WHERE clinic_id = $1 ORDER BY id', [tx.clinicId]),
  );
const derivedBy = async () => (await patients()).map((patient) => patient.derivedBy);
const applied = async () =>
  (await clinic.administrator.ok(listAudit, { query: { action: 'rules.apply' } })).items.map(({ after }) => after);

/** As an older software would have left it: one rule it did not have, one due date it counted otherwise. */
const leftByOlderRules = () =>
  clinic.transaction(async (tx) => {
    await tx.query(`UPDATE milestone SET state = 'cancelled' WHERE clinic_id = $1 AND rule_id = 'MON-ANNUAL'`, [tx.clinicId]);
    await tx.query(
      `UPDATE milestone SET due_at = due_at + interval '3 days', due_on = due_on + 3 WHERE clinic_id = $1 AND rule_id = 'MON-3-6-12'`,
      [tx.clinicId],
    );
    await tx.query('UPDATE patient SET derived_by = $2 WHERE clinic_id = $1', [tx.clinicId, RULES_REVISION - 1]);
  });

/** An instance of the software of an update ago. */
function older(database: Database) {
  const obligations = Object.assign(new ObligationsService(), { revision: RULES_REVISION - 1 });
  return { obligations, applications: new ProtocolApplications(database, api.app.get(Clock), obligations) };
}

test('what older rules left is derived anew by the job, said in the trail, and done once', async () => {
  for (let n = 0; n < 3; n += 1) await build.treated(clinic, '2026-10-10T08:00:00.000Z');
  expect(await job()).toEqual({ outcome: 'done', versions: 0, patients: 0 });
  await leftByOlderRules();
  expect((await deviations()).length).toBe(12);
  expect(await job()).toEqual({ outcome: 'done', versions: 1, patients: 3 });
  expect([await deviations(), await derivedBy()]).toEqual([[], [RULES_REVISION, RULES_REVISION, RULES_REVISION]]);
  expect(await applied()).toEqual([
    expect.objectContaining({ rulesRevision: RULES_REVISION, patients: 3, milestonesReopened: 3, milestonesMoved: 9 }),
  ]);
  expect(await job()).toEqual({ outcome: 'done', versions: 0, patients: 0 });
});

test('a worker that was killed half-way is followed by one that does the rest; of two at once each patient is done by one', async () => {
  for (let n = 0; n < 4; n += 1) await build.treated(clinic, '2026-10-10T08:00:00.000Z');
  await leftByOlderRules();
  const [first] = await patients();
  await clinic.transaction(async (tx) => {
    const { id } = await tx.one<{ id: string }>('SELECT id FROM protocol_version WHERE clinic_id = $1', [tx.clinicId]);
    await tx.query(
      `INSERT INTO protocol_application (clinic_id, protocol_version_id, rules_revision, state, patients_total, patients_done, started_at)
       VALUES ($1, $2, $3, 'running', 4, 1, $4)`,
      [tx.clinicId, id, RULES_REVISION, NOW],
    );
    await api.app.get(ObligationsService).recompute(tx, first!.id, api.clock.now());
  });
  const outcomes = await Promise.all([job(), job()]);
  expect(outcomes.map((outcome) => ('patients' in outcome ? Number(outcome['patients']) : 0)).reduce((a, b) => a + b)).toBe(3);
  expect([await deviations(), await applied()]).toEqual([[], [expect.objectContaining({ patients: 4 })]]);
});

test('an older worker beside a newer one undoes nothing, and what an older API writes is made good', async () => {
  const { patient } = await build.treated(clinic, '2026-10-10T08:00:00.000Z');
  await build.treated(clinic, '2026-10-11T08:00:00.000Z');
  const { obligations, applications } = older(api.database);
  expect(await applications.applyDue(api.clock.now())).toEqual({ versions: 0, patients: 0 });
  expect(await derivedBy()).toEqual([RULES_REVISION, RULES_REVISION]);

  await clinic.transaction((tx) => obligations.recompute(tx, patient.id, api.clock.now()));
  expect((await derivedBy()).sort()).toEqual([RULES_REVISION - 1, RULES_REVISION]);
  expect(await applications.applyDue(api.clock.now())).toEqual({ versions: 0, patients: 0 });
  expect(await job()).toEqual({ outcome: 'done', versions: 1, patients: 1 });
  await clinic.transaction((tx) => obligations.recompute(tx, patient.id, api.clock.now()));
  expect(await job()).toEqual({ outcome: 'done', versions: 1, patients: 1 });
  expect(await derivedBy()).toEqual([RULES_REVISION, RULES_REVISION]);
});

test('a patient written past the software is derived, too, and replay can mend by itself', async () => {
  const { patient } = await build.treated(clinic, '2026-10-10T08:00:00.000Z');
  await clinic.transaction((tx) => tx.query('UPDATE patient SET derived_by = 0, derived_under = NULL WHERE clinic_id = $1', [tx.clinicId]));
  expect(await job()).toEqual({ outcome: 'done', versions: 1, patients: 1 });
  await clinic.transaction((tx) =>
    tx.query(`UPDATE milestone SET natural_key = natural_key || $2 WHERE clinic_id = $1 AND rule_id = 'MON-ANNUAL'`, [
      tx.clinicId,
      newId(),
    ]),
  );
  const heard: { deviations: Deviation[]; mended: boolean }[] = [];
  const service = api.app.get(ObligationsService);
  const mend = (tx: Parameters<typeof service.recompute>[0], id: string) => service.recompute(tx, id, api.clock.now());
  await replayClinic(api.database, clinic.id, api.clock.now(), (one) => heard.push(one), mend);
  expect(heard).toEqual([{ patients: 1, deviations: [], mended: true }]);
  expect([await deviations(), patient.id.length]).toEqual([[], 36]);
});
