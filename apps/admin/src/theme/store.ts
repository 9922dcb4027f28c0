/**
 * What the dashboard remembers between visits: light or dark and the language, nothing else. react-admin's own store would keep
 * searched names and list positions in the browser, and that is patient data at rest on a shared ward computer.
 */
import { memoryStore, type Store } from 'react-admin';
import { firstSpoken } from '../i18n/languages.js';

/** By react-admin's name of the preference, where it lies in the browser. */
const KEPT: Readonly<Record<string, string>> = { theme: 'vastus.theme', locale: 'vastus.language' };

/** What was chosen on this device, otherwise the first of the browser's languages that the dashboard speaks. */
export const languageOfDevice = () => firstSpoken([remembered('locale'), ...navigator.languages]);

export function screenStore(): Store {
  const store = memoryStore(preferences());
  return {
    ...store,
    setItem(key, value) {
      store.setItem(key, value);
      if (key in KEPT) remember(key, String(value));
    },
    /** Signing out empties the store; these belong to the screen, not to the person. */
    reset() {
      store.reset();
      for (const [key, value] of Object.entries(preferences())) store.setItem(key, value);
    },
  };
}

/** Who has not chosen light or dark has no entry here: then the device's own preference counts. */
function preferences(): Record<string, string> {
  const theme = remembered('theme');
  return { ...(theme && { theme }), locale: languageOfDevice() };
}

function remembered(key: string): string | undefined {
  try {
    return localStorage.getItem(KEPT[key]!) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(KEPT[key]!, value);
  } catch {
    // A browser that refuses storage only forgets the preference.
  }
}
