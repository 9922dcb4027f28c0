import { addDays } from './calendar.js';
import { deficiencyPicture, PICTURE_ELEMENTS, riskGroups, UNANSWERED_PICTURE } from './deficiency.js';
import { type CourseFacts, type PatientFacts, RULE_OUT_ITEMS, type SymptomScoreFacts } from './facts.js';
import { interpretResult, onInjections } from './interpretation.js';
import { deriveObligations } from './obligations.js';
import { checkPainDrug, PAIN_DRUGS } from './pain-plan.js';
import { at, course, dose, patient, profile, result } from './patient.fixture.js';
import { DEFAULT_PROTOCOL } from './protocol.js';
import { PROTOCOL_DEFAULTS } from './protocol-parameters.js';
import { recoveryTimeline } from './recovery.js';

const of = (ruleId: string, changes: Partial<PatientFacts>, protocol = PROTOCOL_DEFAULTS as typeof DEFAULT_PROTOCOL) =>
  deriveObligations(patient(changes), protocol).milestones.filter((milestone) => milestone.ruleId === ruleId);
const keys = (...args: Parameters<typeof of>) => of(...args).map(({ key, met }) => `${key}${met ? ' met' : ''}`);

describe('blood counts of an anemic patient (MON-RETIC)', () => {
  const anemic: Partial<PatientFacts> = {
    courses: [course({ regimen: 'loading-three-weekly', anemiaAtBaseline: true })],
    injections: [dose('2026-01-05')],
  };
  const counts = (on: string, hematocrit = 30) => [result('hematocrit', on, hematocrit), result('reticulocytes', on, 8)];

  it('daily on days 5 to 7 after the first dose, then every week', () => {
    expect(keys('MON-RETIC', anemic)).toEqual(['5', '6', '7', '14'].map((day) => `MON-RETIC/course/d${day}`));
    expect(of('MON-RETIC', anemic)[0]).toMatchObject({
      ownerRole: 'nurse',
      missing: ['hematocrit', 'reticulocytes'],
      facts: { day: 5, dueOn: '2026-01-10', windowFrom: '2026-01-10', windowUntil: '2026-01-10' },
    });
    expect(of('MON-RETIC', anemic)[3]?.facts).toMatchObject({ dueOn: '2026-01-19', windowFrom: '2026-01-16', windowUntil: '2026-01-22' });
  });

  it('a day that was missed cannot be drawn any more and gives way to the next one that was', () => {
    expect(keys('MON-RETIC', { ...anemic, labResults: counts('2026-01-11') })).toEqual([
      'MON-RETIC/course/d6 met',
      'MON-RETIC/course/d7',
      'MON-RETIC/course/d14',
    ]);
    expect(keys('MON-RETIC', { ...anemic, labResults: [...counts('2026-01-10'), ...counts('2026-01-27')] })).toEqual([
      'MON-RETIC/course/d5 met',
      'MON-RETIC/course/d21 met',
      'MON-RETIC/course/d28',
    ]);
  });

  it('half of a check leaves it open and names what is missing', () => {
    const [first] = of('MON-RETIC', { ...anemic, labResults: [result('hematocrit', '2026-01-10', 30)] });
    expect(first).toMatchObject({ key: 'MON-RETIC/course/d5', met: false, missing: ['reticulocytes'] });
  });

  it('a normal hematocrit ends the series; one from before day 5 does not', () => {
    const labResults = [...counts('2026-01-10'), ...counts('2026-01-19', 36)];
    expect(keys('MON-RETIC', { ...anemic, labResults })).toEqual(['MON-RETIC/course/d5 met', 'MON-RETIC/course/d14 met']);
    expect(keys('MON-RETIC', { ...anemic, labResults: counts('2026-01-08', 40) })).toHaveLength(4);
  });

  it('without anemia, in maintenance, or in a version without the parameter there are none', () => {
    expect(keys('MON-RETIC', { ...anemic, courses: [course({ regimen: 'loading-three-weekly' })] })).toEqual([]);
    expect(keys('MON-RETIC', { ...anemic, courses: [course({ anemiaAtBaseline: true })] })).toEqual([]);
    expect(keys('MON-RETIC', anemic, DEFAULT_PROTOCOL)).toEqual([]);
  });
});

