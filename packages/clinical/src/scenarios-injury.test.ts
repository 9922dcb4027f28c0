// What goes wrong after an injection, told as a clinician would tell it.
import { addHours, startOfDay } from './calendar.js';
import { checkRouteDecision } from './decision-checks.js';
import { type Assessment, DISTRIBUTIONS, EVENT_COURSES, MOTORS, ONSETS, type PatientFacts, SITE_FINDINGS, SITE_IDS } from './facts.js';
import { checkInjection } from './injection-check.js';
import { deriveObligations } from './obligations.js';
import { at, course, decide, dose, event, examination, FOOT_DROP, patient, proposal, REASSURING, ZONE } from './patient.fixture.js';
import { DEFAULT_PROTOCOL } from './protocol.js';
import { triage } from './triage.js';
import { explainAbsence } from './why-not.js';

const derive = (changes: Partial<PatientFacts>) => deriveObligations(patient(changes), DEFAULT_PROTOCOL);
const milestone = (changes: Partial<PatientFacts>, key: string) => derive(changes).milestones.find((entry) => entry.key === key);
const onset = '2026-01-09T10:17:00.000Z';

describe('loading with neuropathy, and a nerve is hurt', () => {
  const loading = course({ regimen: 'loading-alternate-days', neurologicalInvolvement: true });
  const facts: Partial<PatientFacts> = {
    courses: [loading],
    injections: [dose('2026-01-05'), dose('2026-01-07'), dose('2026-01-09')],
    events: [event(onset)],
  };
  const hold = (...routeDecisions: PatientFacts['routeDecisions']) => ({ ...facts, routeDecisions });

  it('the route is on hold and the treatment is not forgotten: HOLD-IM, HOLD-DECIDE in 24 hours, HOLD-GAP on the next due date', () => {
    const { hold: state, courses } = derive(facts);
    expect(state).toMatchObject({ active: true, since: onset });
    expect(courses['course']).toMatchObject({ phase: 'on-hold', stage: 'loading', next: { dueOn: '2026-01-11' } });
    expect(milestone(facts, 'HOLD-DECIDE/event')).toMatchObject({ ownerRole: 'physician', dueAt: addHours(onset, 24), dismissible: false });
    expect(milestone(facts, 'HOLD-GAP/event')).toMatchObject({
      ownerRole: 'physician',
      opensAt: startOfDay('2026-01-11', ZONE),
      met: false,
    });
  });

  it('the next IM dose is refused, and it is not overdue either', () => {
    const findings = checkInjection(proposal(at('2026-01-11')), patient(facts), DEFAULT_PROTOCOL, at('2026-01-11'));
    expect(findings.filter(({ severity }) => severity === 'block').map(({ ruleId }) => ruleId)).toEqual(['HOLD-IM']);
    const now = at('2026-02-01');
    expect(explainAbsence('RX-OVERDUE', patient(facts), DEFAULT_PROTOCOL, now).verdict).toBe('cancelled-cause');
    expect(explainAbsence('HOLD-GAP', patient(facts), DEFAULT_PROTOCOL, now).verdict).toBe('applies');
  });

  it('choosing oral meets RX-ORAL-NEURO; once loading has ended it does not', () => {
    expect(checkRouteDecision('oral', patient(facts), DEFAULT_PROTOCOL)).toEqual([
      expect.objectContaining({ ruleId: 'RX-ORAL-NEURO', severity: 'block' }),
    ]);
    const ended = patient({ ...facts, courses: [{ ...loading, loadingEndedOn: '2026-01-09' }] });
    expect(checkRouteDecision('oral', ended, DEFAULT_PROTOCOL)).toEqual([]);
  });

  it('to go on elsewhere lifts the hold, answers the gap, and leaves the limb closed for good (HOLD-LIMB)', () => {
    const lifted = hold(decide(addHours(onset, 3), 'continue-im'));
    expect(derive(lifted).hold).toMatchObject({ active: false });
    expect(milestone(lifted, 'HOLD-DECIDE/event')?.met).toBe(true);
    expect(milestone(lifted, 'HOLD-GAP/event')?.met).toBe(true);
    expect(derive(lifted).restrictions).toHaveLength(1);
    expect(milestone(lifted, 'RX-OVERDUE/course/after:dose-2026-01-09/nurse')?.met).toBe(false);
  });

  it('to stop decides, and replaces nothing: the gap stays open', () => {
    const stopped = hold(decide(addHours(onset, 3), 'stop'));
    expect(milestone(stopped, 'HOLD-DECIDE/event')?.met).toBe(true);
    expect(milestone(stopped, 'HOLD-GAP/event')?.met).toBe(false);
  });

  it('the event was entered in error: clock, hold and restriction go with it', () => {
    const without = derive({ ...facts, events: [] });
    expect(without.hold.active).toBe(false);
    expect(without.restrictions).toEqual([]);
    expect(without.milestones.filter(({ subjectType }) => subjectType === 'adverse-event')).toEqual([]);
    expect(without.courses['course']?.phase).toBe('loading');
  });
});

