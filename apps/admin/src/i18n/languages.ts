/** The languages of the dashboard. A further one is a folder beside `en` with the same keys, and one line here. */
import type { Catalogue } from './en/index.js';

interface Language {
  /** In the language itself: it is what somebody looks for who cannot read the others. */
  name: string;
  /** How dates and numbers are written; English on a ward in Europe writes the day first. */
  region: string;
  load: () => Promise<Catalogue>;
}

export const LANGUAGES = {
  en: { name: 'English', region: 'en-GB', load: async () => (await import('./en/index.js')).en },
  de: { name: 'Deutsch', region: 'de-DE', load: async () => (await import('./de/index.js')).de },
} as const satisfies Record<string, Language>;

export type LanguageCode = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as LanguageCode[];

/** The first of the wishes (`de-AT`, `en`) that the dashboard speaks; English if it speaks none of them. */
export function firstSpoken(wishes: readonly (string | null | undefined)[]): LanguageCode {
  for (const wish of wishes) {
    const language = wish?.toLowerCase().split('-')[0];
    const known = LANGUAGE_CODES.find((code) => code === language);
    if (known) return known;
  }
  return 'en';
}
