// Whatever happens to a patient, in whatever order: what is stored is what follows from the facts, and no injection stands against a stop
// that nobody answered for.
import fc from 'fast-check';
import { type Deviation, replayClinic } from './modules/obligations/replay.js';
import { startTestApi, type TestApi, type TestClinic } from './testing/index.js';
import { RandomHistory } from './testing/random-history.js';
import { HISTORY, type Step } from './testing/random-steps.js';

const START = '2026-03-02T09:00:00.000Z';
const RUNS = Number(process.env['VASTUS_RANDOM_HISTORIES'] ?? 12);

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ now: START });
});
afterAll(() => api.close());

async function lived(history: readonly Step[]): Promise<TestClinic> {
  await api.clock.set(START);
  const clinic = await api.newClinic();
  await (await RandomHistory.begin(api, clinic)).take(history);
  // A version whose day came while the worker slept is carried out when it wakes.
  await api.runJob('apply-protocol-versions', {});
  return clinic;
}

async function deviationsOf(clinic: TestClinic): Promise<Deviation[]> {
  const all: Deviation[] = [];
  await replayClinic(api.database, clinic.id, api.clock.now(), ({ deviations }) => all.push(...deviations));
  return all;
}

/** Given against a block, without an override by a physician and without REC-TRUTH and its alert. */
const UNANSWERED = `
  SELECT i.id FROM injection i
   WHERE i.status = 'given' AND EXISTS (SELECT FROM jsonb_array_elements(i.findings) f WHERE f ->> 'severity' = 'block')
     AND NOT (i.override_by IS NOT NULL AND length(i.override_reason) >= 10)
     AND NOT (i.against_stop AND length(i.stop_reason) >= 10 AND EXISTS (
       SELECT FROM milestone m JOIN alert a ON a.clinic_id = m.clinic_id AND a.milestone_id = m.id
        WHERE m.clinic_id = i.clinic_id AND m.rule_id = 'REC-TRUTH' AND m.subject_id = i.id))`;

test('what is stored is what follows from the facts; nothing is given against a stop that nobody answered for', async () => {
  const seen = new Set<string>();
  let versions = 0;
  await fc.assert(
    fc.asyncProperty(HISTORY, async (history) => {
      const clinic = await lived(history);
      expect(await deviationsOf(clinic)).toEqual([]);
      await clinic.transaction(async (tx) => {
        expect(await tx.many(UNANSWERED)).toEqual([]);
        for (const { ruleId } of await tx.many<{ ruleId: string }>('SELECT DISTINCT rule_id FROM alert')) seen.add(ruleId);
        versions += (await tx.one<{ count: number }>(`SELECT count(*) AS count FROM protocol_version WHERE state = 'signed'`)).count;
      });
    }),
    { numRuns: RUNS, endOnFailure: process.env['VASTUS_SHRINK'] === undefined },
  );
  // A walk that never raises anything would prove nothing.
  expect(seen.size).toBeGreaterThan(5);
  expect(versions).toBeGreaterThan(0);
}, 180_000);
