import {
  amendInjection,
  changeLotStatus,
  checkInjectionRoute,
  editPatient,
  listAlerts,
  listAudit,
  listInjections,
  readAlert,
  readChart,
  recordAdverseEvent,
  recordInjection,
  restrictSites,
  voidInjection,
} from '@vastus/contract';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';

const NOW = '2026-03-10T09:00:00.000Z';
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

const count = () => clinic.transaction((tx) => tx.one<{ n: number }>('SELECT count(*) AS n FROM injection')).then(({ n }) => n);
const numbness = {
  onset: 'seconds-to-minutes',
  distribution: 'dermatomal',
  motor: 'foot-or-wrist-drop',
  radiatingPain: true,
  lossOfConsciousness: false,
  course: 'stable',
  siteFindings: [] as never[],
} as const;

describe('recording', () => {
  test('a dose is recorded with its findings and the next one is due two months later', async () => {
    const { injection, patient } = await build.treated(clinic, '2026-03-10T08:30:00.000Z');
    expect(injection).toMatchObject({
      status: 'given',
      givenOn: '2026-03-10',
      site: 'ventrogluteal-right',
      state: 'effective',
      againstStop: false,
    });
    const chart = await clinic.nurse.ok(readChart, { params: { patientId: patient.id } });
    expect(chart.courses[0]).toMatchObject({ dosesGiven: 1, lastDoseOn: '2026-03-10', nextDueOn: '2026-05-10', phase: 'maintenance' });
    expect(chart.milestones.filter((m) => m.ruleId === 'MON-3-6-12').map((m) => m.dueOn)).toEqual([
      '2026-06-10',
      '2026-09-10',
      '2027-03-10',
    ]);
  });

  test('the same idempotency key gives the same injection, another body under it is refused', async () => {
    const { patient, course, lot } = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    const body = build.dose(course, lot, NOW);
    const headers = { 'idempotency-key': 'double-click' };
    const [first, second] = await Promise.all(
      [1, 2].map(() => clinic.nurse.ok(recordInjection, { params: { patientId: patient.id }, body, headers })),
    );
    expect(second!.injection.id).toBe(first!.injection.id);
    expect(await count()).toBe(2);
    const other = await clinic.nurse.call(recordInjection, {
      params: { patientId: patient.id },
      body: { ...body, site: 'deltoid-left' },
      headers,
    });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  test('what cannot have happened is refused, every field named, nothing written', async () => {
    const { patient, course, lot } = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    const send = (fields: object) =>
      clinic.nurse.call(recordInjection, {
        params: { patientId: patient.id },
        body: { ...build.dose(course, lot, NOW), ...fields } as never,
      });
    const pointers = async (fields: object) => (await send(fields)).body.issues?.map((i) => i.pointer);
    expect(await pointers({ givenAt: '2026-03-11T09:00:00Z', site: null, lotId: null })).toEqual(['/givenAt', '/site', '/lotId']);
    expect(await pointers({ givenAt: '1950-01-01T09:00:00Z' })).toEqual(['/givenAt']);
    expect(await pointers({ givenAt: '2026-02-30T09:00:00Z' })).toEqual(['/givenAt']);
    expect(await pointers({ site: 'left buttock', doseMicrograms: '1000', surprise: 1 })).toEqual(
      expect.arrayContaining(['/site', '/doseMicrograms', '/surprise']),
    );
    expect(await pointers({ note: 'a\u0000b' })).toEqual(['/note']);
    expect(await pointers({ note: '\ud800' })).toEqual(['/note']);
    expect(await pointers({ courseId: '018f0000-0000-7000-8000-000000000000' })).toEqual(['/courseId']);
    expect(await pointers({ productId: '018f0000-0000-7000-8000-000000000000' })).toEqual(['/productId']);
    expect(await pointers({ lotId: (await build.lot(clinic, { substance: 'cyanocobalamin' })).id })).toEqual(['/lotId']);
    expect(await pointers({ status: 'not-given' })).toEqual(['/notGivenReason']);
    expect(await count()).toBe(1);
  });

  test('a dose not given is recorded with its reason and moves nothing', async () => {
    const { patient, course, lot } = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    const { injection, changes } = await clinic.nurse.ok(recordInjection, {
      params: { patientId: patient.id },
      body: { ...build.dose(course, lot, NOW), status: 'not-given', notGivenReason: 'felt unwell', site: null, lotId: null },
    });
    expect(injection).toMatchObject({ status: 'not-given', notGivenReason: 'felt unwell', findings: [] });
    expect(changes).toMatchObject({ milestonesAdded: 0, milestonesMet: 0 });
  });

  test('nobody of another clinic can record here, and an administrator not at all', async () => {
    const { patient, course, lot } = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    const body = build.dose(course, lot, NOW);
    const stranger = await api.newClinic();
    expect(await stranger.nurse.call(recordInjection, { params: { patientId: patient.id }, body })).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    expect(await clinic.administrator.call(recordInjection, { params: { patientId: patient.id }, body })).toMatchObject({
      status: 403,
      body: { permission: 'injection.record' },
    });
    expect(await count()).toBe(1);
  });
});

describe('stops', () => {
  const blockedBy = async (
    patientId: string,
    body: Parameters<typeof build.dose>[3] & object,
    given: Awaited<ReturnType<typeof build.treated>>,
  ) => {
    const before = await count();
    const reply = await clinic.nurse.call(recordInjection, {
      params: { patientId },
      body: build.dose(given.course, given.lot, api.clock.now(), body),
    });
    expect(reply).toMatchObject({ status: 409, body: { code: 'blocked-by-rule' } });
    expect(await count()).toBe(before);
    return reply.body.findings!.filter((f) => f['severity'] === 'block').map((f) => f['ruleId']);
  };

  test('dorsogluteal is refused', async () => {
    const given = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    expect(await blockedBy(given.patient.id, { site: 'dorsogluteal-left' }, given)).toEqual(['SITE-DG']);
  });

  test('a restricted limb is refused', async () => {
    const given = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    await clinic.nurse.ok(restrictSites, {
      params: { patientId: given.patient.id },
      body: { sites: ['deltoid-left'], reason: 'lymphoedema', since: '2026-01-01' },
    });
    expect(await blockedBy(given.patient.id, { site: 'deltoid-left' }, given)).toContain('HOLD-LIMB');
  });

  test('a lot past its expiry or recalled is refused', async () => {
    const given = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    await clinic.administrator.ok(changeLotStatus, {
      params: { lotId: given.lot.id },
      body: { status: 'recalled', reason: 'recall letter of the maker' },
      headers: { 'if-match': '"1"' },
    });
    expect(await blockedBy(given.patient.id, {}, given)).toEqual(['RX-EXPIRED']);
    const old = await build.lot(clinic, { expiresOn: '2026-03-31' });
    await api.clock.set('2026-04-01T09:00:00.000Z');
    expect(await blockedBy(given.patient.id, { lotId: old.id }, given)).toEqual(['RX-EXPIRED']);
  });

  test('cyanocobalamin is refused once renal dysfunction is known, an allergy stops every cobalamin', async () => {
    const given = await build.treated(clinic, '2026-01-05T08:30:00.000Z', { course: { substance: 'cyanocobalamin' } });
    const profile = {
      recordNumber: given.patient.recordNumber,
      familyName: 'A',
      givenName: 'B',
      birthDate: '1960-05-17',
      sex: 'female',
    } as const;
    const edit = (version: number, fields: object) =>
      clinic.nurse.ok(editPatient, {
        params: { patientId: given.patient.id },
        body: { ...profile, ...fields },
        headers: { 'if-match': `"${version}"` },
      });
    await edit(1, { renalDysfunction: true });
    expect(await blockedBy(given.patient.id, {}, given)).toEqual(['RX-RENAL']);
    await edit(2, { allergies: ['cobalamin'] });
    expect(await blockedBy(given.patient.id, {}, given)).toEqual(['RX-ALLERGY']);
  });

  test('too early and the same site again are warnings that are kept with the dose', async () => {
    const given = await build.treated(clinic, '2026-03-01T08:30:00.000Z');
    const { injection } = await clinic.nurse.ok(recordInjection, {
      params: { patientId: given.patient.id },
      body: build.dose(given.course, given.lot, NOW),
    });
    expect(injection.findings.map((f) => f.ruleId)).toEqual(expect.arrayContaining(['RX-EARLY', 'SITE-ROTATE']));
    expect(injection.findings.every((f) => f.severity === 'warn')).toBe(true);
  });

  test('a physician overrides with a reason, a nurse cannot', async () => {
    const given = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    const body = {
      ...build.dose(given.course, given.lot, NOW, { site: 'dorsogluteal-left' }),
      override: { reason: 'both thighs are in plaster' },
    };
    const params = { patientId: given.patient.id };
    expect(await clinic.nurse.call(recordInjection, { params, body })).toMatchObject({
      status: 403,
      body: { permission: 'injection.override' },
    });
    const { injection } = await clinic.physician.ok(recordInjection, { params, body });
    expect(injection).toMatchObject({ overrideReason: 'both thighs are in plaster', againstStop: false });
    expect(
      (await clinic.physician.call(recordInjection, { params, body: { ...body, override: { reason: 'short' } } })).body.issues,
    ).toMatchObject([{ pointer: '/override/reason' }]);
  });

  test('a dose already given against a stop is the truth: recorded, counted, and on the physician’s list', async () => {
    const given = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    const { injection, changes } = await clinic.nurse.ok(recordInjection, {
      params: { patientId: given.patient.id },
      body: {
        ...build.dose(given.course, given.lot, NOW, { site: 'dorsogluteal-left' }),
        alreadyGiven: { reason: 'given before the form was opened' },
      },
    });
    expect(injection).toMatchObject({ againstStop: true, stopReason: 'given before the form was opened' });
    expect(changes).toMatchObject({ alertsRaised: 1 });
    const { items } = await clinic.physician.ok(listAlerts, { query: {} });
    expect(items.map((a) => a.ruleId)).toContain('REC-TRUTH');
    const detail = await clinic.physician.ok(readAlert, { params: { alertId: items.find((a) => a.ruleId === 'REC-TRUTH')!.id } });
    expect(detail.why.facts).toMatchObject({ stopRuleIds: ['SITE-DG'] });
  });

  test('a dose that was given can be recorded when neither its vial nor its site is known any more', async () => {
    const given = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    const body = {
      ...build.dose(given.course, given.lot, NOW, { site: null, lotId: null }),
      alreadyGiven: { reason: 'the ward had thrown the vial away' },
    };
    const { injection, changes } = await clinic.nurse.ok(recordInjection, { params: { patientId: given.patient.id }, body });
    expect(injection).toMatchObject({ againstStop: true, site: null, lotId: null });
    expect(
      injection.findings
        .filter((f) => f.severity === 'block')
        .map((f) => f.code)
        .sort(),
    ).toEqual(['lot-unknown', 'site-missing']);
    expect(changes.alertsRaised).toBeGreaterThanOrEqual(1);
  });

  test('the database itself refuses a blocked injection that nobody answered for', async () => {
    const given = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    const write = clinic.transaction((tx) => tx.query(`UPDATE injection SET blocked = true WHERE id = $1`, [given.injection.id]));
    await expect(write).rejects.toMatchObject({ constraint: 'injection_block_is_answered' });
  });

  test('after an injury the hold stops every intramuscular dose', async () => {
    const given = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
    await clinic.nurse.ok(recordAdverseEvent, {
      params: { patientId: given.patient.id },
      body: { injectionId: given.injection.id, onsetAt: '2026-01-05T08:31:00Z', assessment: numbness },
    });
    expect(await blockedBy(given.patient.id, { site: 'deltoid-left' }, given)).toContain('HOLD-IM');
    const check = await clinic.nurse.ok(checkInjectionRoute, {
      params: { patientId: given.patient.id },
      body: { courseId: given.course.id, site: 'deltoid-left' },
    });
    expect(check).toMatchObject({ blocked: true, findings: expect.arrayContaining([expect.objectContaining({ ruleId: 'HOLD-IM' })]) });
    expect(check.sites.every((s) => s.state === 'restricted')).toBe(true);
  });
});

describe('correcting', () => {
  test('an amended dose is a new version; what followed from the old follows from the new', async () => {
    const given = await build.treated(clinic, '2026-03-09T08:30:00.000Z');
    const { injection, changes } = await clinic.nurse.ok(amendInjection, {
      params: { injectionId: given.injection.id },
      body: { ...build.dose(given.course, given.lot, '2026-03-02T08:30:00.000Z'), amendReason: 'the day was entered wrongly' },
    });
    expect(injection).toMatchObject({ replacesId: given.injection.id, givenOn: '2026-03-02', findings: [] });
    expect(changes.milestonesMoved).toBeGreaterThanOrEqual(3);
    const chart = await clinic.nurse.ok(readChart, { params: { patientId: given.patient.id } });
    expect(chart.courses[0]).toMatchObject({ dosesGiven: 1, nextDueOn: '2026-05-02' });
    expect(chart.injections.map((i) => i.state).sort()).toEqual(['effective', 'superseded']);
    expect(chart.milestones.filter((m) => m.ruleId === 'MON-3-6-12' && m.state !== 'cancelled').map((m) => m.dueOn)).toEqual([
      '2026-06-02',
      '2026-09-02',
      '2027-03-02',
    ]);
    const again = await clinic.nurse.call(amendInjection, {
      params: { injectionId: given.injection.id },
      body: { ...build.dose(given.course, given.lot, NOW), amendReason: 'once more, the old one' },
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'state-changed' } });
  });

  test('a voided dose brings back the overdue alert it had closed', async () => {
    const given = await build.treated(clinic, '2025-12-01T08:30:00.000Z');
    const overdue = async () =>
      (await clinic.nurse.ok(listAlerts, { query: { patientId: given.patient.id } })).items.filter((a) => a.ruleId === 'RX-OVERDUE');
    expect((await overdue()).map((a) => a.ownerRole).sort()).toEqual(['nurse', 'physician']);
    const before = (await overdue()).map((a) => a.id).sort();
    const second = await clinic.nurse.ok(recordInjection, {
      params: { patientId: given.patient.id },
      body: build.dose(given.course, given.lot, NOW, { site: 'deltoid-left' }),
    });
    expect(second.changes).toMatchObject({ alertsClosed: 2 });
    expect(await overdue()).toEqual([]);
    const { changes, injection } = await clinic.nurse.ok(voidInjection, {
      params: { injectionId: second.injection.id },
      body: { reason: 'entered for the wrong patient' },
    });
    expect(injection).toMatchObject({ state: 'voided', voidReason: 'entered for the wrong patient' });
    expect(changes).toMatchObject({ alertsReopened: 2 });
    expect((await overdue()).map((a) => a.id).sort()).toEqual(before);
  });

  test('lists leave out other clinics and filter by state; the audit says who, before and after', async () => {
    const given = await build.treated(clinic, '2026-03-01T08:30:00.000Z');
    await build.treated(await api.newClinic(), '2026-03-01T08:30:00.000Z');
    await clinic.nurse.ok(voidInjection, {
      params: { injectionId: given.injection.id },
      body: { reason: 'entered for the wrong patient' },
    });
    expect((await clinic.nurse.ok(listInjections, { query: {} })).items.map((i) => i.id)).toEqual([given.injection.id]);
    expect((await clinic.nurse.ok(listInjections, { query: { state: 'effective' } })).items).toEqual([]);
    const { items } = await clinic.administrator.ok(listAudit, { query: { patientId: given.patient.id, action: 'injection.void' } });
    expect(items).toMatchObject([{ actorRole: 'nurse', before: { state: 'effective' }, after: { state: 'voided' } }]);
  });
});

test('two nurses at once, or two tabs: the second is told that the dose is there, and only one is', async () => {
  const given = await build.treated(clinic, '2026-01-05T08:30:00.000Z');
  const send = (site: 'deltoid-left' | 'deltoid-right') =>
    clinic.nurse.call(recordInjection, {
      params: { patientId: given.patient.id },
      body: build.dose(given.course, given.lot, NOW, { site }),
    });
  const answers = await Promise.all([send('deltoid-left'), send('deltoid-right')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.findings?.[0]).toMatchObject({
    ruleId: 'RX-EARLY',
    code: 'course-dose-already-given-today',
  });
  const { items } = await clinic.nurse.ok(listInjections, { query: { patientId: given.patient.id } });
  expect(items).toHaveLength(2);
});
