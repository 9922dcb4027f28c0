/**
 * The clinic's calendar. Date arithmetic is integer arithmetic on day numbers; only "when does this day begin in this zone"
 * asks the zone database, once per day and zone. Nothing here reads a clock.
 */
import { Temporal } from 'temporal-polyfill';
import type { ClinicDate, Instant, TimeZone } from './facts.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A long-running server sees a few thousand days per zone; the bound only keeps a hostile range of dates from filling memory. */
const MEMO_LIMIT = 50_000;

interface DayStart {
  epochMilliseconds: number;
  instant: Instant;
}

const startMemo = new Map<TimeZone, Map<ClinicDate, DayStart>>();

/** Whether the text is `YYYY-MM-DD` and a day that exists (`2026-02-30` is not). */
export function isClinicDate(text: unknown): text is ClinicDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(Number(text.slice(0, 4)), month);
}

/** The date `days` later (negative: earlier). Throws `RangeError` for a text that is not a date. */
export function addDays(date: ClinicDate, days: number): ClinicDate {
  return fromDayNumber(toDayNumber(date) + days);
}

/**
 * The date `months` calendar months later, clamped to the last day of the month: 31 August + 6 months = 28 (or 29) February.
 * Always reckon from the anchor (first dose + 3, + 6, + 12), never in steps: clamping makes steps drift.
 */
export function addMonths(date: ClinicDate, months: number): ClinicDate {
  requireDate(date);
  const monthIndex = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12 + 1;
  return format(year, month, Math.min(Number(date.slice(8, 10)), daysInMonth(year, month)));
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: ClinicDate, to: ClinicDate): number {
  return toDayNumber(to) - toDayNumber(from);
}

/** Sort order of two dates: negative, zero or positive. */
export function compareDates(a: ClinicDate, b: ClinicDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sort order of two instants, whatever their notation (`…Z`, with or without milliseconds). */
export function compareInstants(a: Instant, b: Instant): number {
  // Instants in the notation of `Instant` sort as text, which spares the parsing in every sort of a history.
  if (isCanonical(a) && isCanonical(b)) return a < b ? -1 : a > b ? 1 : 0;
  return epochMs(a) - epochMs(b);
}

/** The clinic's calendar date at an instant. */
export function dateInZone(instant: Instant, zone: TimeZone): ClinicDate {
  const at = epochMs(instant);
  // Zones lie within -12 h … +14 h of UTC: the date is the UTC date or one of its neighbours.
  let day = Math.floor(at / DAY_MS);
  while (dayStart(fromDayNumber(day), zone).epochMilliseconds > at) day -= 1;
  while (dayStart(fromDayNumber(day + 1), zone).epochMilliseconds <= at) day += 1;
  return fromDayNumber(day);
}

/** The instant at which a calendar date begins in the zone (01:00 where midnight is skipped by daylight saving). */
export function startOfDay(date: ClinicDate, zone: TimeZone): Instant {
  return dayStart(date, zone).instant;
}

/** Exactly `hours` later, through any change of clocks. */
export function addHours(instant: Instant, hours: number): Instant {
  return toInstant(epochMs(instant) + hours * HOUR_MS);
}

/** ISO weekday: 1 = Monday … 7 = Sunday. */
export function weekdayOf(date: ClinicDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // 1970-01-01 was a Thursday.
  return (((((toDayNumber(date) + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** Completed years of life. Somebody born on 29 February turns a year older on 1 March of common years. */
export function ageOn(birthDate: ClinicDate, today: ClinicDate): number {
  requireDate(birthDate);
  requireDate(today);
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

function dayStart(date: ClinicDate, zone: TimeZone): DayStart {
  let days = startMemo.get(zone);
  if (!days) {
    days = new Map();
    startMemo.set(zone, days);
  }
  let start = days.get(date);
  if (start === undefined) {
    const { epochMilliseconds } = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone });
    start = { epochMilliseconds, instant: toInstant(epochMilliseconds) };
    if (days.size >= MEMO_LIMIT) days.clear();
    days.set(date, start);
  }
  return start;
}

/** `2026-11-20T18:15:00.000Z`: 24 characters and UTC; years before 0000 and after 9999 are longer. */
function isCanonical(instant: Instant): boolean {
  return instant.length === 24 && instant.charCodeAt(23) === 90 && instant.charCodeAt(10) === 84 && instant.charCodeAt(19) === 46;
}

function epochMs(instant: Instant): number {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) throw new RangeError('not an instant');
  return at;
}

function toInstant(epochMilliseconds: number): Instant {
  return new Date(epochMilliseconds).toISOString();
}

function requireDate(date: ClinicDate): void {
  if (!isClinicDate(date)) throw new RangeError('not a calendar date');
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar; years are counted from March so that leap days come last. */
function toDayNumber(date: ClinicDate): number {
  requireDate(date);
  const month = Number(date.slice(5, 7));
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(date.slice(8, 10)) - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function fromDayNumber(dayNumber: number): ClinicDate {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return format(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1);
}

function format(year: number, month: number, day: number): ClinicDate {
  if (year < 0 || year > 9999) throw new RangeError('outside the years 0000 to 9999');
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
