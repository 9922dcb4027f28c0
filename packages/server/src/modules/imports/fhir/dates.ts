// FHIR dates: a year, a month, a day, or an instant with its offset. Only what is precise enough for its purpose is taken.
import { type ClinicDate, dateInZone, type Instant, isClinicDate, startOfDay, type TimeZone } from '@vastus/clinical';
import { text } from './json.js';

export type When = { on: ClinicDate; at: Instant } | 'missing' | 'imprecise' | 'unreadable';

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const PARTIAL = /^\d{4}(-\d{2})?$/;

/** A bare day begins at its midnight in the clinic's zone; an instant falls on the day it had there. */
export function when(value: unknown, zone: TimeZone): When {
  const given = text(value);
  if (given === undefined) return 'missing';
  if (PARTIAL.test(given)) return 'imprecise';
  if (isClinicDate(given)) return given.startsWith('0000') ? 'unreadable' : { on: given, at: startOfDay(given, zone) };
  const day = INSTANT.exec(given)?.[1];
  const ms = Date.parse(given);
  if (day === undefined || !isClinicDate(day) || Number.isNaN(ms) || ms < Date.UTC(1850, 0) || ms > Date.UTC(2300, 0)) return 'unreadable';
  const at = new Date(ms).toISOString();
  return { on: dateInZone(at, zone), at };
}

/** Why a date was not taken, in words for the report. */
export const dateProblem = (what: string, problem: 'missing' | 'imprecise' | 'unreadable'): string =>
  ({ missing: `no ${what}`, imprecise: `the ${what} is not precise to the day`, unreadable: `the ${what} cannot be read` })[problem];
