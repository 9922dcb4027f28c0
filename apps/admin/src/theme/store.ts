/**
 * What the dashboard remembers between visits: light or dark, nothing else. react-admin's own store would keep searched names and
 * list positions in the browser, and that is patient data at rest on a shared ward computer.
 */
import { memoryStore, type Store } from 'react-admin';

const KEPT = 'theme';
const PLACE = 'vastus.theme';

export function screenStore(): Store {
  const store = memoryStore({ [KEPT]: remembered() });
  return {
    ...store,
    setItem(key, value) {
      store.setItem(key, value);
      if (key === KEPT) remember(String(value));
    },
    /** Signing out empties the store; light or dark belongs to the screen, not to the person. */
    reset() {
      store.reset();
      store.setItem(KEPT, remembered());
    },
  };
}

function remembered(): string | undefined {
  try {
    return localStorage.getItem(PLACE) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(value: string): void {
  try {
    localStorage.setItem(PLACE, value);
  } catch {
    // A browser that refuses storage only forgets the preference.
  }
}
