import {
  acceptProposal,
  checkInjectionRoute,
  declineProposal,
  endCourse,
  endLoading,
  listAudit,
  listCourses,
  listProposals,
  readChart,
  recordInjection,
  type StartCourse,
  startCourse,
} from '@vastus/contract';
import { insert, newId } from '@vastus/db';
import type { z } from 'zod';
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

const coursesOf = async (patientId: string) => (await clinic.nurse.ok(listCourses, { params: { patientId } })).items;

async function order(
  fields: Partial<z.input<typeof StartCourse>> & { substance?: Parameters<typeof build.product>[1] } = {},
): Promise<z.input<typeof StartCourse>> {
  const { substance = 'hydroxocobalamin', ...rest } = fields;
  const { id: productId } = await build.product(clinic, substance);
  return {
    productId,
    cause: 'pernicious-anemia',
    neurologicalInvolvement: false,
    regimen: 'loading-three-weekly',
    startedOn: '2026-11-20',
    ...rest,
  };
}

describe('starting', () => {
  test('what is left open comes from the product and the protocol, and the first dose is due at the start', async () => {
    const { id: patientId } = await build.patient(clinic);
    const { course, changes } = await clinic.nurse.ok(startCourse, {
      params: { patientId },
      body: await order({ indication: ' fatigue ' }),
    });
    expect(course).toMatchObject({
      patientId,
      substance: 'hydroxocobalamin',
      doseMicrograms: 1000,
      maintenanceMonths: 2,
      monitoringPlan: 'MON-3-6-12',
      indication: 'fatigue',
      phase: 'loading',
      nextDueOn: '2026-11-20',
      dosesGiven: 0,
      endedOn: null,
      version: 1,
    });
    expect(changes.milestonesAdded).toBeGreaterThan(0);
    expect(await coursesOf(patientId)).toEqual([course]);
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'course.start' } });
    expect(items).toEqual([expect.objectContaining({ subjectId: course.id, patient: expect.objectContaining({ id: patientId }) })]);
  });

  test('DX-START: nothing is asked of the laboratory first; DX-CAUSE: an unknown cause stays on the worklist', async () => {
    const { id: patientId } = await build.patient(clinic);
    await clinic.nurse.ok(startCourse, { params: { patientId }, body: await order({ cause: 'unknown' }) });
    const { milestones, labResults } = await clinic.nurse.ok(readChart, { params: { patientId } });
    expect(labResults).toEqual([]);
    expect(milestones.map(({ ruleId }) => ruleId)).toContain('DX-CAUSE');
  });

  test.each([
    ['RX-RENAL', { renalDysfunction: true }, 'cyanocobalamin', 'maintenance'],
    ['RX-ALLERGY', { allergies: ['cobalt'] }, 'hydroxocobalamin', 'maintenance'],
    ['RX-VITD', {}, 'colecalciferol', 'maintenance'],
  ] as const)('%s refuses the start', async (ruleId, record, substance, regimen) => {
    const { id: patientId } = await build.patient(clinic, {
      ...record,
      ...('allergies' in record ? { allergies: [...record.allergies] } : {}),
    } as never);
    const { status, body } = await clinic.physician.call(startCourse, { params: { patientId }, body: await order({ substance, regimen }) });
    expect([status, body.code, body.findings?.map((finding) => finding['ruleId'])]).toEqual([409, 'blocked-by-rule', [ruleId]]);
    expect(await coursesOf(patientId)).toEqual([]);
  });

  test('a physician starts it all the same, with a reason that the trail keeps; a nurse does not, and each dose is stopped again', async () => {
    const { id: patientId } = await build.patient(clinic, { malabsorption: ['other'] });
    const params = { patientId };
    const body = await order({ substance: 'colecalciferol', regimen: 'maintenance', monitoringPlan: 'none' });
    const overrideReason = 'short bowel, tablets are not absorbed';
    expect((await clinic.physician.call(startCourse, { params, body: { ...body, overrideReason: 'too short' } })).status).toBe(422);
    const refused = await clinic.nurse.call(startCourse, { params, body: { ...body, overrideReason } });
    expect([refused.status, refused.body.permission]).toEqual([403, 'course.override']);
    expect(await coursesOf(patientId)).toEqual([]);
    const { course } = await clinic.physician.ok(startCourse, { params, body: { ...body, overrideReason } });
    const { items } = await clinic.administrator.ok(listAudit, { query: { patientId } });
    expect(items.find(({ action }) => action === 'course.start')?.after).toMatchObject({
      overrideReason,
      findings: [{ ruleId: 'RX-VITD' }],
    });
    const { findings } = await clinic.nurse.ok(checkInjectionRoute, { params, body: { courseId: course.id, site: 'ventrogluteal-left' } });
    expect(findings.map(({ ruleId }) => ruleId)).toContain('RX-VITD');
  });

  test('RX-VITA and RX-VITD: vitamin A is started with a word at each dose, vitamin D with a documented malabsorption', async () => {
    const { id: patientId } = await build.patient(clinic, { malabsorption: ['post-bariatric'] });
    for (const substance of ['retinol', 'colecalciferol'] as const)
      await clinic.physician.ok(startCourse, {
        params: { patientId },
        body: await order({ substance, regimen: 'maintenance', monitoringPlan: 'none' }),
      });
    expect(await coursesOf(patientId)).toHaveLength(2);
  });

  test.each([
    [{ startedOn: '1960-05-16' }, ['/startedOn']],
    [{ startedOn: '2027-11-21' }, ['/startedOn']],
    [{ startedOn: '2026-02-30' }, ['/startedOn']],
    [{ symptomsSince: '2026-11-21' }, ['/symptomsSince']],
    [{ symptomsSince: '1960-05-16', startedOn: '1960-05-16' }, ['/startedOn', '/symptomsSince']],
    [{ productId: '018f0000-0000-7000-8000-000000000000' }, ['/productId']],
    [{ regimen: 'methylcobalamin-three-weekly' }, ['/regimen']],
    [{ substance: 'retinol' }, ['/regimen']],
    [{ doseMicrograms: 0 }, ['/doseMicrograms']],
    [{ maintenanceMonths: 4 }, ['/maintenanceMonths']],
    [{ cause: null, neurologicalInvolvement: 'yes' }, ['/cause', '/neurologicalInvolvement']],
  ])('%j is refused at %j and nothing is written', async (fields, pointers) => {
    const { id: patientId } = await build.patient(clinic);
    const { status, body } = await clinic.nurse.call(startCourse, { params: { patientId }, body: await order(fields as never) });
    expect([status, body.issues?.map(({ pointer }) => pointer).sort()]).toEqual([422, pointers]);
    expect(await coursesOf(patientId)).toEqual([]);
  });

  test('not with a product that is not used any more, and not for the dead', async () => {
    const { id: patientId } = await build.patient(clinic, { deceasedOn: '2026-11-01' });
    const dead = await clinic.nurse.call(startCourse, { params: { patientId }, body: await order() });
    expect([dead.status, dead.body.code]).toEqual([409, 'state-changed']);
    const { id: living } = await build.patient(clinic);
    const body = await order();
    await clinic.transaction((tx) =>
      tx.query('UPDATE product SET active = false WHERE clinic_id = $1 AND id = $2', [tx.clinicId, body.productId]),
    );
    expect((await clinic.nurse.call(startCourse, { params: { patientId: living }, body })).body.issues?.[0]).toMatchObject({
      pointer: '/productId',
      code: 'inactive',
    });
    expect(await coursesOf(living)).toEqual([]);
  });
});

