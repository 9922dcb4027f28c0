// Sections C and D through HTTP: sites, technique, courses and doses.

import {
  deficiencyPicture,
  folicAcidOverrideInForce,
  type PatientFacts,
  type ProtocolParameters,
  permanentDamageRisk,
} from '@vastus/clinical';
import {
  checkInjectionRoute,
  editPatient,
  listAlerts,
  listAudit,
  type Patient,
  readChart,
  readFacts,
  recordInjection,
  recordLabResult,
  recordWorkUp,
  registerPatient,
  startCourse,
  voidInjection,
} from '@vastus/contract';
import * as build from '../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../testing/index.js';

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

type Treated = Awaited<ReturnType<typeof build.treated>>;
const check = ({ patient, course }: Pick<Treated, 'patient' | 'course'>, body: object = {}) =>
  clinic.nurse.ok(checkInjectionRoute, { params: { patientId: patient.id }, body: { courseId: course.id, ...body } });
const give = ({ patient, course, lot }: Treated, givenAt: string, fields: object = {}) =>
  clinic.nurse.call(recordInjection, { params: { patientId: patient.id }, body: build.dose(course, lot, givenAt, fields) });
const courseOf = async (patientId: string) => (await clinic.nurse.ok(readChart, { params: { patientId } })).courses[0]!;
const alertsOf = async (patientId: string) =>
  (await clinic.physician.ok(listAlerts, { query: { patientId, limit: 100 } })).items.map(
    ({ ruleId, ownerRole }) => `${ruleId} ${ownerRole}`,
  );

describe('sites and technique', () => {
  test('the advisor puts the ventrogluteal site first and the dorsogluteal one last; what was used lately rests', async () => {
    const given = await build.treated(clinic, '2026-11-16T08:00:00.000Z', { dose: { site: 'ventrogluteal-right' } });
    const { sites, findings } = await check(given, { site: 'ventrogluteal-right' });
    expect(sites[0]).toMatchObject({ site: 'ventrogluteal-left', state: 'recommended' });
    expect(sites.filter(({ state }) => state === 'avoid').map(({ site }) => site)).toEqual(
      expect.arrayContaining(['dorsogluteal-left', 'dorsogluteal-right']),
    );
    expect(findings.map(({ ruleId }) => ruleId)).toContain('SITE-ROTATE');
  });

  test('more than a millilitre is too much for the deltoid', async () => {
    const given = await build.treated(clinic, '2026-08-16T08:00:00.000Z');
    const { findings } = await check(given, { site: 'deltoid-left', volumeMl: 1.5 });
    expect(findings.find(({ ruleId }) => ruleId === 'SITE-RANK')).toMatchObject({ severity: 'warn', field: 'volumeMl' });
  });

  test('a site with a rash is not offered, and an injection into it is refused', async () => {
    const given = await build.treated(clinic, '2026-08-16T08:00:00.000Z');
    const skin = { site: 'deltoid-left', skinFindings: ['deltoid-left'] };
    expect((await check(given, skin)).sites.find(({ site }) => site === 'deltoid-left')?.state).not.toBe('recommended');
    const refused = await give(given, NOW, skin);
    expect([refused.status, refused.body.findings?.[0]?.['ruleId']]).toEqual([409, 'SITE-SKIN']);
  });

  test('aspiration and needle are kept with the dose as they were', async () => {
    const given = await build.treated(clinic, '2026-08-16T08:00:00.000Z');
    const { body } = await give(given, NOW, { aspirated: 'not-applicable', needleGauge: 25, needleLengthMm: 38 });
    expect(body.injection).toMatchObject({ aspirated: 'not-applicable', needleGauge: 25, needleLengthMm: 38 });
  });

  test('a product for the muscle is not given under the skin', async () => {
    const given = await build.treated(clinic, '2026-08-16T08:00:00.000Z', { course: { substance: 'methylcobalamin' } });
    const product = await build.product(clinic, 'methylcobalamin');
    const { findings } = await check(given, { route: 'SC' });
    expect(findings.some(({ ruleId }) => ruleId === 'TECH-SC')).toBe(!product.routes.includes('SC'));
    expect((await check(given, { route: 'IM', site: null })).findings.map(({ code }) => code)).toContain('site-missing');
  });
});