describe('relapse (MON-RELAPSE)', () => {
  const score = (on: string, pain: number | null, rest: Partial<SymptomScoreFacts> = {}): SymptomScoreFacts => ({
    id: `s-${on}`,
    at: at(on),
    pain,
    sensory: null,
    motor: null,
    ...rest,
  });
  const loading: Partial<CourseFacts> = { regimen: 'loading-alternate-days', loadingEndedOn: '2026-02-01' };
  const relapses = (symptomScores: SymptomScoreFacts[], changes: Partial<CourseFacts> = loading) =>
    keys('MON-RELAPSE', { courses: [course(changes)], injections: [dose('2026-01-05')], symptomScores });

  it('two points worse than the best since stabilization goes to the physician, one point does not', () => {
    expect(relapses([score('2026-02-10', 4), score('2026-03-10', 3), score('2026-04-10', 4)])).toEqual([]);
    expect(relapses([score('2026-02-10', 4), score('2026-03-10', 3), score('2026-04-10', 5)])).toEqual(['MON-RELAPSE/s-2026-04-10']);
    const [relapse] = of('MON-RELAPSE', {
      injections: [dose('2026-01-05')],
      symptomScores: [score('2026-02-10', 3, { motor: 0 }), score('2026-04-10', 5, { motor: 2 })],
    });
    expect(relapse).toMatchObject({
      subjectType: 'patient',
      ownerRole: 'physician',
      priority: 'high',
      opensAt: at('2026-04-10'),
      facts: {
        worsened: [
          { scale: 'pain', from: 3, to: 5 },
          { scale: 'motor', from: 0, to: 2 },
        ],
        relapseWorseningPoints: 2,
        stabilizedOn: '2026-01-05',
      },
    });
  });

  it('worsening while loading is not a relapse, and the last score before stabilization is what counts', () => {
    expect(relapses([score('2026-01-06', 3), score('2026-01-20', 8)])).toEqual([]);
    expect(relapses([score('2026-01-06', 3), score('2026-01-20', 8), score('2026-02-10', 8)])).toEqual([]);
    expect(relapses([score('2026-01-06', 8), score('2026-01-20', 3), score('2026-02-10', 5)])).toEqual(['MON-RELAPSE/s-2026-02-10']);
    expect(relapses([score('2026-02-10', 3), score('2026-04-10', 9)], { regimen: 'loading-alternate-days' })).toEqual([]);
  });

  it('one relapse is one alert, met by a score that is better again on every scale that was worse', () => {
    const worse = [score('2026-02-10', 3), score('2026-04-10', 6), score('2026-05-10', 7)];
    expect(relapses(worse)).toEqual(['MON-RELAPSE/s-2026-04-10']);
    expect(relapses([...worse, score('2026-06-10', null, { sensory: 1 })])).toEqual(['MON-RELAPSE/s-2026-04-10']);
    expect(relapses([...worse, score('2026-06-10', 4)])).toEqual(['MON-RELAPSE/s-2026-04-10 met']);
    expect(relapses([...worse, score('2026-06-10', 4), score('2026-07-10', 9)])).toEqual([
      'MON-RELAPSE/s-2026-04-10 met',
      'MON-RELAPSE/s-2026-07-10',
    ]);
  });

  it('a scale nobody scored is not a zero', () => {
    expect(relapses([score('2026-02-10', null), score('2026-04-10', 9)])).toEqual([]);
  });

  it('three doses a week are stable with the sixth dose', () => {
    const injections = ['05', '07', '09', '12', '14', '16'].map((day) => dose(`2026-01-${day}`));
    const facts = (courseChanges: Partial<CourseFacts>, doses = injections) => ({
      courses: [course(courseChanges)],
      injections: doses,
      symptomScores: [score('2026-01-16', 2), score('2026-01-20', 4)],
    });
    expect(keys('MON-RELAPSE', facts({ regimen: 'loading-three-weekly' }))).toHaveLength(1);
    expect(keys('MON-RELAPSE', facts({ regimen: 'loading-three-weekly' }, injections.slice(1)))).toEqual([]);
  });

  it('the expected course of recovery, beside the patient’s own (MON-TIMELINE)', () => {
    expect(recoveryTimeline('2026-08-31').map(({ stage, fromOn, untilOn }) => [stage, fromOn, untilOn])).toEqual([
      ['first-changes', '2026-08-31', '2026-09-28'],
      ['complete-recovery', '2026-08-31', '2026-11-30'],
      ['axonal-recovery', '2027-02-28', '2027-08-31'],
    ]);
  });
});

