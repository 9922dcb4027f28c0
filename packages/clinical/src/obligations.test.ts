import type { PatientFacts } from './facts.js';
import { deriveObligations } from './obligations.js';
import { at, course, decide, dose, event, examination, patient, profile, REASSURING, result } from './patient.fixture.js';
import { DEFAULT_PROTOCOL } from './protocol.js';

const derive = (changes: Partial<PatientFacts> = {}) => deriveObligations(patient(changes), DEFAULT_PROTOCOL);
const find = (derived: ReturnType<typeof derive>, key: string) => derived.milestones.find((milestone) => milestone.key === key);
const keys = (derived: ReturnType<typeof derive>, rule: string) =>
  derived.milestones.filter(({ ruleId }) => ruleId === rule).map(({ key, met }) => `${key}${met ? ' met' : ''}`);
const given = { injections: [dose('2026-01-05')] };
const checks = (collectedOn: string) => [
  result('b12', collectedOn, 400),
  result('homocysteine', collectedOn, 8),
  result('mma', collectedOn, 0.2),
];

describe('laboratory checks', () => {
  it('at 3, 6 and 12 months of the first dose, then the first year that is not done', () => {
    const derived = derive(given);
    expect(derived.milestones.filter(({ ruleId }) => ruleId.startsWith('MON')).map(({ key }) => key)).toEqual([
      'MON-3-6-12/course/3m',
      'MON-3-6-12/course/6m',
      'MON-3-6-12/course/12m',
      'MON-ANNUAL/course/24m',
    ]);
    expect(find(derived, 'MON-3-6-12/course/3m')).toMatchObject({
      opensAt: '2026-03-21T23:00:00.000Z',
      dueAt: '2026-04-04T22:00:00.000Z',
      overdueAt: '2026-05-03T22:00:00.000Z',
      met: false,
      missing: ['b12', 'homocysteine', 'mma'],
      facts: { dueOn: '2026-04-05', windowFrom: '2026-03-22', windowUntil: '2026-05-03' },
    });
  });

  it('before the first dose there is nothing to check', () => {
    expect(derive({ labResults: checks('2026-01-01') }).milestones.filter(({ ruleId }) => ruleId.startsWith('MON'))).toEqual([]);
  });

  it('counts a first dose on the 31st to the last day of a shorter month', () => {
    expect(find(derive({ injections: [dose('2025-08-31')] }), 'MON-3-6-12/course/6m')?.facts['dueOn']).toBe('2026-02-28');
  });

  it.each([
    ['2026-03-21', false],
    ['2026-03-22', true],
    ['2026-05-03', true],
    ['2026-05-04', false],
  ])('results of %s meet the 3-month check: %p', (on, met) => {
    expect(find(derive({ ...given, labResults: checks(on) }), 'MON-3-6-12/course/3m')?.met).toBe(met);
  });

  it('a check is complete with its last value, and lists what is missing until then', () => {
    const labResults = [result('b12', '2026-04-01', 400), result('homocysteine', '2026-04-08', 8)];
    expect(find(derive({ ...given, labResults }), 'MON-3-6-12/course/3m')).toMatchObject({ met: false, missing: ['mma'] });
    expect(find(derive({ ...given, labResults: [...labResults, result('mma', '2026-04-03', 0.2)] }), 'MON-3-6-12/course/3m')).toMatchObject(
      {
        met: true,
        metAt: at('2026-04-08', '07:00'),
        missing: [],
        metBy: ['b12-2026-04-01-400', 'homocysteine-2026-04-08-8', 'mma-2026-04-03-0.2'],
      },
    );
  });

  it('yearly checks: the ones done, and one that is not', () => {
    const labResults = [...checks('2028-01-05'), ...checks('2029-01-05')];
    expect(keys(derive({ ...given, labResults }), 'MON-ANNUAL')).toEqual([
      'MON-ANNUAL/course/24m met',
      'MON-ANNUAL/course/36m met',
      'MON-ANNUAL/course/48m',
    ]);
  });

  it('a missed year gives way to the next one while doses go on', () => {
    expect(keys(derive({ injections: [dose('2026-01-05'), dose('2028-12-21')] }), 'MON-ANNUAL')).toEqual(['MON-ANNUAL/course/24m']);
    expect(keys(derive({ injections: [dose('2026-01-05'), dose('2028-12-22')] }), 'MON-ANNUAL')).toEqual(['MON-ANNUAL/course/36m']);
  });

  it('the quarterly plan asks every three months in the first year', () => {
    const derived = derive({ ...given, courses: [course({ monitoringPlan: 'MON-Q3' })] });
    expect(keys(derived, 'MON-Q3')).toEqual(['3m', '6m', '9m', '12m'].map((label) => `MON-Q3/course/${label}`));
    expect(find(derived, 'MON-Q3/course/9m')?.missing).toEqual(['b12', 'homocysteine']);
    expect(
      derive({ ...given, courses: [course({ monitoringPlan: 'none' })] }).milestones.filter(({ ruleId }) => ruleId.startsWith('MON')),
    ).toEqual([]);
  });

  it('the start of treatment needs a baseline and a potassium; 3.4 is urgent', () => {
    const courses = [course({ regimen: 'loading-three-weekly' })];
    expect(find(derive({ ...given, courses }), 'MON-BASE/course')).toMatchObject({
      missing: ['hematocrit', 'reticulocytes', 'b12', 'folate', 'ferritin'],
      ownerRole: 'nurse',
    });
    expect(find(derive({ ...given, courses }), 'MON-K48/course')).toMatchObject({ opensAt: at('2026-01-07'), met: false });
    const low = derive({ ...given, courses, labResults: [result('potassium', '2026-01-06', 3.4)] });
    expect(find(low, 'MON-K48/course')?.met).toBe(true);
    expect(find(low, 'MON-K48/course/low:potassium-2026-01-06-3.4')).toMatchObject({
      priority: 'urgent',
      ownerRole: 'physician',
      opensAt: at('2026-01-06', '07:00'),
    });
    expect(keys(derive({ ...given, courses, labResults: [result('potassium', '2026-01-06', 3.5)] }), 'MON-K48')).toEqual([
      'MON-K48/course met',
    ]);
  });

  it('homocysteine of 10 at a check is not at target until a later one is below', () => {
    const labResults = [result('homocysteine', '2026-04-05', 10)];
    expect(keys(derive({ ...given, labResults }), 'MON-HCY')).toEqual(['MON-HCY/course/3m']);
    expect(keys(derive({ ...given, labResults: [...labResults, result('homocysteine', '2026-06-01', 9.9)] }), 'MON-HCY')).toEqual([
      'MON-HCY/course/3m met',
    ]);
    expect(keys(derive({ ...given, labResults: [result('homocysteine', '2026-04-05', 9.9)] }), 'MON-HCY')).toEqual([]);
  });

  it('B12 that has not risen at three months is no response', () => {
    const labResults = [result('b12', '2026-01-02', 120), result('b12', '2026-04-05', 118), result('mma', '2026-04-05', 0.9)];
    expect(find(derive({ ...given, labResults }), 'MON-NORESP/course/3m')?.facts['signs']).toEqual(['b12-not-risen', 'mma-still-high']);
  });
});

