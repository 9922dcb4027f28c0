import fc from 'fast-check';
import { eventRate, poissonMidP } from './event-rates.js';

test.each([
  // Computed apart from this code, from the definition; the first three agree with the published tables.
  [0, 0, 2.9957],
  [1, 0.05, 4.9319],
  [5, 1.832, 11.0824],
  [10, 5.0795, 17.8249],
  [50, 37.5098, 65.3865],
  [200, 173.6896, 229.2053],
  [1000, 939.4499, 1063.4445],
])('%i events could come from an expectation of %d to %d', (events, low, high) => {
  const [from, to] = poissonMidP(events);
  expect(from).toBeCloseTo(low, 3);
  expect(to).toBeCloseTo(high, 3);
});

test('three events in 1,500 injections are 2 in a thousand, and could be half or more than double that', () => {
  const rate = eventRate(3, 1500);
  expect(rate).toMatchObject({ events: 3, injections: 1500, perThousand: 2 });
  expect(rate.low).toBeCloseTo(0.509, 3);
  expect(rate.high).toBeCloseTo(5.443, 3);
});

test('none in 400 injections is not “never”: up to 7.5 in a thousand', () => {
  const { perThousand, low, high } = eventRate(0, 400);
  expect([perThousand, low]).toEqual([0, 0]);
  expect(high).toBeCloseTo(7.489, 3);
});

test('where nothing was injected there is no rate', () => {
  expect(eventRate(0, 0)).toEqual({ events: 0, injections: 0, perThousand: null, low: null, high: null });
});

test('the interval holds the rate, and narrows relative to it as events grow', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (events) => {
      const [low, high] = poissonMidP(events);
      const [lowOfMore, highOfMore] = poissonMidP(events + 1);
      expect(low).toBeLessThan(events);
      expect(high).toBeGreaterThan(events);
      expect(lowOfMore).toBeGreaterThan(low);
      expect((highOfMore - lowOfMore) / (events + 1)).toBeLessThan((high - low) / events);
    }),
  );
});

test.each([-1, 0.5, Number.NaN])('%d is no count', (count) => {
  expect(() => poissonMidP(count)).toThrow(RangeError);
  expect(() => eventRate(0, count)).toThrow(RangeError);
});
