import { addDays } from './calendar.js';
import type { PatientFacts, ProtocolBefore } from './facts.js';
import { deriveObligations } from './obligations.js';
import { at, course, dose, patient, profile, result } from './patient.fixture.js';
import type { ProtocolParameters } from './protocol.js';
import { PROTOCOL_DEFAULTS } from './protocol-parameters.js';
import { explainAbsence } from './why-not.js';

const FIRST = '2026-01-05';
const Q3: ProtocolParameters = { ...PROTOCOL_DEFAULTS, monitoringPlan: 'MON-Q3' };
const until = (day: string, parameters: Partial<ProtocolParameters> = {}): ProtocolBefore => ({
  parameters: { ...PROTOCOL_DEFAULTS, ...parameters },
  until: at(day),
});

/** The checks of the first year of a course that follows the protocol, under `now` and what was in force before. */
function checks(plan: 'MON-3-6-12' | 'MON-Q3', protocolBefore: ProtocolBefore[], labs: PatientFacts['labResults'] = []): string[] {
  const facts = patient({
    courses: [course({ monitoringPlan: plan, followsPlan: true })],
    injections: [dose(FIRST)],
    labResults: labs,
    protocolBefore,
  });
  return deriveObligations(facts, { ...PROTOCOL_DEFAULTS, monitoringPlan: plan })
    .milestones.filter(({ ruleId }) => ruleId === 'MON-3-6-12' || ruleId === 'MON-Q3')
    .map(({ key, met }) => `${key.replace('/course', '')}${met ? ' met' : ''}`);
}
const drawn = (day: string) => [result('b12', day, 300), result('homocysteine', day, 8), result('mma', day, 0.2)];

describe('a plan that takes effect late in the first year', () => {
  it('MON-Q3 signed in month 11 asks for month 12, and for no month 9 that nobody asked for', () => {
    expect(checks('MON-Q3', [until('2026-12-05')], [...drawn('2026-04-05'), ...drawn('2026-07-05')])).toEqual([
      'MON-3-6-12/3m met',
      'MON-3-6-12/6m met',
      'MON-Q3/12m',
    ]);
  });

  it('a check whose window is still open on its day is asked for; one that closed at that very minute is not', () => {
    // Month 9 is due on 5 October; its window closes with 2 November, Berlin.
    expect(checks('MON-Q3', [{ ...until('2026-11-02'), until: '2026-11-02T22:59:00.000Z' }])).toContain('MON-Q3/9m');
    expect(checks('MON-Q3', [{ ...until('2026-11-02'), until: '2026-11-02T23:00:00.000Z' }])).not.toContain('MON-Q3/9m');
  });

  it('what the old plan asked for and missed stays, under the rule that asked for it', () => {
    expect(checks('MON-Q3', [until('2026-09-01')])).toEqual(['MON-3-6-12/3m', 'MON-3-6-12/6m', 'MON-Q3/9m', 'MON-Q3/12m']);
    expect(checks('MON-3-6-12', [until('2026-11-05', { monitoringPlan: 'MON-Q3' })])).toEqual([
      'MON-Q3/3m',
      'MON-Q3/6m',
      'MON-Q3/9m',
      'MON-3-6-12/12m',
    ]);
  });

  it('which plan asked for a closed check is settled for ever, whatever is signed later', () => {
    const twice = [until('2026-06-01'), until('2026-11-10', { monitoringPlan: 'MON-Q3', monitoringWindowAfterDays: 56 })];
    expect(checks('MON-3-6-12', twice)).toEqual(['MON-3-6-12/3m', 'MON-Q3/6m', 'MON-3-6-12/12m']);
  });

  it('a course with a plan of its own, or under the plan from the beginning, is asked as ever', () => {
    expect(checks('MON-Q3', [])).toEqual(['MON-Q3/3m', 'MON-Q3/6m', 'MON-Q3/9m', 'MON-Q3/12m']);
    const own = patient({
      courses: [course({ monitoringPlan: 'MON-Q3' })],
      injections: [dose(FIRST)],
      protocolBefore: [until('2026-12-05')],
    });
    expect(deriveObligations(own, Q3).milestones.filter(({ ruleId }) => ruleId === 'MON-Q3')).toHaveLength(4);
  });

  it('and the explanation says why month 9 is not asked for', () => {
    const facts = patient({
      courses: [course({ monitoringPlan: 'MON-Q3', followsPlan: true })],
      injections: [dose(FIRST)],
      protocolBefore: [until('2026-12-05')],
    });
    const { verdict, reasons } = explainAbsence('MON-Q3', facts, Q3, at('2026-12-06'));
    expect(verdict).toBe('not-yet');
    expect(reasons.filter(({ code }) => code === 'before-version').map(({ facts: seen }) => seen)).toEqual(
      [3, 6, 9].map((months) => ({ courseId: 'course', months, since: at('2026-12-05') })),
    );
  });
});

