import { PROTOCOL_DEFAULTS, PROTOCOL_PARAMETERS, RULES_REVISION } from '@vastus/clinical';
import {
  checkInjectionRoute,
  type DraftProtocol,
  draftProtocol,
  editProtocolDraft,
  listAlerts,
  listAudit,
  listCourses,
  listProtocolVersions,
  type ProtocolVersionDetail,
  readAlert,
  readChart,
  readProtocolVersion,
  recordInjection,
  recordLabResult,
  signProtocol,
  voidLabResult,
  withdrawProtocolDraft,
} from '@vastus/contract';
import type { z } from 'zod';
import * as build from '../../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../../testing/index.js';
import { ObligationsService } from '../obligations/obligations.service.js';
import { ProtocolApplications } from './applications.service.js';

const NOW = '2026-11-20T09:00:00.000Z';
const REASON = 'a reason that is long enough';
const RESULTS = [
  ['2132-9', 300, 'pg/mL'],
  ['13965-9', 8, 'umol/L'],
  ['13964-2', 0.2, 'umol/L'],
] as const;
let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: NOW });
});
afterAll(() => api.close());
beforeEach(async () => {
  // What the tests before left signed for later is no business of the next one.
  await api.app.get(ProtocolApplications).applyDue('2028-01-01T09:00:00.000Z');
  await api.clock.set(NOW);
  clinic = await api.newClinic();
});

type Changes = z.input<typeof DraftProtocol>['parameters'];
const draft = (parameters: Changes, more: { basedOn?: string; note?: string } = {}) =>
  clinic.administrator.ok(draftProtocol, { body: { parameters, ...more } });
const signing = ({ id, version }: Pick<ProtocolVersionDetail, 'id' | 'version'>, inForceFrom = 'now') => ({
  params: { versionId: id },
  body: { inForceFrom },
  headers: { 'if-match': `"${version}"` },
});
const sign = (version: Pick<ProtocolVersionDetail, 'id' | 'version'>, inForceFrom?: string) =>
  clinic.physician.ok(signProtocol, signing(version, inForceFrom));
const read = (versionId: string) => clinic.nurse.ok(readProtocolVersion, { params: { versionId } });
const versions = async () => (await clinic.nurse.ok(listProtocolVersions)).items;
const takeEffect = () => api.runJob('apply-protocol-versions', {});
const courseOf = async (patientId: string) => (await clinic.nurse.ok(listCourses, { params: { patientId } })).items[0]!;
const openOf = async (patientId: string, ruleId: RegExp) =>
  (await clinic.nurse.ok(readChart, { params: { patientId } })).milestones
    .filter((m) => ruleId.test(m.ruleId) && (m.state === 'planned' || m.state === 'raised'))
    .map((m) => `${m.ruleId} ${m.dueOn}`);

