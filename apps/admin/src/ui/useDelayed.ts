import { useEffect, useState } from 'react';

/**
 * A value that follows another once it has been still for `delayMs`: search as you type, without a request a key.
 * `before` is what it says until then; the value itself unless given.
 */
export function useDelayed<T>(value: T, delayMs: number, before = value): T {
  const [still, setStill] = useState(before);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return still;
}
