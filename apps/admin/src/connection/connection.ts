/**
 * Whether the server can be reached, and the writes that wait for it. They wait in this page's memory, with the key that makes the
 * server write them once however often they are sent; nothing of them is ever stored in the browser.
 */
import { useSyncExternalStore } from 'react';

interface Connection {
  reachable: boolean;
  /** Writes that wait. */
  waiting: number;
  /** Writes that arrived after waiting, and those that were refused then, since the page was opened. */
  delivered: number;
  refused: number;
}

const FIRST_PROBE_MS = 2_000;
const SLOWEST_PROBE_MS = 15_000;

let now: Connection = { reachable: true, waiting: 0, delivered: 0, refused: 0 };
let probeAfterMs = FIRST_PROBE_MS;
let timer: ReturnType<typeof setTimeout> | undefined;
const held = new Set<{ again: () => void; giveUp: () => void }>();
const listeners = new Set<() => void>();

function change(part: Partial<Connection>): void {
  now = { ...now, ...part };
  for (const listener of listeners) listener();
}

/** A request got no answer, or one that only says that nobody is there; `afterMs` is how long the server wants to be left alone. */
export function connectionLost(afterMs = 0): void {
  if (now.reachable) {
    probeAfterMs = FIRST_PROBE_MS;
    change({ reachable: false });
  }
  if (timer === undefined) schedule(Math.max(afterMs, probeAfterMs));
}

/** The server answered. */
export function connectionFound(): void {
  clearTimeout(timer);
  timer = undefined;
  if (!now.reachable) change({ reachable: true });
  for (const { again } of [...held]) again();
}

function schedule(ms: number): void {
  timer = setTimeout(() => void probe(), ms);
}

/** Asks the server whether it is there, at once. */
export async function probe(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  try {
    const { status } = await fetch('/api/session', { cache: 'no-store', headers: { accept: 'application/json', 'vastus-idle': '?1' } });
    if (status < 500) return connectionFound();
  } catch {
    // Asked again below.
  }
  probeAfterMs = Math.min(probeAfterMs * 1.6, SLOWEST_PROBE_MS);
  schedule(probeAfterMs);
}

/** Waits until the server is there again; false when the person no longer wants to wait. */
export function untilReachable(): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (answer: boolean) => {
      held.delete(entry);
      change({ waiting: held.size });
      resolve(answer);
    };
    const entry = { again: () => end(true), giveUp: () => end(false) };
    held.add(entry);
    change({ waiting: held.size });
  });
}

export function giveUpWaiting(): void {
  for (const { giveUp } of [...held]) giveUp();
}

/** What became of a write that had to wait. */
export function settledAfterWaiting(arrived: boolean): void {
  change(arrived ? { delivered: now.delivered + 1 } : { refused: now.refused + 1 });
}

export const isWaiting = () => held.size > 0;

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => now,
  );
}

/** Listens to what the device knows about its network. */
export function watchNetwork(): () => void {
  const lost = () => connectionLost();
  const found = () => void probe();
  window.addEventListener('offline', lost);
  window.addEventListener('online', found);
  return () => {
    window.removeEventListener('offline', lost);
    window.removeEventListener('online', found);
  };
}
