/** Dates, times and quantities as people on the ward read them: in the clinic's zone, by the locale of the screen. */
import { ageOn, type ClinicDate, daysBetween, type Instant } from '@vastus/clinical';
import { useMemo } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { firstSpoken, LANGUAGES } from './i18n/languages.js';
import { useSessionIfKnown } from './session/useSession.js';

/** A formatter costs more to make than everything it then writes on a page: each is made once. `style` names its options. */
const made = new Map<string, Intl.DateTimeFormat>();
function dateTimes(locale: string, timeZone: string, style: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${style}`;
  const known = made.get(key);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  made.set(key, formatter);
  return formatter;
}

const DATES = {
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  month: { day: 'numeric', month: 'short' },
  monthOf: { month: 'short', year: 'numeric' },
  tick: { month: 'short', year: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
const TIME = { hour: '2-digit', minute: '2-digit' } as const;

/** A calendar date is no instant: it is formatted in UTC so that no zone can move it. */
export function formatDate(date: ClinicDate, locale: string, style: keyof typeof DATES = 'short'): string {
  return dateTimes(locale, 'UTC', style, DATES[style]).format(new Date(`${date}T00:00:00Z`));
}

export function formatInstant(at: Instant, zone: string, locale: string): string {
  return dateTimes(locale, zone, 'instant', { ...DATES.short, ...TIME }).format(new Date(at));
}

export function formatTime(at: Instant, zone: string, locale: string): string {
  return dateTimes(locale, zone, 'time', TIME).format(new Date(at));
}

/** “today”, “tomorrow”, “3 days ago”, “in 2 months”: days up to three weeks, then weeks, months and years. */
export function relativeDays(date: ClinicDate, today: ClinicDate, locale: string): string {
  const days = daysBetween(today, date);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const far = Math.abs(days);
  if (far <= 21) return words.format(days, 'day');
  if (far < 70) return words.format(Math.round(days / 7), 'week');
  if (far < 700) return words.format(Math.round(days / 30.44), 'month');
  return words.format(Math.round(days / 365.25), 'year');
}

/** 1000 µg is written 1 mg. */
export function formatDose(micrograms: number, locale: string): string {
  const inMilligrams = micrograms >= 1000;
  const amount = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(inMilligrams ? micrograms / 1000 : micrograms);
  return `${amount} ${inMilligrams ? 'mg' : 'µg'}`;
}

/** All of the above with the clinic's zone, its day and the locale filled in. */
export function useFormat() {
  const session = useSessionIfKnown();
  const translate = useTranslate();
  const locale = LANGUAGES[firstSpoken([useLocale()])].region;
  const zone = session?.zone ?? 'UTC';
  const today = session?.today ?? null;
  return useMemo(
    () => ({
      locale,
      date: (date: ClinicDate | null, style?: 'short' | 'long' | 'month') => (date === null ? '–' : formatDate(date, locale, style)),
      instant: (at: Instant | null) => (at === null ? '–' : formatInstant(at, zone, locale)),
      time: (at: Instant) => formatTime(at, zone, locale),
      relative: (date: ClinicDate) => (today === null ? '' : relativeDays(date, today, locale)),
      age: (birthDate: ClinicDate, on?: ClinicDate | null) => {
        const day = on ?? today;
        return day === null ? '' : translate('app.years', { smart_count: ageOn(birthDate, day) });
      },
      number: (value: number, digits = 2) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value),
      percent: (share: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share),
      /** “March 2026” of any day in it. */
      monthOf: (date: ClinicDate) => formatDate(date, locale, 'monthOf'),
      /** “Mar 26”, below an axis of time. */
      tick: (date: Date) => formatDate(date.toISOString().slice(0, 10), locale, 'tick'),
      dose: (micrograms: number) => formatDose(micrograms, locale),
    }),
    [locale, zone, today, translate],
  );
}