describe('the deficiency', () => {
  async function rules(patientId: string) {
    const { facts, protocol } = await clinic.physician.ok(readFacts, { params: { patientId } });
    return { facts: facts as PatientFacts, protocol: protocol as unknown as ProtocolParameters };
  }

  test('severe is a picture: a low B12 with symptoms, whatever else is not known yet', async () => {
    const { id } = await build.patient(clinic);
    const started = await build.course(clinic, id, { symptomsSince: '2026-10-01', deficiencyPicture: { lowB12: true, symptoms: true } });
    expect(started.deficiencyPicture).toEqual({
      lowB12: true,
      symptoms: true,
      neurologicalSigns: null,
      anemiaOrMacrocytosis: null,
      malabsorptionRisk: null,
    });
    const { facts } = await rules(id);
    expect(deficiencyPicture(facts.courses[0]!, facts)).toMatchObject({
      severe: true,
      missing: expect.arrayContaining(['neurologicalSigns']),
    });
  });

  test('symptoms for more than three months before the start threaten to stay', async () => {
    const { id } = await build.patient(clinic);
    await build.course(clinic, id, { symptomsSince: '2026-08-19' });
    const { facts, protocol } = await rules(id);
    expect(permanentDamageRisk(facts.courses[0]!, protocol)).toBe(true);
  });

  test('an open cause stays on the worklist, low, until somebody records it', async () => {
    const { id } = await build.patient(clinic);
    const { id: courseId } = await build.course(clinic, id, { cause: 'unknown' });
    const { items } = await clinic.physician.ok(listAlerts, { query: { patientId: id } });
    expect(items).toMatchObject([{ ruleId: 'DX-CAUSE', priority: 'low' }]);
    const { course, changes } = await clinic.nurse.ok(recordWorkUp, {
      params: { courseId },
      body: { cause: 'metformin', deficiencyPicture: { lowB12: true } },
      headers: { 'if-match': '"1"' },
    });
    expect([course.cause, course.deficiencyPicture?.lowB12, changes.alertsClosed]).toEqual(['metformin', true, 1]);
    const { items: trail } = await clinic.administrator.ok(listAudit, { query: { action: 'course.work-up' } });
    expect(trail[0]).toMatchObject({ before: { cause: 'unknown' }, after: { cause: 'metformin' } });
  });
});

