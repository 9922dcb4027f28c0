import polyglotI18nProvider from 'ra-i18n-polyglot';
import type { I18nProvider } from 'react-admin';
import type { Catalogue } from './en/index.js';
import { LANGUAGE_CODES, LANGUAGES, type LanguageCode } from './languages.js';

/** Speaks `language` at once; the other languages are fetched when somebody chooses them. The document says what it speaks. */
export function createI18nProvider(language: LanguageCode, catalogue: Catalogue): I18nProvider {
  const provider = polyglotI18nProvider(
    (wanted) => (wanted === language ? catalogue : LANGUAGES[wanted as LanguageCode].load()),
    language,
    LANGUAGE_CODES.map((locale) => ({ locale, name: LANGUAGES[locale].name })),
    { allowMissing: false },
  );
  document.documentElement.lang = language;
  return {
    ...provider,
    async changeLocale(wanted) {
      await provider.changeLocale(wanted);
      document.documentElement.lang = wanted;
    },
  };
}