describe('the next dose', () => {
  it('a late maintenance dose goes to the nurse after a week and to the physician after four', () => {
    const derived = derive(given);
    expect(find(derived, 'RX-OVERDUE/course/after:dose-2026-01-05/nurse')).toMatchObject({
      opensAt: '2026-03-11T23:00:00.000Z',
      dueAt: '2026-03-04T23:00:00.000Z',
      met: false,
    });
    expect(find(derived, 'RX-OVERDUE/course/after:dose-2026-01-05/physician')).toMatchObject({
      opensAt: '2026-04-01T22:00:00.000Z',
      ownerRole: 'physician',
      priority: 'high',
    });
  });

  it('the dose that comes meets both and asks for the one after it', () => {
    const derived = derive({ injections: [dose('2026-01-05'), dose('2026-03-20'), dose('2026-05-20')] });
    expect(keys(derived, 'RX-OVERDUE').sort()).toEqual([
      'RX-OVERDUE/course/after:dose-2026-03-20/nurse met',
      'RX-OVERDUE/course/after:dose-2026-03-20/physician met',
      'RX-OVERDUE/course/after:dose-2026-05-20/nurse',
      'RX-OVERDUE/course/after:dose-2026-05-20/physician',
    ]);
  });

  it('a loading dose is late after two days', () => {
    const derived = derive({ ...given, courses: [course({ regimen: 'loading-alternate-days', neurologicalInvolvement: true })] });
    expect(keys(derived, 'RX-OVERDUE').sort()).toEqual([
      'RX-OVERDUE/course/after:dose-2026-01-05/nurse',
      'RX-OVERDUE/course/after:start/nurse met',
    ]);
    expect(find(derived, 'RX-OVERDUE/course/after:dose-2026-01-05/nurse')).toMatchObject({
      opensAt: '2026-01-08T23:00:00.000Z',
      priority: 'high',
    });
  });

  it('nothing is overdue on hold, after the end or after death; what was met stays', () => {
    const held = { ...given, events: [event(at('2026-02-01'))] };
    expect(keys(derive(held), 'RX-OVERDUE').filter((key) => !key.endsWith('met'))).toEqual([]);
    const ended = derive({ ...given, labResults: checks('2026-04-05'), courses: [course({ endedOn: '2026-05-01' })] });
    expect(ended.milestones.every(({ met }) => met)).toBe(true);
    expect(keys(ended, 'MON-3-6-12')).toEqual(['MON-3-6-12/course/3m met']);
    const dead = derive({ ...held, patient: profile({ deceasedOn: '2026-06-01' }) });
    expect(dead.milestones.filter(({ met }) => !met).map(({ key }) => key)).toEqual(['AE-URGENT/event']);
  });

  it('an unknown cause stays open, folic acid before B12 alarms, a dose against a stop is reviewed', () => {
    expect(find(derive({ courses: [course({ cause: 'unknown' })] }), 'DX-CAUSE/course')).toMatchObject({
      priority: 'low',
      ownerRole: 'physician',
    });
    expect(find(derive({ patient: profile({ folicAcidMgPerDay: 5 }) }), 'RX-FOLATE/course')).toMatchObject({ priority: 'high' });
    expect(keys(derive({ ...given, patient: profile({ folicAcidMgPerDay: 5 }) }), 'RX-FOLATE')).toEqual([]);
    const against = derive({ injections: [dose('2026-01-05', { againstStop: true, stopRuleIds: ['HOLD-IM'] })] });
    expect(find(against, 'REC-TRUTH/dose-2026-01-05')).toMatchObject({
      priority: 'urgent',
      opensAt: at('2026-01-05', '09:05'),
      dismissible: false,
    });
  });
});

