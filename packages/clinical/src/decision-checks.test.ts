import { checkCloseAsBenign, checkEndOfCourse, checkFolicAcid, checkRouteDecision } from './decision-checks.js';
import type { CourseFacts } from './facts.js';
import { at, course, dose, event, examination, patient, REASSURING } from './patient.fixture.js';
import { DEFAULT_PROTOCOL } from './protocol.js';

const loading: Partial<CourseFacts> = { regimen: 'loading-alternate-days', neurologicalInvolvement: true };

describe('decisions', () => {
  it('folic acid waits for B12', () => {
    const asked = (after: number | null, facts = patient(), before: number | null = null) =>
      checkFolicAcid({ before, after }, facts, DEFAULT_PROTOCOL);
    expect(asked(0.4)).toEqual([expect.objectContaining({ ruleId: 'RX-FOLATE', severity: 'block' })]);
    expect(asked(0.1)).toEqual([]);
    expect(asked(null)).toEqual([]);
    expect(asked(5, patient({ injections: [dose('2026-01-05')] }))).toEqual([]);
    expect(asked(5, patient({ injections: [dose('2026-01-05', { status: 'not-given' })] }))).toHaveLength(1);
  });

  it('B12 does not end because things are better', () => {
    expect(checkEndOfCourse(course(), 'levels-normalized', patient(), DEFAULT_PROTOCOL)[0]?.ruleId).toBe('RX-LIFELONG');
    expect(checkEndOfCourse(course(), 'symptoms-improved', patient(), DEFAULT_PROTOCOL)).toHaveLength(1);
    expect(checkEndOfCourse(course(), 'patient-wish', patient(), DEFAULT_PROTOCOL)).toEqual([]);
    expect(checkEndOfCourse(course({ substance: 'colecalciferol' }), 'levels-normalized', patient(), DEFAULT_PROTOCOL)).toEqual([]);
    expect(checkEndOfCourse(course(loading), 'switched-to-oral', patient(), DEFAULT_PROTOCOL)[0]?.ruleId).toBe('RX-ORAL-NEURO');
  });

  it('no oral B12 while loading with neuropathy, also during a hold', () => {
    const facts = patient({ courses: [course(loading)] });
    expect(checkRouteDecision('oral', facts, DEFAULT_PROTOCOL)).toEqual([
      expect.objectContaining({ ruleId: 'RX-ORAL-NEURO', severity: 'block', facts: { courseIds: ['course'] } }),
    ]);
    expect(checkRouteDecision('continue-im', facts, DEFAULT_PROTOCOL)).toEqual([]);
    expect(
      checkRouteDecision('oral', patient({ courses: [course({ ...loading, loadingEndedOn: '2026-02-01' })] }), DEFAULT_PROTOCOL),
    ).toEqual([]);
    expect(checkRouteDecision('oral', patient({ courses: [course({ ...loading, endedOn: '2026-02-01' })] }), DEFAULT_PROTOCOL)).toEqual([]);
  });

  it('a motor deficit found at any time keeps an event from being closed as benign', () => {
    const mild = event(at('2026-02-01'), { assessment: REASSURING });
    expect(checkCloseAsBenign(mild, [])).toEqual([]);
    expect(checkCloseAsBenign(mild, [examination(at('2026-02-02'), { motorDeficit: true })])).toHaveLength(1);
    expect(checkCloseAsBenign(event(at('2026-02-01')), [])).toEqual([expect.objectContaining({ ruleId: 'AE-NODISMISS' })]);
  });
});
