/**
 * What a vial's GS1 symbol says. Written after the GS1 General Specifications: element strings and their terminators (7.8), lengths of the
 * application identifiers (figure 3.2-1), check digits (7.9), dates and their century (7.12). Knows the symbol, not the clinic.
 */

import { addDays, addMonths, isClinicDate } from './calendar.js';
import type { ClinicDate } from './facts.js';
import { gtin14 } from './gtin.js';

export interface Gs1Reading {
  /** 14 digits with a right check digit; shorter numbers are filled up with zeros. */
  gtin: string | null;
  expiresOn: ClinicDate | null;
  lotNumber: string | null;
  serialNumber: string | null;
  /** Empty = every element could be read. Nothing that carries an issue may be filled in. */
  issues: Gs1Issue[];
}

export interface Gs1Issue {
  code: 'not-gs1' | 'unknown-element' | 'cut-off' | 'too-long' | 'wrong-characters' | 'check-digit' | 'no-such-date' | 'contradiction';
  /** The application identifier it speaks about; `null` = the symbol as a whole. */
  ai: string | null;
}

/** Ends an element of variable length that is not the last one (FNC1, sent as ASCII 29). */
const GS = '\u001d';
/** How scanners and editors write it that cannot send ASCII 29. */
const GS_SPELT = /<GS>|\{GS\}|\[GS\]|\u241d|\\x1d|\\u001d/gi;
/** Symbology identifiers (ISO/IEC 15424) that announce GS1 element strings: DataMatrix, QR, Code 128, DataBar, DotCode. */
const SYMBOLOGY = /^\](?:d2|Q3|C1|e0|J1)/;
const PLAIN_SYMBOLOGY = /^\]E[0-4]/;
/** How many digits the application identifiers have that begin with these two. */
const DIGITS_OF_AI: readonly (readonly [RegExp, number])[] = [
  [/^(?:0[0-3]|1[0-35-7]|2[0-2]|30|37|9\d)/, 2],
  [/^(?:23|24|25|40|41|42|71)/, 3],
  [/^(?:31|32|33|34|35|36|39|43|70|72|80|81|82)/, 4],
];
/** Lengths of the data that need no terminator, by the first two digits (figure 7.8.5-2). */
const PREDEFINED: Readonly<Record<string, number>> = {
  ...{ '00': 18, '01': 14, '02': 14, '03': 14, '11': 6, '12': 6, '13': 6, '15': 6, '16': 6, '17': 6, '20': 2 },
  ...{ '31': 6, '32': 6, '33': 6, '34': 6, '35': 6, '36': 6, '41': 13 },
};
const LONGEST_TEXT = 20;
/** The 82 characters an element may have. */
const TEXT = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/;

/**
 * Reads a scanned or typed symbol: element strings with or without FNC1 in front, with a symbology identifier, or written with
 * bracketed identifiers; and the plain number of a linear barcode (EAN-13, UPC-A, ITF-14). `today` decides the century of the expiry.
 * Never throws. Elements that mean nothing to a vial are skipped; what cannot be read is an issue.
 */
export function readGs1(scanned: string, today: ClinicDate): Gs1Reading {
  const reading: Gs1Reading = { gtin: null, expiresOn: null, lotNumber: null, serialNumber: null, issues: [] };
  const text = scanned.trim().replace(GS_SPELT, GS);
  const wrong = (code: Gs1Issue['code'], ai: string | null = null) => reading.issues.push({ code, ai });
  const plain = plainNumber(text);
  if (plain !== null) {
    reading.gtin = gtin14(plain);
    if (reading.gtin === null) wrong('check-digit', '01');
    return reading;
  }
  const body = withoutTerminators(text.replace(SYMBOLOGY, ''));
  const elements = /^\(\d{2,4}\)/.test(body) ? bracketed(body) : unbracketed(body);
  if (elements.length === 0) wrong('not-gs1');
  for (const { ai, value, issue } of elements) {
    if (issue) wrong(issue, ai);
    else take(reading, ai, value, today);
  }
  return reading;
}

/** Whether what was typed begins like a symbol of a vial: what a form may take for a scan. */
export function looksLikeGs1(text: string): boolean {
  return (
    SYMBOLOGY.test(text) ||
    PLAIN_SYMBOLOGY.test(text) ||
    /^(?:\(01\)|01)\d{14}/.test(withoutTerminators(text)) ||
    plainNumber(text) !== null
  );
}

