import { useEffect, useState } from 'react';

/** A value that follows another once it has been still for `delayMs`: search as you type, without a request a key. */
export function useDelayed<T>(value: T, delayMs: number): T {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return still;
}