describe('the end of loading', () => {
  const improved = { on: '2026-11-20', statement: 'no further improvement' };

  test('RX-LOAD-NEURO ends by a statement, once; then maintenance is due', async () => {
    const { course, patient } = await build.treated(clinic, '2026-11-18T08:00:00.000Z', {
      course: { neurologicalInvolvement: true, regimen: 'loading-alternate-days' },
    });
    expect((await coursesOf(patient.id))[0]).toMatchObject({ phase: 'loading', nextDueOn: '2026-11-20' });
    const { course: after } = await clinic.nurse.ok(endLoading, { params: { courseId: course.id }, body: improved });
    expect(after).toMatchObject({ phase: 'maintenance', loadingEndedOn: '2026-11-20', nextDueOn: '2027-01-18', version: 2 });
    const again = await clinic.nurse.call(endLoading, { params: { courseId: course.id }, body: improved });
    expect([again.status, again.body.code]).toEqual([409, 'state-changed']);
    const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'course.end-loading' } });
    expect(items[0]).toMatchObject({ before: { loadingEndedOn: null }, after: { statement: 'no further improvement' } });
  });

  test.each(['loading-three-weekly', 'loading-three-weekly-neurological', 'maintenance'] as const)(
    '%s has no such statement',
    async (regimen) => {
      const { id: patientId } = await build.patient(clinic);
      const { id: courseId } = await build.course(clinic, patientId, { regimen });
      const { status, body } = await clinic.nurse.call(endLoading, { params: { courseId }, body: improved });
      expect([status, body.code]).toEqual([409, 'state-changed']);
    },
  );

  test.each(['2026-11-21', '2026-11-01'])('not on %s', async (on) => {
    const { id: patientId } = await build.patient(clinic);
    const { id: courseId } = await build.course(clinic, patientId, { regimen: 'loading-alternate-days', startedOn: '2026-11-02' });
    const { status, body } = await clinic.nurse.call(endLoading, { params: { courseId }, body: { ...improved, on } });
    expect([status, body.issues?.[0]?.pointer]).toEqual([422, '/on']);
    expect((await coursesOf(patientId))[0]).toMatchObject({ loadingEndedOn: null, version: 1 });
  });
});

