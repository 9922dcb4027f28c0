// Section E through HTTP: what is drawn when, what a result means, how symptoms develop, and what else could be the cause.
import { type PatientFacts, recoveryTimeline, riskGroups, ruleOutStates } from '@vastus/clinical';
import {
  amendRuleOut,
  amendSymptomScore,
  explainWhyNot,
  listAlerts,
  listLabResults,
  listRules,
  readChart,
  readFacts,
  recordInjection,
  recordLabResult,
  recordPainPlan,
  recordRuleOut,
  recordSymptomScore,
  voidLabResult,
  voidPainPlan,
  voidRuleOut,
  voidSymptomScore,
} from '@vastus/contract';
import * as build from '../testing/build.js';
import { startTestApi, type TestApi, type TestClinic } from '../testing/index.js';

const FIRST = '2026-03-10T08:00:00.000Z';
let api: TestApi;
let clinic: TestClinic;

beforeAll(async () => {
  api = await startTestApi({ now: '2026-03-10T09:00:00.000Z' });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.clock.set('2026-03-10T09:00:00.000Z');
  clinic = await api.newClinic();
});

const LOINC = {
  b12: ['2132-9', 'pg/mL'],
  homocysteine: ['13965-9', 'umol/L'],
  mma: ['13964-2', 'umol/L'],
  potassium: ['2823-3', 'mmol/L'],
  hematocrit: ['4544-3', '%'],
  reticulocytes: ['17849-1', '%'],
  folate: ['2284-8', 'ng/mL'],
  ferritin: ['2276-4', 'ng/mL'],
} as const;
const result = async (patientId: string, analyte: keyof typeof LOINC, value: number, collectedAt: string) => {
  const [loinc, unit] = LOINC[analyte];
  return (await clinic.nurse.ok(recordLabResult, { params: { patientId }, body: { loinc, unit, value, collectedAt } })).result;
};
const rulesOnList = async (patientId: string) =>
  (await clinic.physician.ok(listAlerts, { query: { patientId, limit: 100 } })).items.map(({ ruleId }) => ruleId);
const laterOn = async (now: string) => {
  await api.clock.set(now);
  await api.runJob('raise-due-alerts', {});
};
const loading = (fields: object = {}) => build.treated(clinic, FIRST, { course: { regimen: 'loading-three-weekly', ...fields } });
const whyNot = async (patientId: string, rule: string) =>
  (await clinic.nurse.ok(explainWhyNot, { params: { patientId }, query: { rule: rule as 'MON-BASE' } })).items[0]!;

describe('the first days', () => {
  test('a missing baseline is asked for with the first dose and never delays it', async () => {
    const { patient } = await loading();
    expect(await rulesOnList(patient.id)).toContain('MON-BASE');
    for (const [analyte, value] of [
      ['b12', 150],
      ['folate', 8],
      ['ferritin', 60],
      ['hematocrit', 31],
      ['reticulocytes', 1],
    ] as const)
      await result(patient.id, analyte, value, '2026-03-10T07:30:00.000Z');
    expect(await rulesOnList(patient.id)).not.toContain('MON-BASE');
  });

  test('no potassium after 48 hours is an alert, a low one an urgent alert that nobody dismisses', async () => {
    const { patient } = await loading();
    await laterOn('2026-03-12T07:59:00.000Z');
    expect(await rulesOnList(patient.id)).not.toContain('MON-K48');
    await laterOn('2026-03-12T08:00:00.000Z');
    expect(await rulesOnList(patient.id)).toContain('MON-K48');
    await result(patient.id, 'potassium', 3.1, '2026-03-12T07:30:00.000Z');
    const { items } = await clinic.physician.ok(listAlerts, { query: { patientId: patient.id, ruleId: 'MON-K48' } });
    expect(items).toMatchObject([{ priority: 'urgent', dismissible: false, ownerRole: 'physician' }]);
  });

  test('after anemia, hematocrit and reticulocytes are drawn on days 5, 6 and 7 and then weekly until the blood is normal', async () => {
    const { patient } = await loading({ anemiaAtBaseline: true });
    await laterOn('2026-03-15T09:00:00.000Z');
    expect(await rulesOnList(patient.id)).toContain('MON-RETIC');
    await result(patient.id, 'hematocrit', 45, '2026-03-15T08:00:00.000Z');
    await result(patient.id, 'reticulocytes', 6, '2026-03-15T08:00:00.000Z');
    expect(await rulesOnList(patient.id)).not.toContain('MON-RETIC');
    expect(await whyNot(patient.id, 'MON-RETIC')).toMatchObject({ verdict: 'met' });
    const { patient: other } = await loading();
    expect(await whyNot(other.id, 'MON-RETIC')).toMatchObject({ verdict: 'not-applicable', reasons: [{ code: 'no-anemia-at-baseline' }] });
  });
});