describe('a version that first asks for blood counts (MON-RETIC)', () => {
  const { reticulocyteIntervalDays: _, ...without } = PROTOCOL_DEFAULTS;
  const counts = (since: string | null): string[] => {
    const facts = patient({
      courses: [course({ regimen: 'loading-three-weekly', anemiaAtBaseline: true })],
      injections: [dose(FIRST)],
      ...(since ? { protocolBefore: [{ parameters: without, until: at(since) }] } : {}),
    });
    return deriveObligations(facts, PROTOCOL_DEFAULTS)
      .milestones.filter(({ ruleId }) => ruleId === 'MON-RETIC')
      .map(({ key }) => key.replace('MON-RETIC/course/', ''));
  };

  it('asks a course of years ago for nothing, and says since when it asks at all', () => {
    expect(counts(null)).toEqual(['d5', 'd6', 'd7', 'd14']);
    expect(counts('2029-01-05')).toEqual([]);
    const facts = patient({
      courses: [course({ regimen: 'loading-three-weekly', anemiaAtBaseline: true })],
      injections: [dose(FIRST)],
      protocolBefore: [{ parameters: without, until: at('2029-01-05') }],
    });
    expect(explainAbsence('MON-RETIC', facts, PROTOCOL_DEFAULTS, at('2029-02-01'))).toMatchObject({
      verdict: 'not-applicable',
      reasons: [{ code: 'before-version', facts: { since: at('2029-01-05') } }],
    });
  });

  it.each([
    ['on day 6 for what is left', addDays(FIRST, 6), ['d6', 'd7', 'd14']],
    ['on day 10 for the next weekly check', addDays(FIRST, 10), ['d14']],
    ['on day 20 for the week that runs', addDays(FIRST, 20), ['d21']],
    ['a day before three months', '2026-04-03', ['d91']],
    ['and after three months for nothing more', '2026-04-05', []],
  ])('asks a course under way %s', (_name, since, expected) => {
    expect(counts(since)).toEqual(expected);
  });
});

describe('a limit that is moved', () => {
  const course2 = course({ regimen: 'loading-three-weekly', substance: 'cyanocobalamin' });
  const derive = (facts: Partial<PatientFacts>, now: Partial<ProtocolParameters>, before: ProtocolBefore[]) =>
    deriveObligations(patient({ courses: [course2], injections: [dose(FIRST)], ...facts, protocolBefore: before }), {
      ...PROTOCOL_DEFAULTS,
      ...now,
    }).milestones;

  it('raises no urgent alert for a potassium of the past that was in order when it was read', () => {
    const labResults = [result('potassium', '2026-01-06', 3.8)];
    const low = (before: ProtocolBefore[]) =>
      derive({ labResults }, { potassiumUrgentMillimolesPerL: 4 }, before).filter(({ key }) => key.includes('/low:')).length;
    expect([low([]), low([until('2026-06-01')]), low([until('2026-01-01')])]).toEqual([1, 0, 1]);
  });

  it('finds no homocysteine of a past check too high, and says so', () => {
    const labResults = [result('homocysteine', '2026-04-05', 9)];
    const target = { homocysteineTargetMicromolesPerL: 8 };
    const high = (before: ProtocolBefore[]) => derive({ labResults }, target, before).filter(({ ruleId }) => ruleId === 'MON-HCY').length;
    expect([high([]), high([until('2026-06-01')])]).toEqual([1, 0]);
    const facts = patient({ courses: [course2], injections: [dose(FIRST)], labResults, protocolBefore: [until('2026-06-01')] });
    expect(explainAbsence('MON-HCY', facts, { ...PROTOCOL_DEFAULTS, ...target }, at('2026-07-01')).reasons).toContainEqual(
      expect.objectContaining({ code: 'before-version' }),
    );
  });

  it('finds no relapse in scores of the past', () => {
    const symptomScores = [
      { id: 'a', at: at('2026-03-01'), pain: 2, sensory: null, motor: null },
      { id: 'b', at: at('2026-04-01'), pain: 3, sensory: null, motor: null },
    ];
    const relapses = (before: ProtocolBefore[]) =>
      derive({ courses: [course()], symptomScores }, { relapseWorseningPoints: 1 }, before).filter(({ ruleId }) => ruleId === 'MON-RELAPSE')
        .length;
    expect([relapses([]), relapses([until('2026-06-01')])]).toEqual([1, 0]);
  });

  it('what the patient is like today is due from the version on: kidneys and folic acid', () => {
    const labResults = [result('egfr', '2026-01-20', 65)];
    const renal = derive({ labResults }, { eGfrThreshold: 70 }, [until('2026-06-01')]).find(({ ruleId }) => ruleId === 'RX-RENAL');
    expect(renal).toMatchObject({ opensAt: at('2026-06-01'), met: false });
    const facts = { injections: [], patient: profile({ folicAcidMgPerDay: 0.08 }) };
    const folate = derive(facts, { folicAcidLimitMgPerDay: 0.05 }, [until('2026-06-01')]).find(({ ruleId }) => ruleId === 'RX-FOLATE');
    expect(folate?.opensAt).toBe(at('2026-06-01'));
  });
});
