import { z } from 'zod';
import { route } from '../route.js';
import { Instant, InstantOut } from '../values.js';

/** Where the clock stands, and how far that is from the real time. */
export const TestClock = z.object({ now: InstantOut, offsetMs: z.int() }).meta({ id: 'TestClock' });
export type TestClock = z.output<typeof TestClock>;

const access = { public: 'only with VASTUS_TEST_CLOCK, refused in production' };
const tag = 'Test clock';
const step = z.int().min(0).max(100_000).default(0);

export const readTestClock = route({
  method: 'GET',
  path: '/test-clock',
  tag,
  summary: 'Where the clock stands',
  access,
  response: TestClock,
  onlyWith: 'test-clock',
});
export const setTestClock = route({
  method: 'PUT',
  path: '/test-clock',
  tag,
  summary: 'Put the clock to a point in time',
  access,
  body: z.strictObject({ now: Instant }).meta({ id: 'SetTestClock' }),
  response: TestClock,
  onlyWith: 'test-clock',
  unversioned: 'repeats',
});
export const advanceTestClock = route({
  method: 'POST',
  path: '/test-clock/advance',
  tag,
  summary: 'Let time pass',
  access,
  body: z.strictObject({ days: step, hours: step, minutes: step }).meta({ id: 'AdvanceTestClock' }),
  response: TestClock,
  onlyWith: 'test-clock',
});