describe('numbness after an injection', () => {
  const onset = '2026-01-05T09:10:00.000Z';

  it('a foot drop: urgent alert, hold, restricted limb and the whole clock at once', () => {
    const derived = derive({ ...given, events: [event(onset)] });
    expect(derived.hold).toEqual({ active: true, since: onset, causeEventIds: ['event'], liftedBy: null });
    expect(derived.restrictions).toEqual([
      expect.objectContaining({
        since: '2026-01-05',
        causeEventId: 'event',
        sites: expect.arrayContaining(['dorsogluteal-left', 'vastus-lateralis-left']),
      }),
    ]);
    expect(derived.courses['course']?.phase).toBe('on-hold');
    expect(find(derived, 'AE-URGENT/event')).toMatchObject({ priority: 'urgent', opensAt: onset });
    const clock = ['NI-24H', 'NI-48H', 'NI-2W', 'NI-4W', 'NI-6W', 'NI-EMG60', 'NI-SURG'].map((rule) => find(derived, `${rule}/event`));
    expect(clock.map((step) => step?.opensAt)).toEqual([
      '2026-01-06T09:10:00.000Z',
      onset,
      '2026-01-18T23:00:00.000Z',
      '2026-02-01T23:00:00.000Z',
      '2026-02-15T23:00:00.000Z',
      '2026-03-05T23:00:00.000Z',
      '2026-03-15T23:00:00.000Z',
    ]);
    expect(clock[6]?.dueAt).toBe('2026-04-04T22:00:00.000Z');
    expect(clock[2]?.dismissible).toBe(false);
  });

  it('a patient who phones on day 50 keeps the clock of the onset', () => {
    const derived = derive({ events: [event(onset, { reportedAt: at('2026-02-24') })] });
    expect(find(derived, 'NI-SURG/event')?.facts['windowClosesOn']).toBe('2026-04-05');
    expect(derived.hold.since).toBe(at('2026-02-24'));
  });

  it('a benign event has a clock and neither hold nor alert; its resolution ends the clock', () => {
    const benign = derive({ ...given, events: [event(onset, { assessment: REASSURING })] });
    expect(benign.hold.active).toBe(false);
    expect(benign.restrictions).toEqual([]);
    expect(find(benign, 'NI-48H/event')).toMatchObject({ opensAt: '2026-01-07T09:10:00.000Z', priority: 'normal' });
    const resolved = derive({ events: [event(onset, { assessment: REASSURING, resolvedAt: at('2026-01-06', '12:00') })] });
    expect(resolved.milestones.filter(({ ruleId }) => ruleId.startsWith('NI-')).map(({ key, met, metBy }) => [key, met, metBy])).toEqual([
      ['NI-24H/event', true, ['event']],
    ]);
  });

  it('an examination meets the re-examination, not the neurologist’s evaluation', () => {
    const derived = derive({ events: [event(onset)], examinations: [examination(at('2026-01-20'))] });
    expect(find(derived, 'NI-24H/event')).toMatchObject({ met: true, metBy: [`exam-${at('2026-01-20')}`] });
    expect(find(derived, 'NI-2W/event')?.met).toBe(false);
  });

  it('a study before day 60 is kept with its caution and closes nothing; one on day 60 does', () => {
    const early = derive({
      events: [event(onset)],
      examinations: [examination(at('2026-02-01'), { id: 'early', electrodiagnosticStudy: true })],
    });
    expect(find(early, 'NI-EMG60/event')).toMatchObject({ met: false, facts: { earlyStudyExaminationIds: ['early'] } });
    expect(find(early, 'NI-48H/event')?.met).toBe(true);
    const counted = derive({ events: [event(onset)], examinations: [examination(at('2026-03-06'), { electrodiagnosticStudy: true })] });
    expect(find(counted, 'NI-EMG60/event')?.met).toBe(true);
  });

  it('worsening raises the urgent alert again and turns a benign event into a suspected injury', () => {
    const derived = derive({
      ...given,
      events: [event(onset, { assessment: REASSURING })],
      examinations: [examination(at('2026-01-06'), { id: 'worse', course: 'worsening' })],
    });
    expect(find(derived, 'AE-URGENT/event/exam:worse')).toMatchObject({ priority: 'urgent', opensAt: at('2026-01-06') });
    expect(derived.hold).toMatchObject({ active: true, since: at('2026-01-06') });
    expect(derived.restrictions).toHaveLength(1);
  });

  it('symptoms after a resolution start the clock again where it stopped', () => {
    const examinations = [examination(at('2026-01-10'), { id: 'well', course: 'resolved' })];
    expect(keys(derive({ events: [event(onset)], examinations }), 'NI-2W')).toEqual([]);
    const back = [...examinations, examination(at('2026-01-12'), { id: 'back', course: 'stable' })];
    expect(keys(derive({ events: [event(onset)], examinations: back }), 'NI-2W')).toEqual(['NI-2W/event']);
    expect(keys(derive({ events: [event(onset, { resolvedAt: at('2026-01-30') })], examinations: back }), 'NI-2W')).toEqual([
      'NI-2W/event met',
    ]);
  });

  it('the hold asks for a decision within a day; oral answers it and keeps IM stopped, continue-im lifts it', () => {
    const base = { ...given, events: [event(at('2026-02-01'))] };
    expect(find(derive(base), 'HOLD-DECIDE/event')).toMatchObject({ met: false, dueAt: at('2026-02-02'), overdueAt: at('2026-02-02') });
    const oral = derive({ ...base, routeDecisions: [decide(at('2026-02-01', '12:00'), 'oral')] });
    expect(oral.hold.active).toBe(true);
    expect(keys(oral, 'HOLD-DECIDE')).toEqual(['HOLD-DECIDE/event met']);
    expect(keys(oral, 'HOLD-GAP')).toEqual(['HOLD-GAP/event met']);
    const on = derive({ ...base, routeDecisions: [decide(at('2026-02-01', '12:00'), 'continue-im')] });
    expect(on.hold).toMatchObject({ active: false, liftedBy: `continue-im-${at('2026-02-01', '12:00')}` });
    expect(keys(on, 'RX-OVERDUE').filter((key) => !key.endsWith('met'))).toHaveLength(2);
    expect(on.restrictions).toHaveLength(1);
  });

  it('a decision taken before the event decides nothing about it', () => {
    const derived = derive({ events: [event(at('2026-02-01'))], routeDecisions: [decide(at('2026-01-31'), 'continue-im')] });
    expect(derived.hold.active).toBe(true);
  });

  it('the gap opens when the dose was due or after a week, whichever is first', () => {
    expect(find(derive({ ...given, events: [event(at('2026-02-01'))] }), 'HOLD-GAP/event')?.opensAt).toBe('2026-02-07T23:00:00.000Z');
    expect(find(derive({ ...given, events: [event(at('2026-03-02'))] }), 'HOLD-GAP/event')?.opensAt).toBe('2026-03-04T23:00:00.000Z');
    expect(find(derive({ ...given, events: [event(at('2026-04-02'))] }), 'HOLD-GAP/event')?.opensAt).toBe(at('2026-04-02'));
    const stopped = derive({ ...given, events: [event(at('2026-02-01'))], routeDecisions: [decide(at('2026-02-01', '12:00'), 'stop')] });
    expect(keys(stopped, 'HOLD-GAP')).toEqual(['HOLD-GAP/event']);
    const anyway = derive({
      injections: [dose('2026-01-05'), dose('2026-03-05', { againstStop: true })],
      events: [event(at('2026-02-01'))],
    });
    expect(keys(anyway, 'HOLD-GAP')).toEqual(['HOLD-GAP/event met']);
  });

  it('a course that starts during a hold is watched from its start', () => {
    const courses = [course({ startedOn: '2026-06-01' })];
    const derived = derive({ courses, events: [event(at('2026-02-01'))], routeDecisions: [decide(at('2026-02-02'), 'stop')] });
    expect(find(derived, 'HOLD-GAP/event')?.opensAt).toBe('2026-05-31T22:00:00.000Z');
    expect(
      keys(derive({ courses, events: [event(at('2026-02-01'))], routeDecisions: [decide(at('2026-02-02'), 'continue-im')] }), 'HOLD-GAP'),
    ).toEqual([]);
  });

  it('a second event during a hold joins it; one after the lifting begins another', () => {
    const second = event(at('2026-02-03'), { id: 'second', site: 'deltoid-left' });
    const joined = derive({ events: [event(at('2026-02-01')), second] });
    expect(joined.hold.causeEventIds).toEqual(['event', 'second']);
    expect(keys(joined, 'HOLD-DECIDE')).toEqual(['HOLD-DECIDE/event']);
    const apart = derive({ events: [event(at('2026-02-01')), second], routeDecisions: [decide(at('2026-02-02'), 'continue-im')] });
    expect(apart.hold).toMatchObject({ active: true, causeEventIds: ['second'], liftedBy: null });
    expect(keys(apart, 'HOLD-DECIDE')).toEqual(['HOLD-DECIDE/event met', 'HOLD-DECIDE/second']);
  });
});
