import {
  endLoading,
  exportAdverseEvents,
  listAdverseEvents,
  listAudit,
  noteEventFiling,
  printEventReport,
  readAdverseEvent,
  readEventRates,
  readEventReport,
  recordAdverseEvent,
  recordInjection,
  voidAdverseEvent,
} from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { de } from './event-report.de.js';
import { eventReport } from './event-report.js';
import { reportFacts } from './event-report.store.js';

const NOW = '2026-03-10T09:00:00.000Z';
const GIVEN = '2026-03-10T08:30:00.000Z';
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

const ASSESSMENT = {
  onset: 'seconds-to-minutes',
  distribution: 'dermatomal',
  motor: 'none',
  radiatingPain: true,
  lossOfConsciousness: false,
  course: 'stable',
  siteFindings: [] as [],
} as const;

async function reaction({ dose = {}, patient = {}, event = {} }: { dose?: object; patient?: object; event?: object } = {}) {
  const given = await build.treated(clinic, GIVEN, { dose, patient });
  const { event: recorded } = await clinic.nurse.ok(recordAdverseEvent, {
    params: { patientId: given.patient.id },
    body: { injectionId: given.injection.id, onsetAt: '2026-03-10T08:31:00.000Z', assessment: ASSESSMENT, ...event },
  });
  return { ...given, event: recorded };
}

describe('rates', () => {
  test('events per 1,000 injections by site, product, lot and month, each with its interval', async () => {
    await reaction({ dose: { site: 'deltoid-left' } });
    const calm = await build.treated(clinic, GIVEN, { dose: { site: 'ventrogluteal-left' } });
    await build.treated(clinic, '2026-01-15T08:30:00.000Z', { dose: { site: 'ventrogluteal-left' } });
    const rates = await clinic.administrator.ok(readEventRates, { query: { from: '2026-01-01', to: '2026-03-31' } });
    expect(rates.overall).toMatchObject({ events: 1, injections: 3 });
    expect(rates.overall.perThousand).toBeCloseTo(333.33, 2);
    expect(rates.overall.low).toBeCloseTo(16.67, 1);
    expect(rates.bySite.map(({ site, events, injections }) => [site, events, injections])).toEqual([
      ['deltoid-left', 1, 1],
      ['ventrogluteal-left', 0, 2],
    ]);
    expect(rates.byMonth.map(({ month, events, injections }) => [month, events, injections])).toEqual([
      ['2026-01-01', 0, 1],
      ['2026-02-01', 0, 0],
      ['2026-03-01', 1, 2],
    ]);
    expect(rates.byProduct).toMatchObject([{ productName: calm.injection.productName, events: 1, injections: 3 }]);
    expect(rates.byLot.map(({ lotNumber, events }) => [lotNumber === calm.lot.lotNumber, events])).toContainEqual([true, 0]);
  });

  test('what was entered in error is in no rate, nor benign events when harm is asked for; another clinic’s never are', async () => {
    const wrong = await reaction();
    await clinic.physician.ok(voidAdverseEvent, { params: { eventId: wrong.event.id }, body: { reason: 'was another patient' } });
    await reaction({
      event: { assessment: { ...ASSESSMENT, onset: 'hours', distribution: 'localized', radiatingPain: false, course: 'improving' } },
    });
    const count = async (query: object) => (await clinic.nurse.ok(readEventRates, { query })).overall.events;
    expect([await count({}), await count({ harm: 'true' })]).toEqual([1, 0]);
    const elsewhere = await (await api.newClinic()).administrator.ok(readEventRates);
    expect(elsewhere.overall).toEqual({ events: 0, injections: 0, perThousand: null, low: null, high: null });
  });

  test('an event after no recorded injection counts beside the rates, a use error by itself', async () => {
    const { patient, course, lot } = await build.treated(clinic, GIVEN);
    await clinic.nurse.ok(recordAdverseEvent, {
      params: { patientId: patient.id },
      body: { site: 'deltoid-left', onsetAt: '2026-03-09T08:00:00.000Z', assessment: ASSESSMENT },
    });
    await clinic.nurse.ok(recordInjection, {
      params: { patientId: patient.id },
      body: build.dose(course, lot, '2026-03-10T08:50:00.000Z', {
        site: 'dorsogluteal-left',
        alreadyGiven: { reason: 'the stop was seen too late' },
      }),
    });
    const rates = await clinic.administrator.ok(readEventRates);
    expect([rates.unlinkedEvents, rates.useErrors, rates.overall.events]).toEqual([1, 1, 0]);
  });

  test.each([
    [{ from: '2026-03-02', to: '2026-03-01' }, 'query:to'],
    [{ from: '1900-01-01' }, 'query:from'],
    [{ to: '2026-02-30' }, 'query:to'],
  ])('%j is refused at %s', async (query, pointer) => {
    const { status, body } = await clinic.administrator.call(readEventRates, { query });
    expect([status, body.issues?.[0]?.pointer]).toEqual([422, pointer]);
  });
});

