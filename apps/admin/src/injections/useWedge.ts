/** A scanner types: wherever the cursor is, as long as it is in no field of text, what it types is caught and never presses a button. */
import { looksLikeGs1 } from '@vastus/clinical';
import { useEffect, useRef } from 'react';

/** A hand is slower between two keys than any scanner. */
const SCANNER_MS = 80;
const GS = '\u001d';

const isText = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['radio', 'checkbox', 'button'].includes(target.type)) ||
  (target instanceof HTMLElement && target.isContentEditable);

/** The separator reaches a browser as Ctrl+]. */
export const characterOf = (event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey'>): string | null => {
  if (event.key === GS || (event.ctrlKey && (event.key === ']' || event.code === 'BracketRight'))) return GS;
  return event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey ? event.key : null;
};

export function useWedge(onScan: (text: string) => void, enabled = true): void {
  const scan = useRef(onScan);
  scan.current = onScan;
  useEffect(() => {
    if (!enabled) return;
    let typed = '';
    let last = 0;
    const listen = (event: KeyboardEvent) => {
      if (isText(event.target)) return;
      if (event.timeStamp - last > SCANNER_MS) typed = '';
      last = event.timeStamp;
      const character = characterOf(event);
      const whole = event.key === 'Enter' && looksLikeGs1(typed);
      if (whole) {
        scan.current(typed);
        typed = '';
      } else if (character === null) return;
      // No symbol begins with a space: a hand that has just ticked a box with it belongs to no scan.
      else typed = (typed + character).trimStart();
      // One key may be a hand on a shortcut; a second one so soon is a scanner.
      if (whole || typed.length > 1) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    addEventListener('keydown', listen, { capture: true });
    return () => removeEventListener('keydown', listen, { capture: true });
  }, [enabled]);
}
