import { ALERT_RULE_IDS } from './absence.js';
import { ALERT_HANDLING, acknowledgesTogether, handlingOf, LONGEST_SNOOZE_MS } from './alert-handling.js';
import { PRIORITIES } from './facts.js';

test('every rule that alerts says which work answers it, and each work and outcome once', () => {
  expect(Object.keys(ALERT_HANDLING).toSorted()).toEqual(ALERT_RULE_IDS.toSorted());
  for (const { work, outcomes } of Object.values(ALERT_HANDLING)) {
    expect(work.length).toBeGreaterThan(0);
    expect(new Set(work).size).toBe(work.length);
    expect(new Set(outcomes).size).toBe(outcomes.length);
  }
});

test('only a route decision answers HOLD-DECIDE; every other alert can be ended by a person with an outcome', () => {
  expect(ALERT_RULE_IDS.filter((ruleId) => ALERT_HANDLING[ruleId].outcomes.length === 0)).toEqual(['HOLD-DECIDE']);
});

test.each([
  'AE-SYSTEMIC',
  'AE-URGENT',
  'NI-24H',
  'HOLD-DECIDE',
  'HOLD-GAP',
  'MON-K48',
  'MON-HCY',
  'MON-RELAPSE',
  'RX-OVERDUE',
  'REC-TRUTH',
])('%s is never acknowledged in bulk', (ruleId) => {
  for (const priority of PRIORITIES) expect(acknowledgesTogether({ ruleId, priority })).toBe(false);
});

test('a planned blood test is, unless it has become pressing', () => {
  expect(PRIORITIES.filter((priority) => acknowledgesTogether({ ruleId: 'MON-3-6-12', priority }))).toEqual(['normal', 'low']);
});

test('a rule nobody knows any more is handled with care', () => {
  expect(handlingOf('OLD-RULE')).toMatchObject({ acknowledgeTogether: false, work: ['open-chart'] });
});

test('the worse an alert, the shorter it may sleep, and an emergency never', () => {
  const longest = PRIORITIES.map((priority) => LONGEST_SNOOZE_MS[priority]);
  expect(longest[0]).toBe(0);
  expect(longest).toEqual(longest.toSorted((a, b) => a - b));
});
