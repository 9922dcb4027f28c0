import { createEvent, fireEvent, renderHook } from '@testing-library/react';
import { useWedge } from './useWedge.js';

const VIAL = '01040123456789011730123110H77A';

/** Presses keys, each so many milliseconds after the one before, and says which of them the page kept from the button in focus. */
function press(keys: readonly string[], gap = 2): string[] {
  return keys.filter((key) => {
    const event = createEvent.keyDown(document.body, { key });
    clock += gap;
    Object.defineProperty(event, 'timeStamp', { value: clock });
    return !fireEvent(document.body, event);
  });
}
let clock = 1_000;
const seen: string[] = [];
beforeEach(() => {
  seen.length = 0;
  clock += 10_000;
  renderHook(() => useWedge((text) => seen.push(text)));
});

test('what a scanner types is one scan, and presses no button but with its first key', () => {
  expect(press([...VIAL, 'Enter'])).toEqual([...VIAL.slice(1), 'Enter']);
  expect(seen).toEqual([VIAL]);
});

test('a box ticked with the space bar the moment before is no part of the scan, and is ticked', () => {
  expect(press([' ', ...VIAL, 'Enter'])).toEqual([...VIAL.slice(1), 'Enter']);
  expect(seen).toEqual([VIAL]);
});

test('a hand types no scan: its keys and its Enter are left to the page', () => {
  expect(press([...VIAL, 'Enter'], 120)).toEqual([]);
  expect(press(['a', 'Enter'])).toEqual([]);
  expect(seen).toEqual([]);
});