describe('the checks of the year', () => {
  test('every three months instead of 3, 6 and 12, where the plan says so', async () => {
    const { patient } = await build.treated(clinic, FIRST, { course: { monitoringPlan: 'MON-Q3' } });
    const { milestones } = await clinic.nurse.ok(readChart, { params: { patientId: patient.id } });
    expect(milestones.filter(({ ruleId }) => ruleId === 'MON-Q3').map(({ dueOn }) => dueOn)).toEqual([
      '2026-06-10',
      '2026-09-10',
      '2026-12-10',
      '2027-03-10',
    ]);
    expect(await whyNot(patient.id, 'MON-3-6-12')).toMatchObject({
      verdict: 'not-applicable',
      reasons: [{ code: 'other-plan' }],
      rule: { id: 'MON-3-6-12' },
    });
  });

  test('B12 came and MMA did not: still open, naming MMA; a result from before the window is named and does not count', async () => {
    const { patient } = await build.treated(clinic, FIRST);
    await laterOn('2026-06-12T09:00:00.000Z');
    await result(patient.id, 'mma', 0.2, '2026-05-20T08:00:00.000Z');
    await result(patient.id, 'homocysteine', 8, '2026-06-11T08:00:00.000Z');
    await result(patient.id, 'b12', 500, '2026-06-11T08:00:00.000Z');
    const { items } = await clinic.physician.ok(listAlerts, { query: { patientId: patient.id, ruleId: 'MON-3-6-12' } });
    expect(items).toMatchObject([{ missing: ['mma'] }]);
    const why = await whyNot(patient.id, 'MON-3-6-12');
    expect(why.verdict).toBe('applies');
    expect(why.reasons.map(({ code }) => code)).toContain('result-before-window');
    expect(why.alerts).toMatchObject([{ id: items[0]!.id, state: 'open' }]);
    const last = await result(patient.id, 'mma', 0.2, '2026-06-12T08:00:00.000Z');
    expect(await rulesOnList(patient.id)).not.toContain('MON-3-6-12');
    await clinic.nurse.ok(voidLabResult, { params: { resultId: last.id }, body: { reason: 'the tube of another patient' } });
    expect(await rulesOnList(patient.id)).toContain('MON-3-6-12');
  });

  test('homocysteine that is not at target, and B12 that did not rise, are brought to the physician', async () => {
    const { patient } = await build.treated(clinic, FIRST);
    await result(patient.id, 'b12', 180, '2026-03-09T08:00:00.000Z');
    await api.clock.set('2026-06-12T09:00:00.000Z');
    await result(patient.id, 'homocysteine', 10, '2026-06-11T08:00:00.000Z');
    await result(patient.id, 'b12', 175, '2026-06-11T08:00:00.000Z');
    expect(await rulesOnList(patient.id)).toEqual(expect.arrayContaining(['MON-HCY', 'MON-NORESP']));
  });

  test('a high B12 on injections is what injections do; before the first one it is high', async () => {
    const { patient } = await build.treated(clinic, FIRST);
    const before = await result(patient.id, 'b12', 2400, '2026-03-09T08:00:00.000Z');
    await api.clock.set('2026-06-12T09:00:00.000Z');
    const after = await result(patient.id, 'b12', 2400, '2026-06-11T08:00:00.000Z');
    const low = await result(patient.id, 'b12', 90, '2026-06-11T08:30:00.000Z');
    const other = await result(patient.id, 'potassium', 6.1, '2026-06-11T08:30:00.000Z');
    expect([before, after, low, other].map(({ interpretation }) => interpretation)).toEqual(['high', 'expected-high', 'low', 'high']);
    const { items } = await clinic.nurse.ok(listLabResults, { query: { patientId: patient.id, analyte: 'b12' } });
    expect(items.map(({ interpretation }) => interpretation)).toEqual(['low', 'expected-high', 'high']);
  });
});