describe('the grid of AE-ASSESS, AE-SEVERITY, AE-BENIGN, AE-INFLAMMATORY, AE-MASS and AE-NERVE', () => {
  const LEVELS = ['benign', 'suspected-injury', 'urgent', 'emergency'];
  const answers = {
    onset: [...ONSETS, null],
    distribution: [...DISTRIBUTIONS, null],
    motor: [...MOTORS, null],
    radiatingPain: [true, false, null],
    lossOfConsciousness: [true, false, null],
    course: [...EVENT_COURSES, null],
    siteFindings: [[], ['swelling'], ['erythema', 'warmth'], [...SITE_FINDINGS], null],
  } as const;
  const names = Object.keys(answers) as (keyof Assessment)[];
  const grid = names.reduce<Assessment[]>(
    (all, name) => all.flatMap((assessment) => answers[name].map((answer) => ({ ...assessment, [name]: answer }) as Assessment)),
    [{} as Assessment],
  );
  const levelOf = (assessment: Assessment) => LEVELS.indexOf(triage(assessment, null).level);

  it('a missing answer is never better than the most reassuring one, and nothing incomplete is benign', () => {
    const levels = new Map(grid.map((assessment) => [JSON.stringify(assessment), levelOf(assessment)]));
    const levelAt = (assessment: Assessment, name: keyof Assessment, answer: unknown) =>
      levels.get(JSON.stringify({ ...assessment, [name]: answer })) ?? Number.NaN;
    const lowered: unknown[] = [];
    for (const assessment of grid) {
      for (const name of names.filter((question) => assessment[question] === null)) {
        const open = levelAt(assessment, name, null);
        const best = Math.min(...answers[name].filter((answer) => answer !== null).map((answer) => levelAt(assessment, name, answer)));
        if (!(open >= Math.max(best, 1))) lowered.push({ assessment, name });
      }
    }
    expect(lowered).toEqual([]);
    expect(levels.size).toBe(4 * 4 * 4 * 3 * 3 * 4 * 5);
  });

  it('a red flag that was seen stays one, whatever else is missing', () => {
    const blank = Object.fromEntries(names.map((name) => [name, null])) as unknown as Assessment;
    expect(triage({ ...blank, lossOfConsciousness: true }, null).level).toBe('emergency');
    expect(triage({ ...blank, distribution: 'diffuse' }, null).level).toBe('emergency');
    expect(triage({ ...blank, motor: 'weakness' }, null).level).toBe('urgent');
    expect(triage({ ...blank, onset: 'seconds-to-minutes', radiatingPain: true }, null).level).toBe('urgent');
  });

  it('mild, isolated, asked in full and improving within hours is likely benign; a single doubt and it is not (AE-BENIGN)', () => {
    expect(triage(REASSURING, 'deltoid-left')).toMatchObject({ level: 'benign', holdIm: false, restrictLimb: false });
    expect(triage(REASSURING, 'deltoid-left').ruleIds).toContain('AE-BENIGN');
    const against: Partial<Assessment>[] = [
      { onset: 'days' },
      { distribution: 'dermatomal' },
      { radiatingPain: true },
      { course: 'stable' },
      { siteFindings: ['swelling'] },
      ...names.map((name) => ({ [name]: null })),
    ];
    for (const change of against) {
      const outcome = triage({ ...REASSURING, ...change }, 'deltoid-left');
      expect({ change, ...outcome }).toMatchObject({ change, level: 'suspected-injury', holdIm: true });
      expect(outcome.ruleIds).not.toContain('AE-BENIGN');
    }
  });

  it('numbness that begins hours or days later points to inflammation, at once to the needle, and nobody guesses (AE-INFLAMMATORY)', () => {
    const mechanisms = answers.onset.map((onset) => {
      const { mechanism, ruleIds } = triage({ ...FOOT_DROP, onset }, 'ventrogluteal-left');
      expect(ruleIds.includes('AE-INFLAMMATORY')).toBe(mechanism === 'inflammatory');
      return [onset, mechanism];
    });
    expect(Object.fromEntries(mechanisms)).toEqual({
      'seconds-to-minutes': 'direct-trauma',
      hours: 'inflammatory',
      days: 'inflammatory',
      null: 'undetermined',
    });
  });

  it('which finding at the site it is makes no difference, one is enough for AE-MASS', () => {
    for (const siteFindings of answers.siteFindings.filter((found) => found !== null && found.length > 0)) {
      const seen = triage({ ...REASSURING, siteFindings: siteFindings as Assessment['siteFindings'] }, null);
      expect(seen).toEqual(triage({ ...REASSURING, siteFindings: ['mass'] }, null));
      expect(seen.ruleIds).toContain('AE-MASS');
    }
  });

  it('every site names its nerves, and an unknown site none', () => {
    for (const site of SITE_IDS) expect(triage(FOOT_DROP, site).suspectedNerves.length).toBeGreaterThan(0);
    expect(triage(FOOT_DROP, null)).toMatchObject({ suspectedNerves: [], restrictLimb: false, holdIm: true });
  });
});

