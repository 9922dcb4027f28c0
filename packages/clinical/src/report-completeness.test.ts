import { type ReportFacts, reportCompleteness } from './report-completeness.js';

const whole: ReportFacts = {
  sex: 'female',
  injectedAt: '2026-03-10T08:30:00.000Z',
  onsetAt: '2026-03-10T08:31:00.000Z',
  doseMicrograms: 1000,
  lotId: 'lot',
  indication: null,
  cause: 'pernicious-anemia',
  narrative: 'Electric pain down the leg while the needle was in.',
  outcomeKnown: true,
  assessment: {
    onset: 'seconds-to-minutes',
    distribution: 'dermatomal',
    motor: 'none',
    radiatingPain: true,
    lossOfConsciousness: false,
    course: 'stable',
    siteFindings: [],
  },
  causality: 'probable',
  serious: false,
  ctcaeGrade: 2,
};
const without = (changes: Partial<ReportFacts>) => reportCompleteness({ ...whole, ...changes });

test('a report that says everything is complete', () => {
  expect(reportCompleteness(whole)).toEqual({ score: 1, wellDocumented: true, missing: [], unanswered: [] });
});

test('an event linked to no injection has no time to onset, no dose and no lot: less than half is left', () => {
  expect(without({ injectedAt: null, doseMicrograms: null, lotId: null })).toEqual({
    score: 0.45,
    wellDocumented: false,
    missing: ['time-to-onset', 'dose'],
    unanswered: ['lot'],
  });
});

test('penalties multiply: neither sex nor indication leaves 0.49', () => {
  expect(without({ sex: 'unknown', cause: 'unknown' })).toMatchObject({ score: 0.49, missing: ['indication', 'sex'] });
});

test('an indication in words stands for a cause that is not known yet', () => {
  expect(without({ cause: 'unknown', indication: 'fatigue' }).missing).toEqual([]);
});

test('a word is no description; a short one costs a tenth and leaves a report well documented', () => {
  expect(without({ narrative: ' numb ' })).toMatchObject({ score: 0.9, wellDocumented: true, missing: ['narrative'] });
  expect(without({ narrative: 'numb', doseMicrograms: null })).toMatchObject({ score: 0.81, wellDocumented: true });
});

test('nobody has looked again: how it went is not known', () => {
  expect(without({ outcomeKnown: false })).toMatchObject({ score: 0.7, wellDocumented: false, missing: ['outcome'] });
});

test('what is answered “no” is answered; what nobody asked is named', () => {
  expect(without({ serious: null, causality: null, ctcaeGrade: null }).unanswered).toEqual(['causality', 'seriousness', 'ctcae-grade']);
  expect(without({ assessment: { ...whole.assessment, motor: null } }).unanswered).toEqual(['assessment']);
});

test('an onset before the injection is none', () => {
  expect(without({ onsetAt: '2026-03-10T08:29:00.000Z' }).missing).toEqual(['time-to-onset']);
});
