import { useRef } from 'react';

/**
 * The version that was read before somebody began to type. Live changes bring the next one onto the page at once; a form that named that
 * one would overwrite what nobody here has seen, and the server could not tell them.
 */
export function useVersionRead(version: number, typing = true): number {
  const read = useRef(version);
  if (!typing) read.current = version;
  return read.current;
}