describe('the end of a course', () => {
  const moved = { on: '2026-11-20', reason: 'moved-away' } as const;

  test('nothing is due any more', async () => {
    const { course, patient } = await build.treated(clinic, '2026-11-02T08:00:00.000Z');
    const { course: after, changes } = await clinic.physician.ok(endCourse, { params: { courseId: course.id }, body: moved });
    expect(after).toMatchObject({ phase: 'ended', endedOn: '2026-11-20', endReason: 'moved-away', nextDueOn: null });
    expect(changes.milestonesRemoved).toBeGreaterThan(0);
    const { milestones } = await clinic.nurse.ok(readChart, { params: { patientId: patient.id } });
    expect(milestones.filter(({ state }) => state === 'planned' || state === 'raised')).toEqual([]);
    expect((await clinic.physician.call(endCourse, { params: { courseId: course.id }, body: moved })).body.code).toBe('state-changed');
    expect(
      (await clinic.nurse.call(endLoading, { params: { courseId: course.id }, body: { on: '2026-11-20', statement: 'x' } })).status,
    ).toBe(409);
  });

  test.each(['levels-normal', 'symptoms-improved'] as const)(
    'RX-LIFELONG: %s is no reason, unless a physician writes why',
    async (reason) => {
      const { course, patient } = await build.treated(clinic, '2026-11-02T08:00:00.000Z');
      const end = (overrideReason?: string) =>
        clinic.physician.call(endCourse, { params: { courseId: course.id }, body: { ...moved, reason, overrideReason } });
      const blocked = await end();
      expect([blocked.status, blocked.body.code, blocked.body.findings?.[0]?.['ruleId']]).toEqual([409, 'blocked-by-rule', 'RX-LIFELONG']);
      expect((await coursesOf(patient.id))[0]).toMatchObject({ endedOn: null });
      const overridden = await end('the diagnosis was revised: dietary, diet changed');
      expect(overridden.body.course).toMatchObject({ endedOn: '2026-11-20', endReason: reason });
      const { items } = await clinic.administrator.ok(listAudit, { query: { action: 'course.end' } });
      expect(items[0]?.after).toMatchObject({
        overrideReason: 'the diagnosis was revised: dietary, diet changed',
        findings: [{ ruleId: 'RX-LIFELONG' }],
      });
    },
  );

  test.each([
    ['2026-11-21', 'future'],
    ['2026-11-01', 'before-start'],
    ['2026-11-09', 'before-last-dose'],
  ])('not on %s: %s', async (on, code) => {
    const { course } = await build.treated(clinic, '2026-11-10T08:00:00.000Z', { course: { startedOn: '2026-11-02' } });
    const { status, body } = await clinic.physician.call(endCourse, { params: { courseId: course.id }, body: { ...moved, on } });
    expect([status, body.issues?.[0]]).toEqual([422, expect.objectContaining({ pointer: '/on', code })]);
  });

  test('a nurse does not end one', async () => {
    const { course } = await build.treated(clinic, '2026-11-02T08:00:00.000Z');
    const { status, body } = await clinic.nurse.call(endCourse, { params: { courseId: course.id }, body: moved });
    expect([status, body.permission]).toEqual([403, 'course.end']);
  });
});

