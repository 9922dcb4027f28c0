// No injection is stored against a stop that nobody answered for: the database itself refuses it, also for the application's own role.
import { recordInjection } from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const NOW = '2026-11-20T09:00:00.000Z';
let api: TestApi;
let clinic: TestClinic;
let injectionId: string;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
  clinic = await api.newClinic();
  const { patient, course, lot } = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
  const alreadyGiven = { reason: 'given before the form was opened' };
  const body = { ...build.dose(course, lot, NOW, { site: 'dorsogluteal-left' }), alreadyGiven };
  injectionId = (await clinic.nurse.ok(recordInjection, { params: { patientId: patient.id }, body })).injection.id;
});
afterAll(() => api.close());

/** The same dose once more, with these columns otherwise, written past the service. */
const again = (changes: Record<string, string>) =>
  clinic.transaction(async (tx) => {
    const { columns } = await tx.one<{ columns: string[] }>(
      `SELECT array_agg(column_name::text) AS columns FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'injection'`,
    );
    const values = columns.map((column) => ({ id: 'uuidv7()', ...changes })[column] ?? `"${column}"`);
    await tx.query(
      `INSERT INTO injection (${columns.map((column) => `"${column}"`).join(', ')}) SELECT ${values.join(', ')} FROM injection WHERE clinic_id = $1 AND id = $2`,
      [tx.clinicId, injectionId],
    );
  });
const stored = () =>
  clinic.transaction((tx) => tx.one<{ count: number }>('SELECT count(*) AS count FROM injection WHERE clinic_id = $1', [tx.clinicId]));

test('what the service records against a stop is there, with its alert', async () => {
  expect((await stored()).count).toBe(2);
});

test.each([
  ['a dose given against a stop without its alert', {}, 'has no alert'],
  ['a block with neither override nor mark', { against_stop: 'false', stop_reason: 'NULL' }, 'injection_block_is_answered'],
  ['a mark without its reason', { stop_reason: `'too short'` }, 'injection_block_is_answered'],
  [
    'an override without a reason',
    { against_stop: 'false', override_by: 'recorded_by', override_reason: `'no'` },
    'injection_block_is_answered',
  ],
  ['a block that is found and not said', { blocked: 'false', against_stop: 'false', stop_reason: 'NULL' }, 'injection_blocked_as_found'],
])('%s is refused', async (_, changes, refusal) => {
  await expect(again(changes)).rejects.toThrow(refusal);
  expect((await stored()).count).toBe(2);
});

test('a dose that was not given, or is answered for, needs no alert', async () => {
  await again({ status: `'not-given'`, not_given_reason: `'felt unwell'` });
  await again({
    against_stop: 'false',
    stop_reason: 'NULL',
    override_by: 'recorded_by',
    override_reason: `'a reason that is long enough'`,
  });
  expect((await stored()).count).toBe(4);
});