describe('the patient’s own curve', () => {
  const score = async (patientId: string, scoredAt: string, pain: number, sensory: number | null = null) => {
    await api.clock.set(scoredAt);
    return clinic.nurse.ok(recordSymptomScore, { params: { patientId }, body: { scoredAt, pain, sensory } });
  };

  test('a dose without its neurological baseline is taken and asks for it', async () => {
    const { injection } = await build.treated(clinic, FIRST, { dose: { baseline: null } });
    expect(injection.findings).toMatchObject([{ ruleId: 'MON-NEURO', severity: 'warn', code: 'baseline-missing' }]);
  });

  test('who was stable and is two points worse is brought to the physician; better again, the alert closes', async () => {
    const { patient } = await build.treated(clinic, FIRST);
    await score(patient.id, '2026-03-20T09:00:00.000Z', 2, 3);
    const mild = await score(patient.id, '2026-04-20T09:00:00.000Z', 1, 4);
    expect(mild.changes.alertsRaised).toBe(0);
    const worse = await score(patient.id, '2026-05-20T09:00:00.000Z', 3, 4);
    expect(worse.changes.milestonesAdded).toBe(1);
    expect(await rulesOnList(patient.id)).toContain('MON-RELAPSE');
    const better = await score(patient.id, '2026-06-20T09:00:00.000Z', 1);
    expect(better.changes.alertsClosed).toBe(1);
    const corrected = await clinic.nurse.ok(amendSymptomScore, {
      params: { scoreId: better.score.id },
      body: { pain: 4, amendReason: 'the scale was held upside down' },
    });
    expect(corrected.score).toMatchObject({ replacesId: better.score.id, scoredAt: better.score.scoredAt });
    expect(await rulesOnList(patient.id)).toContain('MON-RELAPSE');
    await clinic.nurse.ok(voidSymptomScore, { params: { scoreId: corrected.score.id }, body: { reason: 'belongs to another patient' } });
    await clinic.nurse.ok(voidSymptomScore, { params: { scoreId: worse.score.id }, body: { reason: 'belongs to another patient' } });
    expect(await rulesOnList(patient.id)).not.toContain('MON-RELAPSE');
    const again = await clinic.nurse.call(voidSymptomScore, {
      params: { scoreId: worse.score.id },
      body: { reason: 'belongs to another patient' },
    });
    expect([again.status, again.body.code]).toEqual([409, 'state-changed']);
  });

  test('the pain asked before each needle is a point of the same curve', async () => {
    const given = await build.treated(clinic, FIRST);
    await api.clock.set('2026-05-10T09:00:00.000Z');
    const baseline = { pain: 6, sensory: 'normal' as const, motor: 'normal' as const };
    const { changes } = await clinic.nurse.ok(recordInjection, {
      params: { patientId: given.patient.id },
      body: build.dose(given.course, given.lot, '2026-05-10T08:00:00.000Z', { site: 'deltoid-left', baseline }),
    });
    expect(changes.alertsRaised).toBe(1);
    const chart = await clinic.nurse.ok(readChart, { params: { patientId: given.patient.id } });
    expect(chart.symptomScores).toMatchObject([
      { source: 'injection', pain: 0 },
      { source: 'injection', pain: 6, sensory: null },
    ]);
    expect(await rulesOnList(given.patient.id)).toContain('MON-RELAPSE');
  });

  test('a score needs at least one scale, from 0 to 10, and no future', async () => {
    const { id: patientId } = await build.patient(clinic);
    const pointer = async (body: object) =>
      (await clinic.nurse.call(recordSymptomScore, { params: { patientId }, body })).body.issues?.map((issue) => issue.pointer);
    expect(await pointer({ note: 'none' })).toEqual(['/pain']);
    expect(await pointer({ pain: 11 })).toEqual(['/pain']);
    expect(await pointer({ pain: 1, scoredAt: '2026-03-11T09:00:00Z' })).toEqual(['/scoredAt']);
  });

  test('what is to be expected is drawn beside it, counted from the first dose', async () => {
    const { patient } = await build.treated(clinic, FIRST);
    const { courses } = await clinic.nurse.ok(readChart, { params: { patientId: patient.id } });
    expect(recoveryTimeline(courses[0]!.firstDoseOn!).map(({ stage, untilOn }) => `${stage} ${untilOn}`)).toEqual([
      'first-changes 2026-04-07',
      'complete-recovery 2026-06-10',
      'axonal-recovery 2027-03-10',
    ]);
    const { items } = await clinic.nurse.ok(listRules, {});
    expect(items.find(({ id }) => id === 'MON-TIMELINE')?.sources.length).toBeGreaterThan(0);
  });
});