describe('other causes of neuropathy (MON-RULEOUT)', () => {
  const neuropathy = { courses: [course({ neurologicalInvolvement: true })] };
  const ticks = RULE_OUT_ITEMS.map((item, index) => ({ id: `t-${item}`, item, tickedAt: at(addDays('2026-01-06', index)) }));

  it('stay on the list, low, until every one is ticked off', () => {
    expect(of('MON-RULEOUT', { ...neuropathy, ruleOuts: ticks.slice(2) })).toEqual([
      expect.objectContaining({ key: 'MON-RULEOUT/course', priority: 'low', met: false, missing: ['diabetes', 'thyroid'] }),
    ]);
    expect(of('MON-RULEOUT', { ...neuropathy, ruleOuts: ticks })).toEqual([
      expect.objectContaining({ met: true, metAt: at('2026-01-14'), missing: [] }),
    ]);
  });

  it('a result of the year before answers for sugar, thyroid and kidneys; an older one does not', () => {
    const labResults = [result('hba1c', '2025-06-01', 5.2), result('tsh', '2024-12-01', 2), result('egfr', '2026-02-01', 90)];
    expect(of('MON-RULEOUT', { ...neuropathy, ruleOuts: [], labResults })[0]?.missing).toEqual(
      RULE_OUT_ITEMS.filter((item) => item !== 'diabetes' && item !== 'renal-function'),
    );
  });

  it('are asked of no other course, and of no record that does not keep the list', () => {
    expect(keys('MON-RULEOUT', { ruleOuts: [] })).toEqual([]);
    expect(keys('MON-RULEOUT', neuropathy)).toEqual([]);
  });
});

describe('the kidneys fail while cyanocobalamin runs (RX-RENAL)', () => {
  const cyano = { courses: [course({ substance: 'cyanocobalamin' })] };
  const egfr = (on: string, value: number) => result('egfr', on, value);

  it('a new eGFR below the threshold goes to the physician from its collection; 60 does not', () => {
    expect(of('RX-RENAL', { ...cyano, labResults: [egfr('2026-01-01', 80), egfr('2026-03-01', 59)] })).toEqual([
      expect.objectContaining({
        key: 'RX-RENAL/course',
        opensAt: at('2026-03-01', '07:00'),
        ownerRole: 'physician',
        priority: 'high',
        facts: expect.objectContaining({ eGfrMlPerMin: 59, eGfrCollectedOn: '2026-03-01', eGfrThreshold: 60 }),
      }),
    ]);
    expect(keys('RX-RENAL', { ...cyano, labResults: [egfr('2026-03-01', 60)] })).toEqual([]);
  });

  it('stays where it opened while values stay low, and goes when they recover or the course ends', () => {
    const low = [egfr('2026-03-01', 59), egfr('2026-04-01', 41)];
    expect(of('RX-RENAL', { ...cyano, labResults: low })).toEqual([
      expect.objectContaining({ opensAt: at('2026-03-01', '07:00'), facts: expect.objectContaining({ eGfrMlPerMin: 41 }) }),
    ]);
    expect(keys('RX-RENAL', { ...cyano, labResults: [...low, egfr('2026-05-01', 75)] })).toEqual([]);
    expect(keys('RX-RENAL', { courses: [course({ substance: 'cyanocobalamin', endedOn: '2026-04-02' })], labResults: low })).toEqual([]);
    expect(keys('RX-RENAL', { labResults: low })).toEqual([]);
  });

  it('the flag does the same, from when it was set where that is known', () => {
    const flagged = (renalDysfunctionSince?: string) => ({
      ...cyano,
      patient: profile({ renalDysfunction: true, renalDysfunctionSince: renalDysfunctionSince ?? null }),
    });
    expect(of('RX-RENAL', flagged())[0]?.opensAt).toBe('2026-01-04T23:00:00.000Z');
    expect(of('RX-RENAL', flagged(at('2026-05-01')))[0]?.opensAt).toBe(at('2026-05-01'));
    expect(of('RX-RENAL', flagged(at('2020-05-01')))[0]?.opensAt).toBe('2026-01-04T23:00:00.000Z');
  });
});