describe('orders of other systems', () => {
  const arrive = async (patientId: string, display: string) => {
    const id = newId();
    await clinic.transaction((tx) =>
      insert(tx, 'course_proposal', {
        clinicId: clinic.id,
        id,
        patientId,
        source: 'fhir',
        display,
        code: '2001499',
        authoredOn: '2026-10-01',
        createdAt: api.clock.now(),
      }),
    );
    await api.clock.advance({ minutes: 1 });
    return id;
  };
  const waiting = async (state?: 'accepted' | 'declined') =>
    (await clinic.nurse.ok(listProposals, { query: { state } })).items.map(({ display }) => display);

  test('one becomes a course, another is declined; both leave the list, and neither is decided twice', async () => {
    const { id: patientId } = await build.patient(clinic);
    const first = await arrive(patientId, 'Vitamin B 12 5 MG/ML');
    const second = await arrive(patientId, 'cyanocobalamin');
    await arrive(patientId, 'a third');
    expect(await waiting()).toEqual(['Vitamin B 12 5 MG/ML', 'cyanocobalamin', 'a third']);
    const { course } = await clinic.nurse.ok(acceptProposal, { params: { proposalId: first }, body: await order() });
    const declined = await clinic.nurse.ok(declineProposal, { params: { proposalId: second }, body: { reason: 'the same order twice' } });
    expect(declined).toMatchObject({ state: 'declined', reason: 'the same order twice', courseId: null });
    expect(await waiting()).toEqual(['a third']);
    expect(await waiting('accepted')).toEqual(['Vitamin B 12 5 MG/ML']);
    expect((await clinic.nurse.ok(listProposals, { query: { state: 'accepted' } })).items[0]?.courseId).toBe(course.id);
    const chart = await clinic.nurse.ok(readChart, { params: { patientId } });
    expect(chart.proposals.map(({ display }) => display)).toEqual(['a third']);
    for (const proposalId of [first, second]) {
      const again = await clinic.nurse.call(acceptProposal, { params: { proposalId }, body: await order() });
      expect([again.status, again.body.code]).toEqual([409, 'state-changed']);
    }
    expect(await coursesOf(patientId)).toHaveLength(1);
  });

  test('an order that a rule stops stays on the list', async () => {
    const { id: patientId } = await build.patient(clinic, { renalDysfunction: true });
    const proposalId = await arrive(patientId, 'cyanocobalamin');
    const { status } = await clinic.nurse.call(acceptProposal, {
      params: { proposalId },
      body: await order({ substance: 'cyanocobalamin' }),
    });
    expect(status).toBe(409);
    expect(await waiting()).toEqual(['cyanocobalamin']);
    expect(await coursesOf(patientId)).toEqual([]);
  });

  test('they come in pages, oldest first', async () => {
    const { id: patientId } = await build.patient(clinic);
    for (const display of ['one', 'two', 'three']) await arrive(patientId, display);
    const first = await clinic.nurse.ok(listProposals, { query: { limit: 2 } });
    const rest = await clinic.nurse.ok(listProposals, { query: { limit: 2, cursor: first.nextCursor ?? '' } });
    expect([first, rest].map(({ items }) => items.map(({ display }) => display))).toEqual([['one', 'two'], ['three']]);
    expect(rest.nextCursor).toBeNull();
  });

  test('two people accept at once: one of them does', async () => {
    const { id: patientId } = await build.patient(clinic);
    const proposalId = await arrive(patientId, 'hydroxocobalamin');
    const body = await order();
    const answers = await Promise.all(
      [clinic.nurse, clinic.physician].map((who) => who.call(acceptProposal, { params: { proposalId }, body })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await coursesOf(patientId)).toHaveLength(1);
  });
});

test('another clinic’s course and order do not exist', async () => {
  const { course, patient, lot } = await build.treated(clinic, '2026-11-02T08:00:00.000Z');
  const other = await api.newClinic();
  const on = '2026-11-20';
  expect((await other.nurse.call(listCourses, { params: { patientId: patient.id } })).status).toBe(404);
  expect((await other.nurse.call(endLoading, { params: { courseId: course.id }, body: { on, statement: 'x' } })).status).toBe(404);
  expect((await other.physician.call(endCourse, { params: { courseId: course.id }, body: { on, reason: 'other' } })).status).toBe(404);
  expect(
    (await other.nurse.call(declineProposal, { params: { proposalId: newId() }, body: { reason: 'there is none of it' } })).status,
  ).toBe(404);
  expect((await other.nurse.call(startCourse, { params: { patientId: patient.id }, body: await order() })).status).toBe(404);
  const own = await build.patient(other);
  const { productId } = await order();
  const foreign = await other.nurse.call(startCourse, { params: { patientId: own.id }, body: { ...(await order()), productId } });
  expect([foreign.status, foreign.body.issues?.[0]?.pointer]).toEqual([422, '/productId']);
  expect((await other.nurse.call(recordInjection, { params: { patientId: patient.id }, body: build.dose(course, lot, NOW) })).status).toBe(
    404,
  );
});

test('an administrator reads courses and starts none', async () => {
  const { id: patientId } = await build.patient(clinic);
  expect((await clinic.administrator.call(startCourse, { params: { patientId }, body: await order() })).body.permission).toBe(
    'course.start',
  );
  expect((await clinic.administrator.call(listCourses, { params: { patientId } })).status).toBe(200);
});
