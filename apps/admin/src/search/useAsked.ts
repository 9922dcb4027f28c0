import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router-dom';
import type { Doing } from './deeds.js';

/** Runs when somebody came to this page to do that: chosen in the search, not written into the address. */
export function useAsked(doing: Doing, begin: () => void): void {
  const { key, state } = useLocation();
  const latest = useRef(begin);
  latest.current = begin;
  const asked = (state as { doing?: Doing } | null)?.doing === doing;
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen again is a new entry of the history
  useEffect(() => {
    if (asked) latest.current();
  }, [asked, key]);
}