describe('the list', () => {
  test('is narrowed by seriousness, causality, site, lot, product, day and completeness', async () => {
    const first = await reaction({
      dose: { site: 'deltoid-left' },
      event: { causality: 'probable', serious: false, narrative: 'numb thumb since' },
    });
    const second = await reaction({ patient: { sex: 'unknown' } });
    const found = async (query: object) => (await clinic.administrator.ok(listAdverseEvents, { query })).items.map(({ id }) => id);
    expect(await found({ causality: 'none' })).toEqual([second.event.id]);
    expect(await found({ serious: 'no' })).toEqual([first.event.id]);
    expect(await found({ serious: 'unknown', site: 'ventrogluteal-right' })).toEqual([second.event.id]);
    expect(await found({ lotId: first.lot.id })).toEqual([first.event.id]);
    expect(await found({ productId: first.course.productId })).toHaveLength(2);
    expect(await found({ from: '2026-03-11' })).toEqual([]);
    expect(await found({ to: '2026-03-10' })).toHaveLength(2);
    expect(await found({ completeness: 'well' })).toEqual([]);
    expect(await found({ completeness: 'poor' })).toHaveLength(2);
    expect(second.event.completeness).toMatchObject({ score: 0.441, missing: ['outcome', 'sex', 'narrative'] });
  });

  test('a page is full, and the next one goes on, also where completeness passes rows over', async () => {
    for (let i = 0; i < 5; i++) await reaction({ event: { narrative: `numb since the dose, telling ${i}` } });
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await clinic.nurse.ok(listAdverseEvents, { query: { limit: 2, completeness: 'poor', cursor } });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toHaveLength(5);
  });
});

describe('the sheet of the administration', () => {
  const filing = { authority: 'National agency', authorityReference: 'A-17', filedOn: '2026-03-10', note: 'sent by post' };
  const sheet = (eventId: string, version: number, body: object = filing) => ({
    params: { eventId },
    body,
    headers: { 'if-match': `"${version}"` },
  });

  test('says where the case was sent, is kept in the trail, and never touches the case', async () => {
    const { event } = await reaction();
    expect(await clinic.administrator.ok(noteEventFiling, sheet(event.id, 0))).toMatchObject({ ...filing, version: 1, productKept: null });
    expect((await clinic.administrator.call(noteEventFiling, sheet(event.id, 0))).body.code).toBe('stale-version');
    await clinic.administrator.ok(noteEventFiling, sheet(event.id, 1, { ...filing, productKept: 'returned' }));
    const read = await clinic.nurse.ok(readAdverseEvent, { params: { eventId: event.id } });
    expect(read).toMatchObject({
      version: 1,
      filing: { productKept: 'returned', version: 2, notedByName: clinic.members.administrator.name },
    });
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'adverse-event.annotate' } });
    expect(items[0]).toMatchObject({
      before: { productKept: null },
      after: { productKept: 'returned' },
      patient: { id: event.patient.id },
    });
  });

  test('a nurse does not write on it, nothing is filed tomorrow, and another clinic’s case is none', async () => {
    const { event } = await reaction();
    expect((await clinic.nurse.call(noteEventFiling, sheet(event.id, 0))).body.permission).toBe('adverse-event.annotate');
    const late = await clinic.administrator.call(noteEventFiling, sheet(event.id, 0, { ...filing, filedOn: '2026-03-11' }));
    expect([late.status, late.body.issues?.[0]?.pointer]).toEqual([422, '/filedOn']);
    expect((await (await api.newClinic()).administrator.call(noteEventFiling, sheet(event.id, 0))).status).toBe(404);
  });
});

