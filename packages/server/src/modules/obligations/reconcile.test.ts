import type { Milestone } from '@vastus/clinical';
import { reconcile, type StoredMilestone } from './reconcile.js';

const ZONE = 'Europe/Berlin';
const NOW = '2026-03-01T12:00:00.000Z';
const derived = (fields: Partial<Milestone> = {}): Milestone => ({
  key: 'MON-3-6-12/c/3m',
  ruleId: 'MON-3-6-12',
  subjectType: 'course',
  subjectId: 'c',
  opensAt: '2026-02-01T00:00:00.000Z',
  dueAt: '2026-02-15T00:00:00.000Z',
  overdueAt: '2026-03-15T00:00:00.000Z',
  ownerRole: 'physician',
  priority: 'normal',
  met: false,
  metAt: null,
  metBy: [],
  missing: ['mma'],
  dismissible: true,
  facts: { months: 3 },
  ...fields,
});
const stored = (fields: Partial<StoredMilestone> = {}): StoredMilestone => ({
  ...derived(),
  id: 'm',
  protocolVersionId: 'v',
  dueOn: '2026-02-15',
  state: 'raised',
  alertId: 'a',
  alertState: 'open',
  ...fields,
});

test('facts that say the same in another order change nothing', () => {
  const before = stored({ facts: { b: 1, a: { y: 2, x: 1 } } });
  expect(reconcile([derived({ facts: { a: { x: 1, y: 2 }, b: 1, gone: undefined } })], [before], ZONE, NOW)).toEqual({
    add: [],
    change: [],
    cancel: [],
  });
});

test('a result that completes a check meets it', () => {
  const { change } = reconcile([derived({ met: true, metAt: NOW, metBy: ['r'], missing: [] })], [stored()], ZONE, NOW);
  expect(change).toMatchObject([{ state: 'met', kind: 'met' }]);
});

test('a withdrawn result opens the check again, so that its closed alert comes back', () => {
  const { change } = reconcile([derived()], [stored({ state: 'met', met: true, alertState: 'closed' })], ZONE, NOW);
  expect(change).toMatchObject([{ state: 'planned', kind: 'reopened' }]);
});

test('what a person resolved stays resolved when its result is withdrawn', () => {
  const { change } = reconcile([derived()], [stored({ state: 'met', met: true, alertState: 'resolved' })], ZONE, NOW);
  expect(change).toMatchObject([{ state: 'raised', kind: 'reopened' }]);
});

test('a check that moves into the future is no alert any more', () => {
  const later = { opensAt: '2026-04-01T00:00:00.000Z', dueAt: '2026-04-15T00:00:00.000Z' };
  expect(reconcile([derived(later)], [stored()], ZONE, NOW).change).toMatchObject([
    { state: 'planned', kind: 'moved', dueOn: '2026-04-15' },
  ]);
  expect(reconcile([derived(later)], [stored({ alertState: 'dismissed' })], ZONE, NOW).change).toMatchObject([
    { state: 'raised', kind: 'moved' },
  ]);
});

test('what is no longer derived is cancelled once', () => {
  expect(reconcile([], [stored()], ZONE, NOW).cancel).toHaveLength(1);
  expect(reconcile([], [stored({ state: 'cancelled' })], ZONE, NOW).cancel).toHaveLength(0);
});

test('a cancelled milestone that is derived again is planned again', () => {
  expect(reconcile([derived()], [stored({ state: 'cancelled', alertState: 'closed' })], ZONE, NOW).change).toMatchObject([
    { state: 'planned', kind: 'reopened' },
  ]);
});
