import { readAlert, readChart, recordAdverseEvent, recordLabResult, voidAdverseEvent } from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { type Deviation, replayClinic } from './replay.js';

const NOW = '2026-11-20T09:00:00.000Z';
let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());
beforeEach(async () => {
  clinic = await api.newClinic();
});

async function replay(): Promise<{ patients: number; deviations: Deviation[] }> {
  const all = { patients: 0, deviations: [] as Deviation[] };
  await replayClinic(api.database, clinic.id, api.clock.now(), ({ patients, deviations }) => {
    all.patients += patients;
    all.deviations.push(...deviations);
  });
  return all;
}

async function injure(patientId: string, { id, givenAt }: { id: string; givenAt: string }) {
  const assessment = { onset: 'seconds-to-minutes', motor: 'weakness', radiatingPain: true } as const;
  await clinic.nurse.ok(recordAdverseEvent, { params: { patientId }, body: { injectionId: id, onsetAt: givenAt, assessment } });
}

async function injured() {
  const made = await build.treated(clinic, '2026-11-02T08:00:00.000Z');
  await injure(made.patient.id, made.injection);
  return made;
}

test('what was written in the usual way is what a replay derives', async () => {
  const { patient } = await injured();
  await build.patient(clinic);
  await clinic.nurse.ok(recordLabResult, {
    params: { patientId: patient.id },
    body: { loinc: '2132-9', value: 180, unit: 'pg/mL', collectedAt: '2026-11-02T07:00:00Z' },
  });
  expect(await replay()).toEqual({ patients: 2, deviations: [] });
});

test('a milestone whose time has come and that the job has not seen yet is no difference', async () => {
  await build.treated(clinic, '2026-08-24T08:00:00.000Z');
  await clinic.transaction((tx) =>
    tx.query(
      `UPDATE milestone SET state = 'planned' WHERE state = 'raised' AND NOT EXISTS (SELECT FROM alert a WHERE a.milestone_id = milestone.id)`,
    ),
  );
  expect((await replay()).deviations).toEqual([]);
});

test('whoever took the time first and came second leaves a history in the order of what happened', async () => {
  const { patient, injection } = await build.treated(clinic, '2026-11-02T08:00:00.000Z');
  const params = { patientId: patient.id };
  await api.clock.set('2026-11-20T09:01:00.000Z');
  await injure(patient.id, injection);
  const [event] = (await clinic.nurse.ok(readChart, { params })).events;
  // As if this one had taken the time before, and had then waited for the other.
  await api.clock.set('2026-11-20T09:00:30.000Z');
  await clinic.physician.ok(voidAdverseEvent, { params: { eventId: event!.id }, body: { reason: 'entered for another patient' } });
  await api.clock.set('2026-11-20T09:02:00.000Z');
  expect((await replay()).deviations).toEqual([]);
  const { alerts } = await clinic.nurse.ok(readChart, { params });
  const closed = alerts.filter(({ state }) => state === 'closed');
  expect(closed.length).toBeGreaterThan(0);
  for (const { id } of closed) {
    const { transitions } = await clinic.physician.ok(readAlert, { params: { alertId: id } });
    expect(transitions.map(({ toState }) => toState)).toEqual(['open', 'closed']);
  }
});

test.each([
  ['a milestone that is gone', `UPDATE milestone SET natural_key = natural_key || '?' WHERE rule_id = 'NI-2W'`, ['milestone', 'milestone']],
  ['a due date that was moved', `UPDATE milestone SET due_at = due_at + interval '1 day' WHERE rule_id = 'NI-2W'`, ['alert', 'milestone']],
  ['a milestone met by nothing', `UPDATE milestone SET state = 'met', met_at = due_at WHERE rule_id = 'NI-EMG60'`, ['milestone']],
  ['a cancelled one whose cause stands', `UPDATE milestone SET state = 'cancelled' WHERE rule_id = 'NI-EMG60'`, ['milestone']],
  ['an alert closed without a cause', `UPDATE alert SET state = 'closed' WHERE rule_id = 'AE-URGENT'`, ['alert', 'alert']],
  ['an alert that shows another date', `UPDATE alert SET due_at = due_at + interval '1 day' WHERE rule_id = 'AE-URGENT'`, ['alert']],
  ['a raised milestone nobody was told of', `UPDATE milestone SET state = 'raised' WHERE rule_id = 'NI-EMG60'`, ['alert']],
  ['a hold that was lifted by hand', `UPDATE hold SET lifted_at = since`, ['hold']],
  ['a limb that was opened by hand', `UPDATE site_restriction SET lifted_at = recorded_at`, ['restriction']],
  ['a course window that was moved', `UPDATE course SET next_due_on = '2026-12-24', phase = 'maintenance'`, ['course']],
  ['an event closed by hand', `UPDATE adverse_event SET outcome = 'resolved'`, ['event']],
])('%s is found', async (_, sql, of) => {
  await injured();
  await clinic.transaction((tx) => tx.query(sql));
  expect((await replay()).deviations.map((deviation) => deviation.of).sort()).toEqual(of);
});
