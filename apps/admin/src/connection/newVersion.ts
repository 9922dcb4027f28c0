/**
 * The service worker that lets the dashboard be installed and opened without a network. It keeps the program's own files and nothing
 * that came from the API. A new version waits until somebody asks for it: no form is ever pulled from under anybody's hands.
 */
import { useSyncExternalStore } from 'react';

let waiting: ServiceWorker | null = null;
let asked = false;
/** Another tab has taken the new version; this one still shows the old, and is told. */
let overtaken = false;
const listeners = new Set<() => void>();

/** Installs it once the page has time. Where there is none (development, no secure origin) the dashboard works all the same. */
export function installServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (asked) return window.location.reload();
    overtaken = controlled;
    controlled = true;
    tell();
  });
  window.addEventListener('load', () => {
    navigator.serviceWorker
      .register('/sw.js')
      .then((registration) => {
        const look = () => {
          // Without a worker before it, a new one is no new version.
          waiting = navigator.serviceWorker.controller ? registration.waiting : null;
          tell();
        };
        look();
        registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
        // A tab on the ward stays open for days.
        setInterval(() => void registration.update().catch(() => undefined), 30 * 60_000);
      })
      .catch(() => undefined);
  });
}

/** Whether a new version is there. */
export function useNewVersion(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting !== null || overtaken,
  );
}

/** Starts the new version; the page is loaded again when it has taken over, at once where it already has. */
export function startNewVersion(): void {
  asked = true;
  if (waiting) waiting.postMessage('start');
  else window.location.reload();
}

function tell(): void {
  for (const listener of listeners) listener();
}
