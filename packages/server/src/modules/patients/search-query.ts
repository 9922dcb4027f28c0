// What somebody typed into the one search field: names in any order, a record number, a birth date in the spellings of a ward.
import { type ClinicDate, isClinicDate } from '@vastus/clinical';
import { foldName } from './fold-name.js';

export interface SearchCriteria {
  words: string[];
  /** The beginning of a record number; names contain no digits. */
  recordPrefix: string | null;
  bornOn: ClinicDate | null;
}

export const NOTHING_TYPED: SearchCriteria = { words: [], recordPrefix: null, bornOn: null };

const YEAR_FIRST = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/;
/** As the screen writes it, in either language: 21 Mar 1954, 21. März 1954. */
const DAY = /^\d{1,2}\.?$/;
const MONTH_NAME = /^(\p{L}{3,9})\.?$/u;
const YEAR = /^\d{4}$/;
/** How the names begin, English and German. */
const MONTHS = [
  ['jan'],
  ['feb'],
  ['mar'],
  ['apr'],
  ['may', 'mai'],
  ['jun'],
  ['jul'],
  ['aug'],
  ['sep'],
  ['oct', 'okt'],
  ['nov'],
  ['dec', 'dez'],
];
const DAY_FIRST = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/;

/** `null` when nobody can be meant: two different birth dates, or nothing but punctuation. Every criterion found must hold. */
export function readSearch(typed: string, bornOn: ClinicDate | undefined): SearchCriteria | null {
  const dates = new Set<ClinicDate>(bornOn ? [bornOn] : []);
  const words: string[] = [];
  const numbers: string[] = [];
  for (const token of monthsInDigits(typed.split(/\s+/))) {
    const date = readDate(token);
    if (date) dates.add(date);
    else if (/\p{N}/u.test(token)) numbers.push(token);
    else words.push(...foldName(token).split(' '));
  }
  const [born = null, ...otherDates] = dates;
  const criteria = { words: words.filter((word) => word !== ''), recordPrefix: numbers.join(' ') || null, bornOn: born };
  const empty = criteria.words.length === 0 && criteria.recordPrefix === null && criteria.bornOn === null;
  return empty || otherDates.length > 0 ? null : criteria;
}

/** Three words that are a date become one; any other stays what it was. */
function monthsInDigits(words: readonly string[]): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < words.length; ) {
    const date = writtenDate(words[at] ?? '', words[at + 1] ?? '', words[at + 2] ?? '');
    tokens.push(date ?? words[at] ?? '');
    at += date ? 3 : 1;
  }
  return tokens;
}

function writtenDate(day: string, month: string, year: string): string | null {
  const name = MONTH_NAME.exec(month)?.[1];
  if (!name || !DAY.test(day) || !YEAR.test(year)) return null;
  const folded = foldName(name);
  const number = MONTHS.findIndex((beginnings) => beginnings.some((beginning) => folded.startsWith(beginning))) + 1;
  return number === 0 ? null : `${year}-${number}-${day.replace('.', '')}`;
}

function readDate(token: string): ClinicDate | null {
  const yearFirst = YEAR_FIRST.exec(token);
  const dayFirst = DAY_FIRST.exec(token);
  const [year, month, day] = yearFirst ? yearFirst.slice(1) : dayFirst ? dayFirst.slice(1).reverse() : [];
  if (!year || !month || !day) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // PostgreSQL has no year 0.
  return isClinicDate(date) && year > '0000' ? date : null;
}
