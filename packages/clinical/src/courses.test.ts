import fc from 'fast-check';
import { addDays, daysBetween, weekdayOf } from './calendar.js';
import { courseState, permanentDamageRisk } from './courses.js';
import { course, dose } from './patient.fixture.js';
import { DEFAULT_PROTOCOL } from './protocol.js';

const state = (changes: Parameters<typeof course>[0], givenOn: string[], held = false) =>
  courseState(
    course(changes),
    givenOn.map((on) => dose(on)),
    held,
    DEFAULT_PROTOCOL,
  );

describe('courses', () => {
  it('the first dose is due on the day the course starts', () => {
    expect(state({}, [])).toMatchObject({
      phase: 'maintenance',
      dosesGiven: 0,
      next: { earliestOn: '2026-01-05', dueOn: '2026-01-05', intervalDays: null },
    });
  });

  it('maintenance counts calendar months from the last given dose', () => {
    expect(state({}, ['2025-12-31']).next).toEqual({
      earliestOn: '2026-01-30',
      dueOn: '2026-02-28',
      lateOn: '2026-03-07',
      relapseOn: '2026-03-28',
      intervalDays: 59,
    });
  });

  it('a dose that was refused, or given under another course, does not move the schedule', () => {
    const others = [dose('2026-01-05'), dose('2026-02-01', { status: 'not-given' }), dose('2026-02-02', { courseId: 'other' })];
    expect(courseState(course(), others, false, DEFAULT_PROTOCOL)).toMatchObject({
      dosesGiven: 1,
      lastDoseOn: '2026-01-05',
      lastDoseId: 'dose-2026-01-05',
    });
  });

  it('alternate-day loading goes on past any count and ends by the clinician’s word', () => {
    const twenty = Array.from({ length: 20 }, (_, index) => addDays('2026-01-05', 2 * index));
    expect(state({ regimen: 'loading-alternate-days' }, twenty)).toMatchObject({
      phase: 'loading',
      next: { dueOn: '2026-02-14', lateOn: '2026-02-16', relapseOn: null },
    });
    expect(state({ regimen: 'loading-alternate-days', loadingEndedOn: '2026-02-13' }, twenty)).toMatchObject({
      phase: 'maintenance',
      next: { dueOn: '2026-04-12' },
    });
  });

  it('three a week keep the weekdays of the start', () => {
    const days = ['2026-01-05', '2026-01-07', '2026-01-09'];
    expect(state({ regimen: 'loading-three-weekly' }, days.slice(0, 1)).next?.dueOn).toBe('2026-01-07');
    expect(state({ regimen: 'loading-three-weekly' }, days).next).toMatchObject({
      dueOn: '2026-01-12',
      intervalDays: 3,
      earliestOn: '2026-01-11',
    });
  });

  it('a missed dose is not made up by bunching', () => {
    // Wednesday was missed and given on Thursday: Friday would be too soon.
    expect(state({ regimen: 'loading-three-weekly' }, ['2026-01-05', '2026-01-08']).next?.dueOn).toBe('2026-01-12');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (after) => {
        const last = addDays('2026-01-05', after);
        const due = state({ regimen: 'methylcobalamin-three-weekly' }, [last]).next?.dueOn ?? '';
        expect(daysBetween(last, due)).toBeGreaterThanOrEqual(2);
        expect(daysBetween(last, due)).toBeLessThanOrEqual(4);
        expect([1, 3, 5]).toContain(weekdayOf(due));
      }),
    );
  });

  it('two weeks of loading end with the sixth given dose, methylcobalamin goes on', () => {
    const six = ['2026-01-05', '2026-01-07', '2026-01-09', '2026-01-12', '2026-01-14', '2026-01-16'];
    expect(state({ regimen: 'loading-three-weekly' }, six.slice(1)).phase).toBe('loading');
    expect(state({ regimen: 'loading-three-weekly' }, six)).toMatchObject({ phase: 'maintenance', next: { dueOn: '2026-03-16' } });
    expect(state({ regimen: 'loading-three-weekly-neurological' }, six).phase).toBe('maintenance');
    expect(state({ regimen: 'methylcobalamin-three-weekly' }, six).phase).toBe('loading');
  });

  it('a hold keeps the due date in view, an end does not', () => {
    expect(state({}, ['2026-01-05'], true)).toMatchObject({ phase: 'on-hold', stage: 'maintenance', next: { dueOn: '2026-03-05' } });
    expect(state({ endedOn: '2026-02-01' }, ['2026-01-05'], true)).toMatchObject({ phase: 'ended', next: null });
  });

  it('more than three months of symptoms before treatment risk permanent damage', () => {
    expect(permanentDamageRisk(course({ symptomsSince: '2025-10-04' }), DEFAULT_PROTOCOL)).toBe(true);
    expect(permanentDamageRisk(course({ symptomsSince: '2025-10-05' }), DEFAULT_PROTOCOL)).toBe(false);
    expect(permanentDamageRisk(course(), DEFAULT_PROTOCOL)).toBeNull();
  });
});
