/** The name of the organisation's sign-in, as the server says it with every “sign in first”; undefined while it has said nothing yet. */
import { useSyncExternalStore } from 'react';

let name: string | null | undefined;
const listeners = new Set<() => void>();

export function noteSignInWith(said: string | undefined): void {
  if (name === (said ?? null)) return;
  name = said ?? null;
  for (const listen of listeners) listen();
}

function subscribe(listen: () => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

export const useSignInWith = (): string | null | undefined => useSyncExternalStore(subscribe, () => name);