describe('other causes and treatment of the pain', () => {
  const neuropathy = () => build.treated(clinic, FIRST, { course: { neurologicalInvolvement: true, regimen: 'loading-alternate-days' } });

  test('the list of other causes stays open, low, until the last one is ticked off; one taken back opens it again', async () => {
    const { patient } = await neuropathy();
    const params = { patientId: patient.id };
    const items = [
      'diabetes',
      'thyroid',
      'renal-function',
      'hiv',
      'hepatitis-b-c',
      'protein-electrophoresis',
      'neurotoxic-drugs',
      'thiamine',
      'vitamin-b6',
    ] as const;
    let last = '';
    for (const item of items) {
      expect(await rulesOnList(patient.id)).toContain('MON-RULEOUT');
      last = (await clinic.nurse.ok(recordRuleOut, { params, body: { item, finding: 'unremarkable', doneOn: '2026-03-09' } })).ruleOut.id;
    }
    expect(await rulesOnList(patient.id)).not.toContain('MON-RULEOUT');
    const amended = await clinic.nurse.ok(amendRuleOut, {
      params: { ruleOutId: last },
      body: { item: 'vitamin-b6', finding: 'low: 12 nmol/L', doneOn: '2026-03-09', amendReason: 'the result was read wrong' },
    });
    expect(await rulesOnList(patient.id)).not.toContain('MON-RULEOUT');
    await clinic.nurse.ok(voidRuleOut, { params: { ruleOutId: amended.ruleOut.id }, body: { reason: 'was another patient’s' } });
    const { items: open } = await clinic.physician.ok(listAlerts, { query: { patientId: patient.id, ruleId: 'MON-RULEOUT' } });
    expect(open).toMatchObject([{ priority: 'low', ownerRole: 'physician', missing: ['vitamin-b6'] }]);
    const chart = await clinic.nurse.ok(readChart, { params });
    expect(chart.ruleOuts.map(({ state }) => state).filter((state) => state !== 'effective')).toEqual(['superseded', 'voided']);
    const facts = (await clinic.nurse.ok(readFacts, { params })).facts as PatientFacts;
    expect(ruleOutStates(facts.courses[0]!, facts).filter(({ answered }) => answered === null)).toMatchObject([{ item: 'vitamin-b6' }]);
  });

  test('risk groups come from the record and from the cause of the course', async () => {
    const { patient } = await build.treated(clinic, FIRST, {
      patient: { riskGroups: ['no-animal-products'] },
      course: { cause: 'metformin' },
    });
    const facts = (await clinic.nurse.ok(readFacts, { params: { patientId: patient.id } })).facts as PatientFacts;
    expect(riskGroups(facts).map(({ group }) => group)).toEqual(['no-animal-products', 'long-term-metformin']);
  });

  test('a pain plan is recorded beside the ranges of the sources: above them it is marked, and nothing stops it', async () => {
    const { patient } = await neuropathy();
    const params = { patientId: patient.id };
    const record = async (body: object) =>
      (await clinic.nurse.ok(recordPainPlan, { params, body: { since: '2026-03-01', ...body } as never })).painPlan;
    expect(await record({ drug: 'pregabalin', dose: 300 })).toMatchObject({
      unit: 'mg/day',
      remarks: [{ code: 'pain-dose-in-range', severity: 'inform' }],
    });
    const much = await record({ drug: 'duloxetine', dose: 180 });
    expect(much.remarks).toMatchObject([{ ruleId: 'PAIN-PLAN', code: 'pain-dose-above-range', severity: 'warn' }]);
    expect(await record({ drug: 'capsaicin-topical', dose: 0.05 })).toMatchObject({ unit: '%' });
    await clinic.nurse.ok(voidPainPlan, { params: { painPlanId: much.id }, body: { reason: 'was never prescribed' } });
    const chart = await clinic.nurse.ok(readChart, { params });
    expect(chart.painPlans.map(({ drug, state }) => `${drug} ${state}`).sort()).toEqual([
      'capsaicin-topical effective',
      'duloxetine voided',
      'pregabalin effective',
    ]);
    const refused = await clinic.administrator.call(recordPainPlan, { params, body: { drug: 'pregabalin', dose: 1, since: '2026-03-01' } });
    expect(refused.body.permission).toBe('pain-plan.record');
  });
});

test('why not, for all rules at once: each with its sources, and the reading is on record', async () => {
  const { patient } = await build.treated(clinic, FIRST);
  const { items } = await clinic.nurse.ok(explainWhyNot, { params: { patientId: patient.id }, query: {} });
  expect(items.length).toBeGreaterThan(60);
  for (const { ruleId, rule, verdict } of items)
    expect([ruleId, rule.id, verdict.length > 0, rule.sources.length > 0]).toEqual([ruleId, ruleId, true, true]);
  expect(items.find(({ ruleId }) => ruleId === 'SITE-DG')).toMatchObject({
    verdict: 'not-applicable',
    reasons: [{ code: 'makes-no-alert' }],
  });
  expect(items.find(({ ruleId }) => ruleId === 'MON-ANNUAL')).toMatchObject({ verdict: 'not-yet', reasons: [{ code: 'opens-later' }] });
  const unknown = await clinic.nurse.call(explainWhyNot, { params: { patientId: patient.id }, query: { rule: 'nothing' as never } });
  expect([unknown.status, unknown.body.issues?.[0]?.pointer]).toEqual([422, 'query:rule']);
  const stranger = await api.newClinic();
  expect((await stranger.nurse.call(explainWhyNot, { params: { patientId: patient.id }, query: {} })).status).toBe(404);
});
