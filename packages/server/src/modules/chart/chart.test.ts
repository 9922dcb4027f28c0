import { listAudit, readChart, recordAdverseEvent, recordLabResult, restrictSites } from '@vastus/contract';
import { Database } from '@vastus/db';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const NOW = '2026-11-20T09:00:00.000Z';
let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.clock.set(NOW);
  clinic = await api.newClinic();
});

async function lived() {
  const made = await build.treated(clinic, '2026-11-02T08:00:00.000Z');
  const params = { patientId: made.patient.id };
  await clinic.nurse.ok(restrictSites, { params, body: { sites: ['deltoid-left'], reason: 'rash', since: '2026-11-03' } });
  await clinic.nurse.ok(recordLabResult, {
    params,
    body: { loinc: '2132-9', value: 180, unit: 'pg/mL', collectedAt: '2026-11-02T07:00:00Z' },
  });
  await clinic.nurse.ok(recordAdverseEvent, {
    params,
    body: {
      injectionId: made.injection.id,
      onsetAt: made.injection.givenAt,
      assessment: { onset: 'seconds-to-minutes', motor: 'weakness', radiatingPain: true },
    },
  });
  return made;
}

test('the whole chart comes in one answer, of this patient only, and its reading is on record', async () => {
  await lived();
  const { patient, course, injection } = await lived();
  const chart = await clinic.physician.ok(readChart, { params: { patientId: patient.id } });
  expect(chart.patient).toEqual(patient);
  expect(chart.courses.map(({ id }) => id)).toEqual([course.id]);
  expect(chart.injections.map(({ id }) => id)).toEqual([injection.id]);
  expect(chart.labResults).toHaveLength(1);
  expect(chart.events).toEqual([expect.objectContaining({ injectionId: injection.id })]);
  expect(chart.events[0]?.clock.length).toBeGreaterThan(0);
  expect(chart.restrictions.map(({ causeEventId }) => causeEventId)).toEqual([null, chart.events[0]?.id]);
  expect(chart.hold?.causeEventIds).toEqual([chart.events[0]?.id]);
  expect(new Set(chart.alerts.map(({ patient: { id } }) => id))).toEqual(new Set([patient.id]));
  expect(chart.milestones.length).toBeGreaterThanOrEqual(chart.alerts.length);
  const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'chart.read' } });
  expect(items).toEqual([
    expect.objectContaining({ actorName: clinic.members.physician.name, patient: expect.objectContaining({ id: patient.id }) }),
  ]);
});

test('a longer history asks no more questions', async () => {
  const pool = api.app.get(Database).pool;
  const asked: number[] = [];
  const short = await lived();
  const long = await lived();
  const params = { patientId: long.patient.id };
  for (const day of ['03', '04', '05']) {
    await clinic.nurse.ok(recordLabResult, {
      params,
      body: { loinc: '2823-3', value: 4, unit: 'mmol/L', collectedAt: `2026-11-${day}T07:00:00Z` },
    });
    await clinic.nurse.ok(recordAdverseEvent, {
      params,
      body: { site: 'deltoid-right', onsetAt: `2026-11-${day}T08:00:00Z`, assessment: {} as never },
    });
    await build.course(clinic, long.patient.id);
  }
  for (const patientId of [short.patient.id, long.patient.id]) {
    let queries = 0;
    const count = (client: { query: (...args: unknown[]) => unknown }) => {
      const { query } = client;
      client.query = (...args) => {
        queries++;
        return query.apply(client, args);
      };
      pool.once('release', () => {
        client.query = query;
      });
    };
    pool.on('acquire', count as never);
    await clinic.nurse.ok(readChart, { params: { patientId } });
    pool.off('acquire', count as never);
    asked.push(queries);
  }
  expect(asked[1]).toBe(asked[0]);
  expect(asked[0]).toBeLessThan(30);
});

test('another clinic’s chart does not exist, and asking for it is no reading', async () => {
  const { patient } = await build.treated(clinic, '2026-11-02T08:00:00.000Z');
  const other = await api.newClinic();
  expect((await other.physician.call(readChart, { params: { patientId: patient.id } })).status).toBe(404);
  expect((await other.administrator.ok(listAudit)).items).toEqual([]);
  expect((await api.anonymous.call(readChart, { params: { patientId: patient.id } })).status).toBe(401);
});
