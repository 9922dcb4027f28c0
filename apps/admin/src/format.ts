/** Dates, times and quantities as people on the ward read them: in the clinic's zone, by the locale of the screen. */
import { ageOn, type ClinicDate, daysBetween, type Instant } from '@vastus/clinical';
import { useLocale, useTranslate } from 'react-admin';
import { firstSpoken, LANGUAGES } from './i18n/languages.js';
import { useSessionIfKnown } from './session/useSession.js';

/** A calendar date is no instant: it is formatted in UTC so that no zone can move it. */
export function formatDate(date: ClinicDate, locale: string, style: 'short' | 'long' | 'month' = 'short'): string {
  const parts: Intl.DateTimeFormatOptions =
    style === 'long'
      ? { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }
      : style === 'month'
        ? { day: 'numeric', month: 'short' }
        : { day: 'numeric', month: 'short', year: 'numeric' };
  return new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

export function formatInstant(at: Instant, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(new Date(at));
}

export function formatTime(at: Instant, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(at));
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
  return {
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
    monthOf: (date: ClinicDate) =>
      new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`)),
    dose: (micrograms: number) => formatDose(micrograms, locale),
  };
}
