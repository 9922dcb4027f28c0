import {
  amendLabResult,
  decideRoute,
  examineAdverseEvent,
  listAudit,
  readTimeline,
  recordAdverseEvent,
  recordContactAttempt,
  recordInjection,
  recordLabResult,
  recordSymptomScore,
  restrictSites,
  TIMELINE_KINDS,
  type TimelineEntry,
  voidLabResult,
} from '@vastus/contract';
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

/** Somebody with something of nearly everything on record. */
async function lived() {
  const made = await build.treated(clinic, '2026-11-02T08:00:00.000Z', { dose: { site: 'ventrogluteal-left' } });
  const params = { patientId: made.patient.id };
  await clinic.nurse.ok(recordInjection, {
    params,
    body: build.dose(made.course, made.lot, '2026-11-03T08:00:00.000Z', { status: 'not-given', notGivenReason: 'had a fever', site: null }),
  });
  const result = { loinc: '2132-9', value: 180, unit: 'pg/mL', collectedAt: '2026-11-04T07:00:00.000Z' };
  const { result: first } = await clinic.nurse.ok(recordLabResult, { params, body: result });
  const { result: second } = await clinic.nurse.ok(amendLabResult, {
    params: { resultId: first.id },
    body: { ...result, value: 280, amendReason: 'digits were mixed up' },
  });
  await clinic.nurse.ok(voidLabResult, { params: { resultId: second.id }, body: { reason: 'of another patient' } });
  await clinic.nurse.ok(recordSymptomScore, { params, body: { scoredAt: '2026-11-05T08:00:00.000Z', pain: 3, sensory: 2, motor: 0 } });
  await clinic.nurse.ok(restrictSites, { params, body: { sites: ['deltoid-left'], reason: 'rash', since: '2026-11-06' } });
  await clinic.nurse.ok(recordContactAttempt, {
    params,
    body: { courseId: made.course.id, outcome: 'will-come', on: '2026-12-30', declineReason: null, note: null },
  });
  const { event } = await clinic.nurse.ok(recordAdverseEvent, {
    params,
    body: {
      injectionId: made.injection.id,
      onsetAt: '2026-11-02T08:01:00.000Z',
      reportedAt: '2026-11-07T08:00:00.000Z',
      assessment: { onset: 'seconds-to-minutes', motor: 'weakness', radiatingPain: true } as never,
    },
  });
  await clinic.physician.ok(examineAdverseEvent, {
    params: { eventId: event.id },
    body: { examinedAt: '2026-11-08T08:00:00.000Z', course: 'improving', motorDeficit: true, pain: 4 },
  });
  await clinic.physician.ok(decideRoute, { params, body: { decision: 'continue-im', reason: 'severe malabsorption, other side' } });
  return made;
}

const whole = async (patientId: string, query: object = {}): Promise<TimelineEntry[]> =>
  (await clinic.physician.ok(readTimeline, { params: { patientId }, query: { limit: 200, ...query } })).items;
const told = (entries: readonly TimelineEntry[], kind: string) =>
  entries.filter((entry) => entry.kind === kind).map(({ what, state }) => `${what} ${state}`);

test('tells everything that happened, once and with what became of it', async () => {
  const { patient } = await lived();
  await lived();
  const entries = await whole(patient.id);
  expect(told(entries, 'injection')).toEqual(['given effective']);
  expect(told(entries, 'not-given')).toEqual(['not-given effective']);
  expect(told(entries, 'result').toSorted()).toEqual(['collected superseded', 'collected voided']);
  expect(told(entries, 'correction').toSorted()).toEqual(['amended effective', 'voided effective']);
  expect(entries.filter(({ kind }) => kind === 'correction').map(({ facts }) => facts['reason'])).toEqual(
    expect.arrayContaining(['digits were mixed up', 'of another patient']),
  );
  expect(told(entries, 'event')).toEqual(['reported effective']);
  expect(told(entries, 'examination')).toEqual(['improving effective']);
  expect(told(entries, 'decision')).toEqual(['continue-im effective']);
  expect(told(entries, 'hold').toSorted()).toEqual(['lifted effective', 'placed effective']);
  expect(told(entries, 'restriction')).toEqual(['placed effective', 'placed effective']);
  expect(told(entries, 'contact')).toEqual(['will-come effective']);
  expect(told(entries, 'score')).toEqual(['scored effective']);
  expect(told(entries, 'course')).toEqual(['started effective']);
  expect(told(entries, 'alert')).toContain('raised effective');
  expect(entries.find(({ kind }) => kind === 'injection')).toMatchObject({
    at: '2026-11-02T08:00:00.000Z',
    byName: clinic.members.nurse.name,
    facts: { site: 'ventrogluteal-left', againstStop: false },
  });
  const at = entries.map((entry) => entry.at);
  expect(at).toEqual(at.toSorted().reverse());
  expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
});

test('pages neither repeat nor lose an entry, whatever shares its moment with another', async () => {
  const { patient } = await lived();
  const keys = (await whole(patient.id)).map(({ key }) => key);
  for (const limit of [1, 3, 7]) {
    const paged: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await clinic.nurse.ok(readTimeline, { params: { patientId: patient.id }, query: { limit, cursor } });
      paged.push(...page.items.map(({ key }) => key));
      cursor = page.nextCursor ?? undefined;
      more = page.nextCursor !== null;
    }
    expect(paged).toEqual(keys);
  }
});

test('a kind by itself is what the whole has of it', async () => {
  const { patient } = await lived();
  const entries = await whole(patient.id);
  for (const kind of TIMELINE_KINDS) expect(await whole(patient.id, { kind })).toEqual(entries.filter((entry) => entry.kind === kind));
});

test('reading it is on record, page by page; another clinic’s does not exist', async () => {
  const { patient } = await build.treated(clinic, '2026-11-02T08:00:00.000Z');
  const params = { patientId: patient.id };
  const { nextCursor } = await clinic.nurse.ok(readTimeline, { params, query: { limit: 1 } });
  await clinic.nurse.ok(readTimeline, { params, query: { limit: 1, cursor: nextCursor! } });
  expect((await clinic.administrator.ok(listAudit, { query: { action: 'timeline.read' } })).items).toHaveLength(2);
  expect((await (await api.newClinic()).physician.call(readTimeline, { params })).status).toBe(404);
});