describe('the schedule', () => {
  test.each([
    ['alternate days', { regimen: 'loading-alternate-days', neurologicalInvolvement: true }, '2026-11-20'],
    [
      'Monday, Wednesday, Friday with neuropathy',
      { regimen: 'loading-three-weekly-neurological', neurologicalInvolvement: true },
      '2026-11-20',
    ],
    ['Monday, Wednesday, Friday', { regimen: 'loading-three-weekly' }, '2026-11-20'],
    ['methylcobalamin three times a week', { regimen: 'methylcobalamin-three-weekly', substance: 'methylcobalamin' }, '2026-11-20'],
    ['every two months', { regimen: 'maintenance' }, '2027-01-18'],
  ] as const)('%s: when the next dose is due', async (_, course, dueOn) => {
    const { patient } = await build.treated(clinic, '2026-11-18T08:00:00.000Z', { course: { ...course, startedOn: '2026-11-16' } });
    expect((await courseOf(patient.id)).nextDueOn).toBe(dueOn);
  });

  test('six doses in two weeks end loading by themselves; alternate days go on until somebody says so', async () => {
    const plain = await build.treated(clinic, '2026-11-02T08:00:00.000Z', { course: { regimen: 'loading-three-weekly' } });
    const neuro = await build.treated(clinic, '2026-11-02T08:00:00.000Z', {
      course: { regimen: 'loading-alternate-days', neurologicalInvolvement: true },
    });
    for (const day of ['04', '06', '09', '11', '13', '15'])
      for (const given of [plain, neuro]) await give(given, `2026-11-${day}T08:00:00.000Z`);
    expect((await courseOf(plain.patient.id)).phase).toBe('maintenance');
    expect((await courseOf(neuro.patient.id)).phase).toBe('loading');
  });

  test('the window follows the last dose given; one that is reported late is placed where it was given', async () => {
    const given = await build.treated(clinic, '2026-07-01T08:00:00.000Z');
    await give(given, '2026-11-10T08:00:00.000Z');
    expect((await courseOf(given.patient.id)).nextDueOn).toBe('2027-01-10');
    const { body } = await give(given, '2026-09-02T08:00:00.000Z', { site: 'deltoid-right' });
    expect((await courseOf(given.patient.id)).nextDueOn).toBe('2027-01-10');
    await clinic.nurse.ok(voidInjection, { params: { injectionId: body.injection.id }, body: { reason: 'belonged to another patient' } });
    expect((await courseOf(given.patient.id)).nextDueOn).toBe('2027-01-10');
  });

  test('a maintenance dose is late for the nurse after a week, for the physician after four', async () => {
    const { patient } = await build.treated(clinic, '2026-11-20T08:00:00.000Z');
    const at = async (now: string) => {
      await api.clock.set(now);
      await api.runJob('raise-due-alerts', {});
      return (await alertsOf(patient.id)).filter((alert) => alert.startsWith('RX-OVERDUE')).sort();
    };
    expect(await at('2027-01-26T09:00:00.000Z')).toEqual([]);
    expect(await at('2027-01-27T09:00:00.000Z')).toEqual(['RX-OVERDUE nurse']);
    expect(await at('2027-02-17T09:00:00.000Z')).toEqual(['RX-OVERDUE nurse', 'RX-OVERDUE physician']);
  });
});