interface Element {
  ai: string;
  value: string;
  issue?: Gs1Issue['code'];
}

/** EAN-13, UPC-A and ITF-14 carry nothing but the number. Eight digits might be an element, so they are none. */
function plainNumber(text: string): string | null {
  const digits = PLAIN_SYMBOLOGY.test(text) ? text.slice(3) : text;
  return /^(?:\d{12}|\d{13}|\d{14})$/.test(digits) ? digits : null;
}

function bracketed(text: string): Element[] {
  // What stands before the first bracket, then identifier and value in turn.
  const [, ...parts] = text.split(/\((\d{2,4})\)/);
  return Array.from({ length: parts.length / 2 }, (_, n) => {
    const ai = parts[2 * n]!;
    const data = parts[2 * n + 1]!.split(GS).join('').trim();
    const length = PREDEFINED[ai.slice(0, 2)];
    return {
      ai,
      value: data,
      ...(length !== undefined && data.length !== length ? { issue: data.length < length ? 'cut-off' : 'too-long' } : {}),
    };
  });
}

function unbracketed(text: string): Element[] {
  const elements: Element[] = [];
  let rest = text;
  while (rest.length > 0) {
    const digits = DIGITS_OF_AI.find(([begin]) => begin.test(rest))?.[1];
    const ai = rest.slice(0, digits ?? 2);
    if (digits === undefined || !/^\d+$/.test(ai) || ai.length < digits) return [...elements, ...unreadable(ai, elements)];
    const predefined = PREDEFINED[ai.slice(0, 2)];
    const end = predefined ?? (rest.indexOf(GS, digits) === -1 ? rest.length : rest.indexOf(GS, digits)) - digits;
    const value = rest.slice(digits, digits + end);
    if (predefined !== undefined && (value.length < predefined || value.includes(GS)))
      return [...elements, { ai, value, issue: 'cut-off' }];
    elements.push({ ai, value });
    rest = withoutTerminators(rest.slice(digits + end));
  }
  return elements;
}

const withoutTerminators = (text: string): string => (text.startsWith(GS) ? withoutTerminators(text.slice(1)) : text);

/** Text that never was a symbol has no elements at all; a symbol that stops making sense has one that cannot be read. */
const unreadable = (ai: string, before: readonly Element[]): Element[] =>
  before.length === 0 ? [] : [{ ai, value: '', issue: 'unknown-element' }];

function take(reading: Gs1Reading, ai: string, value: string, today: ClinicDate): void {
  const wrong = (code: Gs1Issue['code']) => reading.issues.push({ code, ai });
  const set = (field: 'gtin' | 'expiresOn' | 'lotNumber' | 'serialNumber', read: string) => {
    if (reading[field] !== null && reading[field] !== read) wrong('contradiction');
    reading[field] = read;
  };
  if (ai === '01') {
    if (/^\d{14}$/.test(value) && gtin14(value) !== null) set('gtin', value);
    else wrong(/^\d{14}$/.test(value) ? 'check-digit' : 'wrong-characters');
  } else if (ai === '17') {
    const date = dateOf(value, today);
    if (date) set('expiresOn', date);
    else wrong('no-such-date');
  } else if (ai === '10' || ai === '21') {
    if (value.length === 0) wrong('cut-off');
    else if (value.length > LONGEST_TEXT) wrong('too-long');
    else if (!TEXT.test(value)) wrong('wrong-characters');
    else set(ai === '10' ? 'lotNumber' : 'serialNumber', value);
  }
}

/** YYMMDD. Day 00 is the last day of the month. Of the centuries, the one that puts the year within 49 years back and 50 years ahead (7.12). */
function dateOf(text: string, today: ClinicDate): ClinicDate | null {
  const parts = /^(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!parts) return null;
  const [yy, mm, dd] = [Number(parts[1]), parts[2]!, parts[3]!];
  const thisYear = Number(today.slice(0, 4));
  const ahead = yy - (thisYear % 100);
  const century = Math.floor(thisYear / 100) + (ahead >= 51 ? -1 : ahead <= -50 ? 1 : 0);
  const month = `${String(century * 100 + yy).padStart(4, '0')}-${mm}`;
  if (dd !== '00') return isClinicDate(`${month}-${dd}`) ? `${month}-${dd}` : null;
  return isClinicDate(`${month}-01`) ? addDays(addMonths(`${month}-01`, 1), -1) : null;
}