describe('the nerve clock', () => {
  const mild = { assessment: { ...REASSURING, course: 'stable' as const } };
  const day60 = startOfDay('2026-03-10', ZONE);
  const minute = 1 / 60;

  it.each([
    ['NI-24H', addHours(onset, 24)],
    ['NI-48H', addHours(onset, 48)],
    ['NI-2W', startOfDay('2026-01-23', ZONE)],
    ['NI-4W', startOfDay('2026-02-06', ZONE)],
    ['NI-6W', startOfDay('2026-02-20', ZONE)],
    ['NI-EMG60', day60],
    ['NI-SURG', startOfDay('2026-03-20', ZONE)],
  ] as const)('%s: not a minute before, at the minute, and a minute after', (ruleId, opensAt) => {
    const facts = patient({ events: [event(onset, mild)] });
    const verdicts = [-minute, 0, minute].map((hours) => explainAbsence(ruleId, facts, DEFAULT_PROTOCOL, addHours(opensAt, hours)).verdict);
    expect(verdicts).toEqual(['not-yet', 'applies', 'applies']);
  });

  it('counts from the onset, not from the report', () => {
    const late = milestone({ events: [event(onset, { ...mild, reportedAt: addHours(onset, 50 * 24) })] }, 'NI-2W/event');
    expect(late?.opensAt).toBe(startOfDay('2026-01-23', ZONE));
  });

  describe('a reaction that is reported late', () => {
    /** What is open at the report, with the steps each stands for. */
    const openAt = (days: number, changes: Partial<Parameters<typeof derive>[0]> = {}) => {
      const reportedAt = addHours(onset, days * 24);
      return derive({ events: [event(onset, { ...mild, reportedAt })], ...changes })
        .milestones.filter(({ ruleId, met, opensAt }) => ruleId.startsWith('NI-') && !met && opensAt <= reportedAt)
        .map(({ ruleId, facts }) => [ruleId, ...((facts['covers'] as string[] | undefined) ?? [])].join(' ← '))
        .sort();
    };

    it.each([
      [3, ['NI-24H', 'NI-48H']],
      [16, ['NI-24H', 'NI-2W ← NI-48H']],
      [30, ['NI-2W ← NI-48H', 'NI-4W ← NI-24H']],
      [44, ['NI-2W ← NI-48H', 'NI-6W ← NI-24H ← NI-4W']],
      [62, ['NI-2W ← NI-48H', 'NI-6W ← NI-24H ← NI-4W', 'NI-EMG60']],
      [120, ['NI-2W ← NI-48H', 'NI-6W ← NI-24H ← NI-4W', 'NI-EMG60', 'NI-SURG']],
    ] as const)('after %i days asks for one examination now, and never loses neurology, the study or surgery', (days, open) => {
      expect(openAt(days)).toEqual(open);
    });

    it('what had passed is due with the report, and overdue as long after it as after its own time', () => {
      const reportedAt = addHours(onset, 30 * 24);
      const late = { events: [event(onset, { ...mild, reportedAt })] };
      expect(milestone(late, 'NI-2W/event')).toMatchObject({ dueAt: reportedAt, overdueAt: startOfDay('2026-02-11', ZONE) });
      expect(milestone(late, 'NI-4W/event')).toMatchObject({ dueAt: reportedAt, overdueAt: startOfDay('2026-02-15', ZONE) });
      expect(milestone(late, 'NI-6W/event')).toMatchObject({ dueAt: startOfDay('2026-02-20', ZONE) });
    });

    it('a step of that very minute has not passed', () => {
      const reported = (hours: number) =>
        derive({ events: [event(onset, { ...mild, reportedAt: addHours(startOfDay('2026-01-23', ZONE), hours) })] })
          .milestones.map(({ ruleId }) => ruleId)
          .includes('NI-48H');
      expect([reported(-minute), reported(0), reported(minute)]).toEqual([true, true, false]);
    });

    it('and the explanation of a covered step names the one that stands for it', () => {
      const facts = patient({ events: [event(onset, { ...mild, reportedAt: addHours(onset, 30 * 24) })] });
      expect(explainAbsence('NI-24H', facts, DEFAULT_PROTOCOL, addHours(onset, 31 * 24))).toMatchObject({
        verdict: 'not-applicable',
        reasons: [{ code: 'covered-by-later-step', facts: { by: 'NI-4W' } }],
      });
    });
  });

  it('a severe injury is referred at once; that is overdue at 48 hours, or a day after a later report', () => {
    const referral = (hours: number) => milestone({ events: [event(onset, { reportedAt: addHours(onset, hours) })] }, 'NI-48H/event');
    expect(referral(1)).toMatchObject({ dueAt: addHours(onset, 1), overdueAt: addHours(onset, 48) });
    expect(referral(40)).toMatchObject({ dueAt: addHours(onset, 40), overdueAt: addHours(onset, 64) });
    expect(milestone({ events: [event(onset, mild)] }, 'NI-48H/event')).toMatchObject({
      dueAt: addHours(onset, 48),
      overdueAt: addHours(onset, 72),
    });
    const worse = { events: [event(onset, mild)], examinations: [examination(addHours(onset, 6), { course: 'worsening' as const })] };
    expect(milestone(worse, 'NI-48H/event')).toMatchObject({ dueAt: addHours(onset, 6), overdueAt: addHours(onset, 48) });
  });

  it('the study that counts is made from day 60: a minute before it is kept with a caution and closes nothing', () => {
    const study = (hours: number) =>
      milestone(
        {
          events: [event(onset)],
          examinations: [examination(addHours(day60, hours), { id: 'study', electrodiagnosticStudy: true })],
        },
        'NI-EMG60/event',
      );
    expect(study(-minute)).toMatchObject({
      met: false,
      facts: { earlyStudyExaminationIds: ['study'], earlyStudyMayReassureFalsely: true },
    });
    expect(study(0)).toMatchObject({ met: true, metBy: ['study'] });
    expect(study(minute)?.met).toBe(true);
  });

  it('recovery cancels what has not opened yet, at the minute', () => {
    const at48 = addHours(onset, 48);
    const resolved = (hours: number) => {
      const events = [event(onset, { ...mild, resolvedAt: addHours(at48, hours) })];
      return derive({ events })
        .milestones.filter(({ ruleId }) => ruleId.startsWith('NI-'))
        .map(({ ruleId, met }) => `${ruleId}${met ? ' met' : ''}`);
    };
    expect(resolved(-minute)).toEqual(['NI-24H met']);
    expect(resolved(0)).toEqual(['NI-24H met', 'NI-48H met']);
  });

  it('worsening after a recovery is urgent again and the clock goes on', () => {
    const facts = {
      events: [event(onset, { ...mild, resolvedAt: addHours(onset, 72) })],
      examinations: [examination(addHours(onset, 240), { id: 'worse', course: 'worsening' as const })],
    };
    expect(milestone(facts, 'AE-URGENT/event/exam:worse')).toMatchObject({ priority: 'urgent', met: false });
    expect(milestone(facts, 'NI-2W/event')?.met).toBe(false);
    expect(derive(facts).hold.active).toBe(true);
  });

  it('the surgical window closes three calendar months after the onset', () => {
    const closes = (on: string) => milestone({ events: [event(at(on))] }, 'NI-SURG/event')?.facts['windowClosesOn'];
    expect([closes('2025-11-30'), closes('2026-01-31'), closes('2026-03-15')]).toEqual(['2026-02-28', '2026-04-30', '2026-06-15']);
  });
});
