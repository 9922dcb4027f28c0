import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves as soon as `check` says yes; throws when it has not done so within `seconds`. */
export async function until(check: () => Promise<boolean> | boolean, seconds = 20): Promise<void> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await sleep(25)) if (await check()) return;
  throw new Error(`not so within ${seconds} s`);
}
