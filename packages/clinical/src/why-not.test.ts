import { ALERT_RULE_IDS } from './absence.js';
import { addDays, addHours } from './calendar.js';
import type { PatientFacts } from './facts.js';
import { deriveObligations } from './obligations.js';
import { at, course, decide, dose, event, patient, profile, REASSURING, result, UNANSWERED } from './patient.fixture.js';
import { DEFAULT_PROTOCOL } from './protocol.js';
import { PROTOCOL_DEFAULTS } from './protocol-parameters.js';
import { RULES } from './rules.js';
import { explainAbsence } from './why-not.js';

const NOW = at('2026-02-01');
const why = (ruleId: Parameters<typeof explainAbsence>[0], changes: Partial<PatientFacts> = {}, now = NOW, protocol = DEFAULT_PROTOCOL) =>
  explainAbsence(ruleId, patient({ injections: [dose('2026-01-05')], ...changes }), protocol, now);
const brief = (...args: Parameters<typeof why>) => {
  const { verdict, reasons } = why(...args);
  return [verdict, ...new Set(reasons.map(({ code }) => code))];
};
const loading = { regimen: 'loading-three-weekly' as const };

describe('why is there no alert', () => {
  it('because the check opens later: the reason names the day', () => {
    expect(why('MON-3-6-12').reasons[0]).toEqual({
      code: 'opens-later',
      facts: {
        key: 'MON-3-6-12/course/3m',
        opensAt: '2026-03-21T23:00:00.000Z',
        dueAt: '2026-04-04T22:00:00.000Z',
        overdueAt: '2026-05-03T22:00:00.000Z',
        missing: ['b12', 'homocysteine', 'mma'],
        ownerRole: 'physician',
      },
    });
  });

  it('one minute before a check opens it is not yet, at the minute and after it applies', () => {
    const [check] = deriveObligations(patient({ injections: [dose('2026-01-05')] }), DEFAULT_PROTOCOL).milestones.filter(
      ({ key }) => key === 'MON-3-6-12/course/3m',
    );
    const opensAt = check?.opensAt ?? '';
    const verdicts = [-1, 0, 1].map((minutes) => why('MON-3-6-12', {}, addHours(opensAt, minutes / 60)).verdict);
    expect(verdicts).toEqual(['not-yet', 'applies', 'applies']);
  });

  it('a result from before the window does not count, and is named; so is one from after it', () => {
    const early = result('b12', '2026-02-20', 300);
    const late = result('homocysteine', '2026-05-20', 8);
    const { verdict, reasons } = why('MON-3-6-12', { labResults: [early, late] }, at('2026-05-25'));
    expect(verdict).toBe('applies');
    const third = reasons.filter(({ facts }) => facts['key'] === 'MON-3-6-12/course/3m');
    expect(third.slice(1)).toEqual([
      {
        code: 'result-before-window',
        facts: {
          key: 'MON-3-6-12/course/3m',
          analyte: 'b12',
          resultId: early.id,
          collectedOn: '2026-02-20',
          windowFrom: '2026-03-22',
          windowUntil: '2026-05-03',
        },
      },
      expect.objectContaining({ code: 'result-after-window', facts: expect.objectContaining({ resultId: late.id }) }),
    ]);
  });

  it('because it was met, and by which results', () => {
    const labResults = [result('potassium', '2026-01-06', 4)];
    expect(why('MON-K48', { courses: [course(loading)], labResults })).toEqual({
      ruleId: 'MON-K48',
      verdict: 'met',
      reasons: [
        {
          code: 'met-by',
          facts: { key: 'MON-K48/course', metAt: at('2026-01-06', '07:00'), metBy: ['potassium-2026-01-06-4'], ownerRole: 'nurse' },
        },
      ],
    });
  });

  it.each([
    ['there is no dose to count from', 'MON-3-6-12', { injections: [] }, ['not-yet', 'no-first-dose']],
    ['the plan is none', 'MON-3-6-12', { courses: [course({ monitoringPlan: 'none' })] }, ['not-applicable', 'plan-none']],
    ['the other plan is chosen', 'MON-Q3', {}, ['not-applicable', 'other-plan']],
    ['the course has ended', 'MON-3-6-12', { courses: [course({ endedOn: '2026-01-20' })] }, ['cancelled-cause', 'course-ended']],
    [
      'the patient has died',
      'RX-OVERDUE',
      { patient: profile({ deceasedOn: '2026-01-20' }) },
      ['cancelled-cause', 'patient-deceased', 'met-by'],
    ],
    ['there is no B12 course', 'MON-BASE', { courses: [course({ substance: 'retinol' })] }, ['not-applicable', 'no-b12-course']],
    ['treatment began elsewhere', 'MON-K48', {}, ['not-applicable', 'began-in-maintenance']],
    ['nobody recorded anemia', 'MON-RETIC', { courses: [course(loading)] }, ['not-applicable', 'no-anemia-at-baseline']],
    [
      'the protocol version knows no blood counts',
      'MON-RETIC',
      { courses: [course({ ...loading, anemiaAtBaseline: true })] },
      ['not-applicable', 'not-in-protocol-version'],
    ],
    ['no homocysteine was drawn at a check', 'MON-HCY', {}, ['not-yet', 'no-result-in-window']],
    ['homocysteine is at target', 'MON-HCY', { labResults: [result('homocysteine', '2026-04-05', 9)] }, ['met', 'value-at-target']],
    ['the response was not looked at yet', 'MON-NORESP', {}, ['not-yet', 'no-result-in-window']],
    ['the patient responds', 'MON-NORESP', { labResults: [result('b12', '2026-04-05', 500)] }, ['met', 'response-seen']],
    ['a hold stops the schedule', 'RX-OVERDUE', { events: [event(at('2026-01-20'))] }, ['cancelled-cause', 'im-hold-active', 'met-by']],
    ['the cause is known', 'DX-CAUSE', {}, ['met', 'cause-recorded']],
    ['nobody recorded folic acid', 'RX-FOLATE', {}, ['not-applicable', 'no-folic-acid-recorded']],
    [
      'the folic acid is a trace',
      'RX-FOLATE',
      { patient: profile({ folicAcidMgPerDay: 0.1 }) },
      ['not-applicable', 'folic-acid-within-limit'],
    ],
    ['B12 was given first', 'RX-FOLATE', { patient: profile({ folicAcidMgPerDay: 5 }) }, ['met', 'b12-given']],
    ['it is not cyanocobalamin', 'RX-RENAL', { patient: profile({ renalDysfunction: true }) }, ['not-applicable', 'not-cyanocobalamin']],
    [
      'the kidneys are not known to fail',
      'RX-RENAL',
      { courses: [course({ substance: 'cyanocobalamin' })], labResults: [result('egfr', '2026-01-20', 60)] },
      ['not-applicable', 'kidneys-not-known-to-fail'],
    ],
    ['every dose was within the rules', 'REC-TRUTH', {}, ['not-applicable', 'no-dose-against-stop']],
    ['there was no event', 'NI-EMG60', {}, ['not-applicable', 'no-adverse-event']],
    [
      'the numbness has gone',
      'NI-EMG60',
      { events: [event(at('2026-01-06'), { resolvedAt: at('2026-01-20') })] },
      ['cancelled-cause', 'event-resolved'],
    ],
    [
      'the event is not urgent',
      'AE-URGENT',
      { events: [event(at('2026-01-06'), { assessment: UNANSWERED })] },
      ['not-applicable', 'triage-does-not-call-for-it'],
    ],
    ['nothing is on hold', 'HOLD-DECIDE', { events: [event(at('2026-01-06'), { assessment: REASSURING })] }, ['not-applicable', 'no-hold']],
    [
      'a physician has decided',
      'HOLD-DECIDE',
      { events: [event(at('2026-01-06'))], routeDecisions: [decide(at('2026-01-06', '12:00'), 'oral')] },
      ['met', 'met-by'],
    ],
    [
      'no B12 can be missed',
      'HOLD-GAP',
      { courses: [course({ substance: 'retinol' })], events: [event(at('2026-01-06'))] },
      ['not-applicable', 'no-b12-course'],
    ],
    ['symptoms are not scored', 'MON-RELAPSE', {}, ['not-applicable', 'no-symptom-scores']],
    [
      'the patient is not stable yet',
      'MON-RELAPSE',
      { courses: [course(loading)], symptomScores: [{ id: 's', at: NOW, pain: 9, sensory: null, motor: null }] },
      ['not-yet', 'not-stabilized'],
    ],
    [
      'symptoms are no worse',
      'MON-RELAPSE',
      { symptomScores: [{ id: 's', at: NOW, pain: 9, sensory: null, motor: null }] },
      ['not-applicable', 'no-worsening'],
    ],
    ['no nerve is involved', 'MON-RULEOUT', {}, ['not-applicable', 'no-neurological-involvement']],
    ['the list is not kept', 'MON-RULEOUT', { courses: [course({ neurologicalInvolvement: true })] }, ['not-applicable', 'not-recorded']],
    ['the rule makes none', 'SITE-ROTATE', {}, ['not-applicable', 'makes-no-alert']],
  ] as const)('because %s', (_, ruleId, changes, expected) => {
    expect(brief(ruleId, changes as Partial<PatientFacts>)).toEqual(expected);
  });

  it('because the hematocrit is normal', () => {
    const courses = [course({ ...loading, anemiaAtBaseline: true })];
    expect(brief('MON-RETIC', { courses, labResults: [result('hematocrit', '2026-01-10', 38)] }, NOW, PROTOCOL_DEFAULTS)).toEqual([
      'met',
      'hematocrit-normal',
    ]);
  });

  it('an old course that ended does not speak beside one that runs', () => {
    const courses = [course({ id: 'old', endedOn: '2025-12-01', cause: 'unknown' }), course()];
    expect(brief('DX-CAUSE', { courses })).toEqual(['met', 'cause-recorded']);
  });

  it('says "applies" exactly when the facts ask for an alert, and always gives a reason', () => {
    const histories: Partial<PatientFacts>[] = [
      {},
      { courses: [course({ ...loading, cause: 'unknown', neurologicalInvolvement: true })], ruleOuts: [] },
      { events: [event(at('2026-01-06')), event(at('2026-02-06'), { id: 'second', assessment: REASSURING })] },
      { labResults: [result('homocysteine', '2026-04-05', 12)], patient: profile({ renalDysfunction: true, folicAcidMgPerDay: 1 }) },
      { courses: [course({ endedOn: '2026-06-01' })], patient: profile({ deceasedOn: '2026-06-01' }) },
      { courses: [] },
    ];
    for (const changes of histories) {
      const facts = patient({ injections: [dose('2026-01-05')], ...changes });
      const { milestones } = deriveObligations(facts, PROTOCOL_DEFAULTS);
      for (const day of [0, 1, 20, 80, 200, 500]) {
        const now = at(addDays('2026-01-05', day));
        for (const ruleId of ALERT_RULE_IDS) {
          const open = milestones.some((milestone) => milestone.ruleId === ruleId && !milestone.met && milestone.opensAt <= now);
          const { verdict, reasons } = explainAbsence(ruleId, facts, PROTOCOL_DEFAULTS, now);
          expect([ruleId, day, verdict === 'applies', reasons.length > 0]).toEqual([ruleId, day, open, true]);
        }
      }
    }
  });

  it('covers every rule that alerts', () => {
    const alerting = Object.values(RULES).filter(({ kinds }) => kinds.includes('alert'));
    expect(alerting.map(({ id }) => id).filter((id) => !(ALERT_RULE_IDS as readonly string[]).includes(id))).toEqual([]);
  });
});