describe('a severe deficiency is a picture (DX-SEVERE)', () => {
  const pictureOf = (changes: Partial<CourseFacts>, facts: Partial<PatientFacts> = {}) =>
    deficiencyPicture(course(changes), patient(facts));

  it('a low B12 with neurological signs is severe and proposes alternate days', () => {
    const picture = pictureOf({ neurologicalInvolvement: true }, { labResults: [result('b12', '2026-01-02', 90)] });
    expect(picture).toMatchObject({
      severe: true,
      proposedRegimen: 'loading-alternate-days',
      missing: ['symptoms', 'anemiaOrMacrocytosis'],
    });
    expect(picture.elements[0]).toEqual({ element: 'lowB12', present: true, from: 'result', factIds: ['b12-2026-01-02-90'] });
  });

  it('a normal B12 excludes nothing, and nothing is assumed', () => {
    const normal = { labResults: [result('b12', '2026-01-02', 400)] };
    expect(pictureOf({ neurologicalInvolvement: true }, normal).severe).toBeNull();
    expect(pictureOf({ cause: 'diet' })).toMatchObject({ severe: null, proposedRegimen: null, missing: [...PICTURE_ELEMENTS] });
  });

  it('what the clinician recorded comes first; three times "no" is not severe', () => {
    const recorded = { ...UNANSWERED_PICTURE, symptoms: false, neurologicalSigns: false, anemiaOrMacrocytosis: false };
    expect(pictureOf({ deficiencyPicture: recorded, anemiaAtBaseline: true })).toMatchObject({
      severe: false,
      proposedRegimen: 'loading-three-weekly',
    });
  });

  it('the blood picture and the malabsorption are read from results, cause and patient', () => {
    const elements = (changes: Partial<CourseFacts>, facts: Partial<PatientFacts> = {}) =>
      Object.fromEntries(pictureOf(changes, facts).elements.map(({ element, present, from }) => [element, [present, from]]));
    expect(elements({}, { labResults: [result('mcv', '2026-01-02', 112), result('hemoglobin', '2026-01-02', 14)] })).toMatchObject({
      anemiaOrMacrocytosis: [true, 'result'],
      malabsorptionRisk: [true, 'course'],
    });
    expect(elements({ cause: 'diet' }, { labResults: [result('mcv', '2026-01-02', 90)] })).toMatchObject({
      anemiaOrMacrocytosis: [false, 'result'],
      malabsorptionRisk: [null, null],
    });
    expect(elements({ cause: 'diet' }, { patient: profile({ malabsorption: ['other'] }) })).toMatchObject({
      malabsorptionRisk: [true, 'patient'],
    });
    // A value from under treatment says nothing about the state before it.
    expect(elements({}, { injections: [dose('2026-01-05')], labResults: [result('b12', '2026-01-20', 90)] })).toMatchObject({
      lowB12: [null, null],
    });
  });

  it('risk groups are recorded, or follow from the cause (MON-RISK)', () => {
    const facts = patient({
      patient: profile({ riskGroups: ['pregnancy-or-lactation'] }),
      courses: [course({ cause: 'metformin' }), course({ id: 'b', cause: 'crohns-disease' }), course({ id: 'c', cause: 'metformin' })],
    });
    expect(riskGroups(facts).map(({ group, from }) => `${group} ${from}`)).toEqual([
      'pregnancy-or-lactation patient',
      'long-term-metformin course',
      'ileal-resection-or-crohns course',
    ]);
  });
});

describe('pain treatment and values beside their ranges', () => {
  const said = (...args: Parameters<typeof checkPainDrug>) => checkPainDrug(...args).map(({ severity, code }) => `${severity} ${code}`);

  it('only a dose above the range of the sources warns (PAIN-PLAN)', () => {
    expect(said('pregabalin', 300)).toEqual(['inform pain-dose-in-range']);
    expect(said('pregabalin', 75)).toEqual(['inform pain-dose-below-range']);
    expect(said('pregabalin', 601)).toEqual(['warn pain-dose-above-range']);
    expect(said('duloxetine', null)).toEqual(['inform pain-dose-missing']);
    expect(said('gabapentin', 900)).toEqual(['inform pain-drug-not-first-line', 'inform pain-dose-without-range']);
    expect(said('capsaicin-topical', 0.075)).toEqual(['inform pain-drug-not-first-line', 'inform pain-dose-in-range']);
    for (const drug of PAIN_DRUGS) expect(checkPainDrug(drug, 1).every(({ ruleId }) => ruleId === 'PAIN-PLAN')).toBe(true);
  });

  it('a high B12 while on injections is what they do, and not abnormal', () => {
    expect(interpretResult('b12', 900, { onInjections: true })).toBe('expected-high');
    expect(interpretResult('b12', 900, { onInjections: false })).toBe('high');
    expect(interpretResult('b12', 147, { onInjections: true })).toBe('low');
    expect(interpretResult('b12', 664, { onInjections: false })).toBe('normal');
    expect(interpretResult('homocysteine', 16, { onInjections: true })).toBe('high');
    expect(interpretResult('potassium', 3.4, { onInjections: true })).toBe('low');
  });

  it('on injections is who got B12 by then and within six months', () => {
    const facts = patient({ injections: [dose('2026-01-05'), dose('2026-02-01', { status: 'not-given' })] });
    expect(['2026-01-04', '2026-01-05', '2026-07-05', '2026-07-06'].map((day) => onInjections(facts, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