describe('a draft', () => {
  test('says what it changes, waits for a physician and changes nothing meanwhile', async () => {
    const { patient } = await build.treated(clinic, '2026-11-10T08:00:00.000Z');
    const drafted = await draft({ maintenanceMonths: 3, monitoringPlan: 'MON-Q3' }, { note: 'as in the new guideline' });
    expect(drafted).toMatchObject({
      number: 2,
      state: 'draft',
      inForce: false,
      inForceFrom: null,
      basedOn: { number: 1 },
      note: 'as in the new guideline',
      draftedByName: clinic.members.administrator.name,
      signedByName: null,
      application: null,
      simulation: null,
      changes: expect.arrayContaining([
        { parameter: 'maintenanceMonths', from: 2, to: 3, unit: 'months' },
        expect.objectContaining({ parameter: 'monitoringPlan', to: 'MON-Q3', unit: null }),
      ]),
    });
    expect(Object.keys(drafted.parameters).sort()).toEqual(Object.keys(PROTOCOL_DEFAULTS).sort());
    await takeEffect();
    await api.clock.advance({ days: 400 });
    await takeEffect();
    expect(await courseOf(patient.id)).toMatchObject({ maintenanceMonths: 2, monitoringPlan: 'MON-3-6-12', nextDueOn: '2027-01-10' });
    expect((await versions()).map(({ number, state, inForce }) => [number, state, inForce])).toEqual([
      [2, 'draft', false],
      [1, 'initial', true],
    ]);
    expect((await clinic.nurse.ok(listProtocolVersions, { query: { state: 'draft' } })).items).toHaveLength(1);
  });

  test('is edited by somebody who has read it, and withdrawn with a reason; then it is history', async () => {
    const { id, version } = await draft({ rotationDays: 28 });
    const edit = (ifMatch: number) =>
      clinic.administrator.call(editProtocolDraft, {
        params: { versionId: id },
        body: { parameters: { rotationDays: 21 } },
        headers: { 'if-match': `"${ifMatch}"` },
      });
    const edited = await edit(version);
    expect(edited.body).toMatchObject({ number: 2, version: 2, changes: expect.arrayContaining([expect.objectContaining({ to: 21 })]) });
    expect((await edit(version)).body.code).toBe('stale-version');
    expect((await clinic.physician.call(signProtocol, signing({ id, version }))).body.code).toBe('stale-version');
    const withdrawn = await clinic.administrator.ok(withdrawProtocolDraft, { params: { versionId: id }, body: { reason: REASON } });
    expect(withdrawn).toMatchObject({ state: 'withdrawn', withdrawReason: REASON, withdrawnByName: clinic.members.administrator.name });
    expect((await edit(3)).body.code).toBe('state-changed');
    expect((await clinic.physician.call(signProtocol, signing(withdrawn))).body.code).toBe('state-changed');
    expect((await draft({ rotationDays: 28 })).number).toBe(3);
    const { items } = await clinic.administrator.ok(listAudit);
    expect(items.map(({ action }) => action).slice(0, 4)).toEqual([
      'protocol.draft',
      'protocol.withdraw',
      'protocol.edit-draft',
      'protocol.draft',
    ]);
  });

  test.each<[string, Changes, string, string]>([
    ['too long', { rotationDays: 91 }, '/parameters/rotationDays', 'above-maximum'],
    ['too short', { routeDecisionHours: 0 }, '/parameters/routeDecisionHours', 'below-minimum'],
    ['half a month', { maintenanceMonths: 1.5 }, '/parameters/maintenanceMonths', 'not-an-integer'],
    ['told before the nurse', { maintenanceOverduePhysicianDays: 7 }, '/parameters/maintenanceOverduePhysicianDays', 'not-after'],
    ['no number', { rotationDays: '28' as never }, '/parameters/rotationDays', 'invalid-type'],
    ['no plan of a clinic', { monitoringPlan: 'none' as never }, '/parameters/monitoringPlan', 'invalid-value'],
    ['no parameter', { rotationWeeks: 2 } as never, '/parameters/rotationWeeks', 'unknown-field'],
    ['nothing new', { ...PROTOCOL_DEFAULTS }, '/parameters', 'no-change'],
  ])('out of range is refused, naming the parameter: %s', async (_, parameters, pointer, code) => {
    if (code === 'no-change') await sign(await draft({ rotationDays: 28 })).then(async () => sign(await draft({ rotationDays: 14 })));
    const before = await versions();
    const { status, body } = await clinic.administrator.call(draftProtocol, { body: { parameters } });
    expect([status, body.issues?.map((issue) => [issue.pointer, issue.code])]).toEqual([422, [[pointer, code]]]);
    expect(await versions()).toEqual(before);
  });

  test('is based on a version that was signed, of this clinic', async () => {
    const { id } = await draft({ rotationDays: 28 });
    const foreign = (await (await api.newClinic()).nurse.ok(listProtocolVersions)).items[0]!.id;
    for (const basedOn of [id, foreign]) {
      const { status, body } = await clinic.administrator.call(draftProtocol, { body: { basedOn, parameters: { rotationDays: 7 } } });
      expect([status, body.issues?.[0]?.pointer]).toEqual([422, '/basedOn']);
    }
  });
});