describe('what may not be given together', () => {
  const edit = ({ id, recordNumber, familyName, givenName, birthDate, sex, version }: Patient, fields: object, as = clinic.nurse) =>
    as.call(editPatient, {
      params: { patientId: id },
      headers: { 'if-match': `"${version}"` },
      body: { recordNumber, familyName, givenName, birthDate, sex, ...fields },
    });

  test('kidneys that begin to fail during a cyanocobalamin course: an alert from that day, and the next dose is refused', async () => {
    const given = await build.treated(clinic, '2026-09-01T08:00:00.000Z', { course: { substance: 'cyanocobalamin' } });
    const params = { patientId: given.patient.id };
    const { changes } = await clinic.nurse.ok(recordLabResult, {
      params,
      body: { loinc: '33914-3', value: 41, unit: 'mL/min', collectedAt: '2026-11-19T08:00:00Z' },
    });
    expect(changes.alertsRaised).toBe(1);
    expect(await alertsOf(given.patient.id)).toContain('RX-RENAL physician');
    const refused = await give(given, NOW);
    expect(refused.body.findings?.[0]).toMatchObject({
      ruleId: 'RX-RENAL',
      facts: { alternatives: ['hydroxocobalamin', 'methylcobalamin'] },
    });
  });

  test('the renal flag counts from the day it was set, and is gone when it is taken back', async () => {
    const given = await build.treated(clinic, '2026-09-01T08:00:00.000Z', { course: { substance: 'cyanocobalamin' } });
    const flagged = await edit(given.patient, { renalDysfunction: true });
    // The clock of the tests walks on from where it was set.
    expect(flagged.body.patient.renalDysfunctionSince?.slice(0, 14)).toBe(NOW.slice(0, 14));
    const { milestones } = await clinic.nurse.ok(readChart, { params: { patientId: given.patient.id } });
    expect(milestones.find(({ ruleId }) => ruleId === 'RX-RENAL')?.opensAt).toBe(flagged.body.patient.renalDysfunctionSince);
    const back = await edit(flagged.body.patient, { renalDysfunction: false });
    expect([back.body.patient.renalDysfunctionSince, back.body.changes.alertsClosed]).toEqual([null, 1]);
  });

  test('folic acid ahead of the first B12 is refused; a physician answers for it, and the trail keeps the answer', async () => {
    const patient = await build.patient(clinic);
    const refused = await edit(patient, { folicAcidMgPerDay: 5 });
    expect([refused.status, refused.body.findings?.[0]?.['ruleId']]).toEqual([409, 'RX-FOLATE']);
    const overrideReason = 'prescribed elsewhere, she takes it already';
    expect(await edit(patient, { folicAcidMgPerDay: 5, overrideReason })).toMatchObject({
      status: 403,
      body: { permission: 'patient.override' },
    });
    const { body } = await edit(patient, { folicAcidMgPerDay: 5, overrideReason }, clinic.physician);
    expect(body.patient.folicAcidMgPerDay).toBe(5);
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'patient.edit' } });
    expect(items[0]?.after).toMatchObject({ overrideReason, findings: [{ ruleId: 'RX-FOLATE' }] });
    expect((await edit(body.patient, { folicAcidMgPerDay: 5, phone: '030 1' })).status).toBe(200);
    expect((await edit(patient, { folicAcidMgPerDay: 0.1 })).body.code).toBe('stale-version');
  });

  test('the physician’s word on folic acid stands on the chart until it is less, or B12 is given, and again where that dose is voided', async () => {
    const read = async (patientId: string) => {
      const { patient } = await clinic.nurse.ok(readChart, { params: { patientId } });
      const { facts, protocol } = await clinic.nurse.ok(readFacts, { params: { patientId } });
      const known = [facts as PatientFacts, protocol as unknown as ProtocolParameters] as const;
      return { patient, standing: folicAcidOverrideInForce(patient.folicAcidOverrides, ...known)?.reason ?? null };
    };
    const fresh = await build.patient(clinic);
    expect((await read(fresh.id)).patient.folicAcidOverrides).toEqual([]);
    const first = 'prescribed elsewhere, she takes it already';
    const { body } = await edit(fresh, { folicAcidMgPerDay: 5, overrideReason: first }, clinic.physician);
    expect(body.patient.folicAcidOverrides).toEqual([
      expect.objectContaining({
        folicAcidMgPerDay: 5,
        reason: first,
        decidedAt: expect.stringContaining(NOW.slice(0, 14)),
        decidedByName: clinic.members.physician.name,
      }),
    ]);
    expect(body.patient.folicAcidOverrides[0]!.findings).toMatchObject([{ ruleId: 'RX-FOLATE', facts: { folicAcidMgPerDay: 5 } }]);
    expect((await read(fresh.id)).standing).toBe(first);

    const less = await edit(body.patient, { folicAcidMgPerDay: 0.1 });
    expect([less.status, (await read(fresh.id)).standing]).toEqual([200, null]);
    expect((await edit(less.body.patient, { folicAcidMgPerDay: 5 })).status).toBe(409);
    const second = 'pregnant, the midwife insists on it';
    await api.clock.advance({ minutes: 1 });
    await edit(less.body.patient, { folicAcidMgPerDay: 2, overrideReason: second }, clinic.physician);
    const again = await read(fresh.id);
    expect(again.patient.folicAcidOverrides.map(({ reason }) => reason)).toEqual([second, first]);
    expect(again.standing).toBe(second);

    const [course, lot] = [await build.course(clinic, fresh.id), await build.lot(clinic)];
    const dose = await clinic.nurse.ok(recordInjection, { params: { patientId: fresh.id }, body: build.dose(course, lot, NOW) });
    expect((await read(fresh.id)).standing).toBeNull();
    await clinic.nurse.ok(voidInjection, { params: { injectionId: dose.injection.id }, body: { reason: 'entered for somebody else' } });
    const back = await read(fresh.id);
    expect(back.standing).toBe(second);
    expect(back.patient.folicAcidOverrides).toHaveLength(2);
  });

  test('folic acid at registration is asked about in the same way, and waits on the list until B12 is given', async () => {
    const fields = { familyName: 'F', givenName: 'G', birthDate: '1960-01-01', sex: 'female' as const, folicAcidMgPerDay: 1 };
    const refused = await clinic.physician.call(registerPatient, { body: { ...fields, recordNumber: 'F-1' } });
    expect([refused.status, refused.body.findings?.[0]?.['code']]).toEqual([409, 'folic-acid-before-b12']);
    const { id } = await clinic.physician.ok(registerPatient, {
      body: { ...fields, recordNumber: 'F-1', overrideReason: 'pregnant, taken since May' },
    });
    const course = await build.course(clinic, id);
    expect(await alertsOf(id)).toContain('RX-FOLATE physician');
    const lot = await build.lot(clinic);
    await clinic.nurse.ok(recordInjection, { params: { patientId: id }, body: build.dose(course, lot, NOW) });
    expect(await alertsOf(id)).not.toContain('RX-FOLATE physician');
    const after = await clinic.nurse.ok(readChart, { params: { patientId: id } });
    expect((await edit(after.patient, { folicAcidMgPerDay: 5 })).status).toBe(200);
  });

  test('vitamin A into the muscle is given with a word about tablets, vitamin D without malabsorption not at all', async () => {
    const patient = await build.patient(clinic, { malabsorption: ['post-bariatric'] });
    const ofA = await build.course(clinic, patient.id, { substance: 'retinol', monitoringPlan: 'none' });
    expect((await check({ patient, course: ofA })).findings.find(({ ruleId }) => ruleId === 'RX-VITA')).toMatchObject({ severity: 'warn' });
    const ofD = await build.course(clinic, patient.id, { substance: 'colecalciferol', monitoringPlan: 'none' });
    expect((await check({ patient, course: ofD })).findings.map(({ ruleId }) => ruleId)).not.toContain('RX-VITD');
    await edit(patient, { malabsorption: [] });
    expect((await check({ patient, course: ofD })).findings.find(({ ruleId }) => ruleId === 'RX-VITD')).toMatchObject({
      severity: 'block',
    });
  });

  test('nobody is injected after death or under a course that ended', async () => {
    const given = await build.treated(clinic, '2026-09-01T08:00:00.000Z');
    await edit(given.patient, { deceasedOn: '2026-11-19' });
    const { findings } = await check(given);
    expect(findings.find(({ code }) => code === 'patient-deceased')).toMatchObject({ ruleId: 'RX-COURSE', severity: 'block' });
    // No reason makes it right; what was given before anybody knew is recorded as it was (REC-TRUTH).
    const answered = (answer: object) =>
      clinic.physician.call(recordInjection, {
        params: { patientId: given.patient.id },
        body: { ...build.dose(given.course, given.lot, NOW), ...answer } as never,
      });
    const refused = await answered({ override: { reason: 'the family asks for the dose' } });
    expect([refused.status, refused.body.code]).toEqual([409, 'blocked-by-rule']);
    expect((await answered({ alreadyGiven: { reason: 'given an hour before the call came' } })).status).toBe(201);
    const { id: productId } = await build.product(clinic);
    const started = await clinic.physician.call(startCourse, {
      params: { patientId: given.patient.id },
      body: { productId, cause: 'diet', neurologicalInvolvement: false, regimen: 'maintenance', startedOn: '2026-11-20' },
    });
    expect(started.status).toBe(409);
  });
});