describe('what leaves the clinic', () => {
  test('the frequency is the one of the suspected dose, not of the days when the course began', async () => {
    const { patient, course, lot } = await build.treated(clinic, '2026-01-10T08:30:00.000Z', {
      course: { regimen: 'loading-alternate-days' },
    });
    const react = async (givenAt: string, site: 'deltoid-left' | 'deltoid-right') => {
      const body = build.dose(course, lot, givenAt, { site });
      const { injection } = await clinic.nurse.ok(recordInjection, { params: { patientId: patient.id }, body });
      const { event } = await clinic.nurse.ok(recordAdverseEvent, {
        params: { patientId: patient.id },
        body: {
          injectionId: injection.id,
          onsetAt: givenAt,
          assessment: {
            ...ASSESSMENT,
            onset: 'hours',
            distribution: 'localized',
            radiatingPain: false,
            course: 'improving',
          },
        },
      });
      return (await clinic.administrator.ok(readEventReport, { params: { eventId: event.id }, query: {} })).D.frequency;
    };
    expect(await react('2026-01-12T08:30:00.000Z', 'deltoid-left')).toBe('on alternate days (loading)');
    await clinic.physician.ok(endLoading, {
      params: { courseId: course.id },
      body: { on: '2026-01-12', statement: 'no further improvement' },
    });
    expect(await react(GIVEN, 'deltoid-right')).toBe('every 2 months');
  });

  test('a case as JSON has the sections of a national report, the patient by initials or record number only', async () => {
    const { event, patient, lot } = await reaction({
      patient: { familyName: 'Öztürk-Żak', givenName: 'Łucja Ana', allergies: ['other'], allergyNote: 'latex' },
      event: { narrative: 'Electric pain down the arm.', serious: true, seriousnessCriteria: ['disability'], causality: 'probable' },
    });
    const params = { eventId: event.id };
    const report = await clinic.administrator.ok(readEventReport, { params, query: {} });
    expect(report).toMatchObject({
      A: { patientIdentifier: 'Ł. A. Ö. Ż.', ageAtEvent: 65, sex: 'Female', weightKg: null },
      B: {
        outcomesAttributed: ['Disability or permanent damage'],
        causality: 'Probable / likely',
        dateOfEvent: '2026-03-10',
        outcome: 'Ongoing',
      },
      D: {
        lotNumber: lot.lotNumber,
        dose: '1 mg (1 mL)',
        route: 'Intramuscular',
        frequency: 'every 2 months',
        reappearedAfterReintroduction: 'does not apply',
      },
      G: { reporter: clinic.members.nurse.name, occupation: 'Nurse' },
    });
    expect(report.B.history).toEqual(expect.arrayContaining(['Allergy: Other', 'latex']));
    expect(JSON.stringify(report)).not.toMatch(/Öztürk|Łucja|1960-05-17/);
    const byNumber = await clinic.administrator.ok(readEventReport, { params, query: { identify: 'record-number' } });
    expect(byNumber.A.patientIdentifier).toBe(patient.recordNumber);
    expect((await clinic.nurse.call(readEventReport, { params, query: {} })).body.permission).toBe('adverse-event.export');
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'adverse-event.export' } });
    expect(items.map(({ after, patient: whose }) => [after, whose?.id])).toEqual([
      [{ format: 'json', identify: 'record-number', version: 1 }, patient.id],
      [{ format: 'json', identify: 'initials', version: 1 }, patient.id],
    ]);
  });

  test('the PDF is one, is named without the patient, and is kept in the trail', async () => {
    const { event } = await reaction({ event: { narrative: 'Łaskotanie, ağrı, brûlure. '.repeat(120) } });
    const { status, headers, body } = await clinic.physician.call(printEventReport, { params: { eventId: event.id }, query: {} });
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'application/pdf', 'no-store']);
    expect(headers['content-disposition']).toBe(`attachment; filename="adverse-event-${event.id}.pdf"`);
    expect(String(body)).toMatch(/^%PDF-1\.\d[\s\S]*%%EOF\s*$/);
    expect((await clinic.administrator.ok(listAudit, { query: { action: 'adverse-event.export' } })).items).toMatchObject([
      { after: { format: 'pdf' }, patient: { id: event.patient.id } },
    ]);
    expect((await (await api.newClinic()).physician.call(printEventReport, { params: { eventId: event.id }, query: {} })).status).toBe(404);
  });

  test('the PDF speaks German where that is asked for, down to the words of codes', async () => {
    const { event } = await reaction({
      patient: { malabsorption: ['pancreatic-insufficiency'] },
      event: { serious: true, seriousnessCriteria: ['disability'] },
    });
    const read = await clinic.physician.ok(readAdverseEvent, { params: { eventId: event.id } });
    const facts = await clinic.transaction((tx) => reportFacts(tx, event.id, '2026-03-10T10:00:00.000Z'));
    const report = eventReport(read, facts, { now: NOW, zone: 'Europe/Berlin', identify: 'initials', words: de });
    expect(report).toMatchObject({
      A: { sex: 'Weiblich' },
      B: { kind: ['Unerwünschtes Ereignis'], outcomesAttributed: ['Behinderung oder bleibender Schaden'], outcome: 'Anhaltend' },
      D: { dose: '1 mg (1 mL)', frequency: 'alle 2 Monate', route: 'Intramuskulär' },
      G: { occupation: 'Pflegekraft' },
    });
    expect(report.B.history).toContain('Malabsorption: Pankreasinsuffizienz');
    const { status, body } = await clinic.physician.call(printEventReport, { params: { eventId: event.id }, query: { language: 'de' } });
    expect([status, /\/Lang \(de\)/.test(String(body))]).toEqual([200, true]);
    expect(
      (await clinic.physician.call(printEventReport, { params: { eventId: event.id }, query: { language: 'fr' as 'de' } })).body.issues,
    ).toMatchObject([{ pointer: 'query:language' }]);
  });

  test('the list as CSV: every row of the filter, a byte order mark, and no cell a spreadsheet would run', async () => {
    const one = await reaction({
      patient: { familyName: 'Ahlers', givenName: 'Ida' },
      event: { narrative: '=HYPERLINK("https://evil.example")' },
    });
    await reaction({
      patient: { familyName: 'Borg', givenName: 'Olaf' },
      event: { narrative: 'said "numb",\nthen slept', serious: false },
    });
    const { status, headers, body } = await clinic.administrator.call(exportAdverseEvents, { query: {} });
    const text = String(body);
    expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers['content-disposition']).toBe('attachment; filename="adverse-events-2026-03-10.csv"');
    expect(text.startsWith('\uFEFFCase,Patient,Began,')).toBe(true);
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(text).toContain('"said ""numb"",\nthen slept"');
    expect(text).toContain(`${one.event.id},I. A.,2026-03-10,`);
    expect(text).not.toContain('Ahlers');
    expect(text.trimEnd().split('\r\n')).toHaveLength(3);
    const some = await clinic.administrator.call(exportAdverseEvents, { query: { serious: 'no', identify: 'record-number' } });
    expect(String(some.body).trimEnd().split('\r\n')).toHaveLength(2);
    const [entry] = (await clinic.administrator.ok(listAudit, { query: { action: 'adverse-event.export' } })).items;
    expect(entry).toMatchObject({ after: { format: 'csv', serious: 'no', identify: 'record-number' }, patient: null });
    expect((await clinic.nurse.call(exportAdverseEvents, { query: {} })).status).toBe(403);
  });
});