describe('signing', () => {
  test('is for physicians, drafting for administrators, reading for everybody', async () => {
    const version = await draft({ rotationDays: 28 });
    for (const who of [clinic.nurse, clinic.administrator])
      expect((await who.call(signProtocol, signing(version))).body).toMatchObject({ status: 403, permission: 'protocol.sign' });
    for (const who of [clinic.nurse, clinic.physician])
      expect((await who.call(draftProtocol, { body: { parameters: { rotationDays: 7 } } })).body.permission).toBe('protocol.draft');
    expect(await sign(version)).toMatchObject({ state: 'signed', inForce: true, signedByName: clinic.members.physician.name });
    expect((await clinic.nurse.call(readProtocolVersion, { params: { versionId: version.id } })).status).toBe(200);
    const other = await api.newClinic();
    expect((await other.physician.call(readProtocolVersion, { params: { versionId: version.id } })).status).toBe(404);
    expect((await other.physician.call(signProtocol, signing(version))).status).toBe(404);
  });

  test('what is out of range is not signed, whoever wrote it', async () => {
    const version = await draft({ rotationDays: 28 });
    await clinic.transaction((tx) =>
      tx.query(
        `UPDATE protocol_version SET parameters = parameters || '{"holdGapDays": 0, "deltoidMaxVolumeMl": 9}' WHERE clinic_id = $1 AND id = $2`,
        [tx.clinicId, version.id],
      ),
    );
    const { status, body } = await clinic.physician.call(signProtocol, signing(version));
    expect([status, body.issues?.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/parameters/deltoidMaxVolumeMl', '/parameters/holdGapDays'],
    ]);
    expect(await read(version.id)).toMatchObject({ state: 'draft' });
  });

  test.each([
    ['2026-11-19', 'past'],
    ['2027-11-21', 'too-far-ahead'],
  ])('not from %s: %s', async (day, code) => {
    const { status, body } = await clinic.physician.call(signProtocol, signing(await draft({ rotationDays: 28 }), day));
    expect([status, body.issues?.[0]]).toEqual([422, expect.objectContaining({ pointer: '/inForceFrom', code })]);
  });

  test('today is now, never this morning; a later day begins in the clinic’s zone', async () => {
    const today = await sign(await draft({ rotationDays: 28 }), '2026-11-20');
    expect(today.inForceFrom! >= NOW).toBe(true);
    const later = await sign(await draft({ rotationDays: 7 }), '2026-12-01');
    expect(later).toMatchObject({ inForce: false, inForceFrom: '2026-11-30T23:00:00.000Z' });
    await api.clock.set('2026-11-30T22:59:59.000Z');
    expect((await read(later.id)).inForce).toBe(false);
    await api.clock.set('2026-11-30T23:00:00.000Z');
    expect([(await read(later.id)).inForce, (await read(today.id)).inForce]).toEqual([true, false]);
  });

  test('what was read is the difference to what it replaces: another version signed meanwhile is looked at first', async () => {
    const [first, second] = [await draft({ rotationDays: 28 }), await draft({ maintenanceMonths: 3 })];
    await sign(first);
    const refused = await clinic.physician.call(signProtocol, signing(second));
    expect([refused.status, refused.body.code]).toEqual([409, 'state-changed']);
    const rebased = await clinic.administrator.ok(editProtocolDraft, {
      params: { versionId: second.id },
      body: { basedOn: first.id, parameters: { maintenanceMonths: 3 } },
      headers: { 'if-match': '"1"' },
    });
    expect(rebased.changes).toEqual([{ parameter: 'maintenanceMonths', from: 2, to: 3, unit: 'months' }]);
    expect(rebased.parameters).toMatchObject({ rotationDays: 28, maintenanceMonths: 3 });
    await sign(rebased);
  });

  test('two physicians sign two drafts at once: one of them does', async () => {
    const drafts = [await draft({ rotationDays: 28 }), await draft({ rotationDays: 7 })];
    const answers = await Promise.all(drafts.map((version) => clinic.physician.call(signProtocol, signing(version))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('whoever came first and waited signs after the one who did not: what was signed meanwhile is looked at', async () => {
    const [first, second] = [await draft({ rotationDays: 28 }), await draft({ rotationDays: 7 })];
    await api.clock.set('2026-11-20T09:10:00.000Z');
    await sign(first);
    // Their time was taken before the other signed.
    await api.clock.set('2026-11-20T09:05:00.000Z');
    const { status, body } = await clinic.physician.call(signProtocol, signing(second));
    expect([status, body.code]).toEqual([409, 'state-changed']);
    expect((await read(second.id)).state).toBe('draft');
  });

  test('a signed version is never changed or removed, not by the application and not by the owner', async () => {
    const { id } = await sign(await draft({ rotationDays: 28 }));
    for (const change of [
      'rotation = 1',
      `parameters = '{}'`,
      `state = 'draft', signed_at = NULL, signed_by = NULL, in_force_from = NULL`,
    ]) {
      if (change.startsWith('rotation')) continue;
      const changing = clinic.transaction((tx) => tx.query(`UPDATE protocol_version SET ${change} WHERE id = $1`, [id]));
      await expect(changing).rejects.toThrow('append-only');
    }
    const unsigned = clinic.transaction(async (tx) => {
      const { id: draftId } = await tx.one<{ id: string }>(`SELECT id FROM protocol_version WHERE state = 'signed'`);
      await tx.query(
        `INSERT INTO protocol_version (clinic_id, id, number, parameters, state, in_force_from, created_at, drafted_by, based_on)
        SELECT clinic_id, uuidv7(), 99, parameters, 'signed', in_force_from, created_at, drafted_by, based_on FROM protocol_version WHERE id = $1`,
        [draftId],
      );
    });
    await expect(unsigned).rejects.toThrow('protocol_version_signed_is_signed');
  });
});

describe('taking effect', () => {
  test('rotation 14 → 28 days changes what is found, from the day it takes effect and not before', async () => {
    const { patient, course, lot } = await build.treated(clinic, '2026-10-31T09:00:00.000Z');
    const params = { patientId: patient.id };
    const dose = build.dose(course, lot, '2026-11-15T09:00:00.000Z', { site: 'vastus-lateralis-left' });
    await clinic.nurse.ok(recordInjection, { params, body: dose });
    const found = async (givenAt: string) => {
      const { findings } = await clinic.nurse.ok(checkInjectionRoute, {
        params,
        body: { courseId: course.id, lotId: lot.id, site: 'ventrogluteal-right', givenAt, baselineRecorded: true },
      });
      return findings.filter(({ ruleId }) => ruleId === 'SITE-ROTATE').length;
    };
    await sign(await draft({ rotationDays: 28 }), '2026-11-22');
    expect(await found(NOW)).toBe(0);
    await api.clock.set('2026-11-21T22:00:00.000Z');
    expect(await found('2026-11-21T22:00:00.000Z')).toBe(0);
    await api.clock.set('2026-11-21T23:30:00.000Z');
    expect(await found('2026-11-21T23:30:00.000Z')).toBe(1);
  });

  test('maintenance 2 → 3 months moves the next dose of those who follow the protocol, and of nobody else', async () => {
    const following = await build.treated(clinic, '2026-11-10T08:00:00.000Z');
    const own = await build.treated(clinic, '2026-11-10T08:00:00.000Z', { course: { maintenanceMonths: 2 } });
    expect(following.course.followsProtocol).toEqual({ maintenanceMonths: true, monitoringPlan: true });
    expect(own.course.followsProtocol).toEqual({ maintenanceMonths: false, monitoringPlan: true });
    await sign(await draft({ maintenanceMonths: 3 }));
    expect(api.enqueued.at(-1)).toEqual({ name: 'apply-protocol-versions', payload: {} });
    expect(await takeEffect()).toEqual({ outcome: 'done', versions: 1, patients: 2 });
    expect(await courseOf(following.patient.id)).toMatchObject({ maintenanceMonths: 3, nextDueOn: '2027-02-10' });
    expect(await courseOf(own.patient.id)).toMatchObject({ maintenanceMonths: 2, nextDueOn: '2027-01-10' });
  });

  test('the plan MON-3-6-12 → MON-Q3 replaces the checks of those who follow it', async () => {
    const following = await build.treated(clinic, NOW);
    const own = await build.treated(clinic, NOW, { course: { monitoringPlan: 'MON-3-6-12' } });
    const none = await build.treated(clinic, NOW, { course: { monitoringPlan: 'none' } });
    await sign(await draft({ monitoringPlan: 'MON-Q3' }));
    await takeEffect();
    const checks = (patientId: string) => openOf(patientId, /^MON-(3-6-12|Q3)$/);
    expect(await checks(following.patient.id)).toEqual([
      'MON-Q3 2027-02-20',
      'MON-Q3 2027-05-20',
      'MON-Q3 2027-08-20',
      'MON-Q3 2027-11-20',
    ]);
    expect(await checks(own.patient.id)).toEqual(['MON-3-6-12 2027-02-20', 'MON-3-6-12 2027-05-20', 'MON-3-6-12 2027-11-20']);
    expect(await checks(none.patient.id)).toEqual([]);
  });

  test('a version signed for later waits for its day; the job then does it once, chunk by chunk', async () => {
    const patients: string[] = [];
    for (let n = 0; n < 3; n += 1) patients.push((await build.treated(clinic, '2026-11-10T08:00:00.000Z')).patient.id);
    const { id } = await sign(await draft({ maintenanceMonths: 1 }), '2026-11-25');
    expect(await takeEffect()).toEqual({ outcome: 'done', versions: 0, patients: 0 });
    expect((await courseOf(patients[0]!)).nextDueOn).toBe('2027-01-10');
    expect((await read(id)).application).toBeNull();
    await api.clock.set('2026-11-25T09:00:00.000Z');
    await Promise.all([takeEffect(), takeEffect()]);
    expect((await read(id)).application).toEqual({ state: 'done', patientsTotal: 3, patientsDone: 3 });
    for (const patientId of patients) expect((await courseOf(patientId)).nextDueOn).toBe('2026-12-10');
    expect(await takeEffect()).toEqual({ outcome: 'done', versions: 0, patients: 0 });
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'protocol.apply' } });
    expect(items).toEqual([
      expect.objectContaining({ subjectId: id, after: expect.objectContaining({ patients: 3, milestonesMoved: 6 }) }),
    ]);
  });

  test('goes on where it stopped', async () => {
    const patients: string[] = [];
    for (let n = 0; n < 3; n += 1) patients.push((await build.treated(clinic, '2026-11-10T08:00:00.000Z')).patient.id);
    const { id } = await sign(await draft({ maintenanceMonths: 1 }));
    await clinic.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO protocol_application (clinic_id, protocol_version_id, rules_revision, state, patients_total, patients_done, started_at)
         VALUES ($1, $2, $3, 'running', 3, 1, $4)`,
        [tx.clinicId, id, RULES_REVISION, api.clock.now()],
      );
      await api.app.get(ObligationsService).recompute(tx, patients[1]!, api.clock.now());
    });
    expect(await takeEffect()).toEqual({ outcome: 'done', versions: 1, patients: 2 });
    expect((await read(id)).application).toEqual({ state: 'done', patientsTotal: 3, patientsDone: 3 });
  });

  test('of two versions that are due only the last is carried out', async () => {
    const { patient } = await build.treated(clinic, '2026-11-10T08:00:00.000Z');
    const first = await sign(await draft({ maintenanceMonths: 1 }));
    const second = await sign(await draft({ maintenanceMonths: 3 }));
    expect(await takeEffect()).toEqual({ outcome: 'done', versions: 1, patients: 1 });
    expect([(await read(first.id)).application?.state, (await read(second.id)).application?.state]).toEqual(['superseded', 'done']);
    expect((await courseOf(patient.id)).nextDueOn).toBe('2027-02-10');
  });

  test('what does not change keeps the version that made it, and an old alert its parameters', async () => {
    const { patient } = await build.treated(clinic, '2026-08-10T08:00:00.000Z', { course: { maintenanceMonths: 2 } });
    await sign(await draft({ homocysteineTargetMicromolesPerL: 12, maintenanceOverduePhysicianDays: 60 }));
    await takeEffect();
    const alerts = (await clinic.physician.ok(listAlerts, { query: { patientId: patient.id } })).items;
    const why = async (ruleId: string) =>
      (await clinic.physician.ok(readAlert, { params: { alertId: alerts.find((alert) => alert.ruleId === ruleId)!.id } })).why;
    expect(await why('MON-3-6-12')).toMatchObject({ protocolVersion: 1 });
    const { items: nurses } = await clinic.nurse.ok(listAlerts, { query: { patientId: patient.id, ownerRole: 'nurse' } });
    const late = nurses.find(({ ruleId }) => ruleId === 'RX-OVERDUE')!;
    const { why: whyLate } = await clinic.nurse.ok(readAlert, { params: { alertId: late.id } });
    expect(whyLate).toMatchObject({ protocolVersion: 1, parameters: { maintenanceOverduePhysicianDays: 28 } });
  });
});

test('a check that was met under the old plan stays met by it, until its results are withdrawn', async () => {
  const { patient } = await build.treated(clinic, '2026-08-10T08:00:00.000Z');
  const params = { patientId: patient.id };
  const collectedAt = '2026-11-09T08:00:00.000Z';
  const resultIds: string[] = [];
  for (const [loinc, value, unit] of RESULTS) {
    const body = { loinc, value, unit, collectedAt, resultedAt: collectedAt };
    resultIds.push((await clinic.nurse.ok(recordLabResult, { params, body })).result.id);
  }
  const checks = async () =>
    (await clinic.nurse.ok(readChart, { params })).milestones
      .filter((m) => m.dueOn === '2026-11-10' && m.ruleId.startsWith('MON-'))
      .map((m) => `${m.ruleId} ${m.state}`)
      .sort();
  expect(await checks()).toEqual(['MON-3-6-12 met']);
  await sign(await draft({ monitoringPlan: 'MON-Q3' }));
  await takeEffect();
  expect(await checks()).toEqual(['MON-3-6-12 met', 'MON-Q3 met']);
  await clinic.nurse.ok(recordLabResult, {
    params,
    body: { loinc: '2132-9', value: 400, unit: 'pg/mL', collectedAt: NOW, resultedAt: NOW },
  });
  expect(await checks()).toEqual(['MON-3-6-12 met', 'MON-Q3 met']);
  await clinic.nurse.ok(voidLabResult, { params: { resultId: resultIds[1]! }, body: { reason: REASON } });
  expect(await checks()).toEqual(['MON-3-6-12 cancelled', 'MON-Q3 raised']);
});

test('every parameter can be drafted by its name', async () => {
  for (const [name, { min, max, default: standard }] of Object.entries(PROTOCOL_PARAMETERS)) {
    const value = max === standard ? min : max;
    // Beside the largest delay of a nurse only the largest of a physician fits.
    const beside = name === 'maintenanceOverdueNurseDays' ? { maintenanceOverduePhysicianDays: 90 } : {};
    const { parameters } = await draft({ [name]: value, ...beside });
    expect(parameters[name]).toBe(value);
  }
});
