import fc from 'fast-check';
import {
  addDays,
  addHours,
  addMonths,
  ageOn,
  compareDates,
  compareInstants,
  dateInZone,
  daysBetween,
  isClinicDate,
  startOfDay,
  weekdayOf,
} from './calendar.js';

const dates = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const zones = fc.constantFrom(
  'Europe/Berlin',
  'America/Los_Angeles',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'UTC',
);

describe('calendar', () => {
  it.each([
    ['2025-08-31', 6, '2026-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-12-15', 2, '2027-02-15'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-05-31', 0, '2026-05-31'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  it('months keep the day of the month or clamp it to the last one', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -600, max: 600 }), (date, months) => {
        const later = addMonths(date, months);
        expect(isClinicDate(later)).toBe(true);
        const day = Number(date.slice(8));
        const laterDay = Number(later.slice(8));
        expect(laterDay === day || (laterDay < day && addDays(later, 1).endsWith('-01'))).toBe(true);
        const monthsApart =
          (Number(later.slice(0, 4)) - Number(date.slice(0, 4))) * 12 + Number(later.slice(5, 7)) - Number(date.slice(5, 7));
        expect(monthsApart).toBe(months);
      }),
    );
  });

  it('days there and back, and their distance', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -50_000, max: 50_000 }), (date, days) => {
        const later = addDays(date, days);
        expect(daysBetween(date, later)).toBe(days);
        expect(addDays(later, -days)).toBe(date);
        expect(Math.sign(compareDates(date, later))).toBe(Math.sign(0 - days));
        expect(later).toBe(new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10));
      }),
    );
  });

  it.each(['2026-02-30', '2026-13-01', '2026-00-10', '2026-1-1', '', '2025-02-29', '2026-02-28T00:00:00Z', '20260228', null, 20260228])(
    '%p is no date',
    (text) => {
      expect(isClinicDate(text)).toBe(false);
    },
  );

  it('refuses arithmetic on what is no date', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => addMonths('tomorrow', 1)).toThrow(RangeError);
    expect(() => dateInZone('yesterday', 'UTC')).toThrow(RangeError);
  });

  it('a late evening in Los Angeles is already tomorrow in Berlin', () => {
    expect(dateInZone('2026-03-02T07:30:00.000Z', 'America/Los_Angeles')).toBe('2026-03-01');
    expect(dateInZone('2026-03-02T07:30:00.000Z', 'Europe/Berlin')).toBe('2026-03-02');
  });

  it('a day begins at local midnight, or later where midnight does not exist', () => {
    expect(startOfDay('2026-07-01', 'Europe/Berlin')).toBe('2026-06-30T22:00:00.000Z');
    expect(startOfDay('2026-01-01', 'Europe/Berlin')).toBe('2025-12-31T23:00:00.000Z');
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
  });

  it('every instant lies within its own day', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), zones, (moment, zone) => {
        const instant = moment.toISOString();
        const day = dateInZone(instant, zone);
        expect(compareInstants(startOfDay(day, zone), instant)).toBeLessThanOrEqual(0);
        expect(compareInstants(startOfDay(addDays(day, 1), zone), instant)).toBeGreaterThan(0);
      }),
    );
  });

  it('compares instants in any notation', () => {
    expect(compareInstants('2026-03-28T10:00:00+01:00', '2026-03-28T09:00:00.000Z')).toBe(0);
    expect(compareInstants('2026-03-28T09:00:00Z', '2026-03-28T09:00:00.001Z')).toBeLessThan(0);
    expect(compareInstants('2026-03-28T09:00:00.002Z', '2026-03-28T09:00:00.001Z')).toBeGreaterThan(0);
  });

  it('24 hours are 24 hours through the change of clocks', () => {
    expect(addHours('2026-03-28T09:00:00.000Z', 24)).toBe('2026-03-29T09:00:00.000Z');
  });

  it('knows weekdays and ages', () => {
    expect(weekdayOf('2026-11-20')).toBe(5);
    expect(weekdayOf('1969-12-31')).toBe(3);
    expect(ageOn('1960-05-17', '2026-05-16')).toBe(65);
    expect(ageOn('1960-05-17', '2026-05-17')).toBe(66);
    expect(ageOn('2004-02-29', '2026-02-28')).toBe(21);
  });
});
