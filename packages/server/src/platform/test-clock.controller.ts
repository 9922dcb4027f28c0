import { Controller } from '@nestjs/common';
import { advanceTestClock, type Input, readTestClock, setTestClock, type TestClock } from '@vastus/contract';
import { Clock } from './clock.js';
import { LiveChanges } from './live/live.js';
import { invalid } from './problems/problem.js';
import { Queues } from './queue/queues.js';
import { Handles, In } from './routing/handles.js';

const MINUTE_MS = 60_000;
// The last point in time that the contract takes; some thousand years later no date can be written any more.
const LATEST = '2200-12-31T23:59:59.999Z';

/** Present only where VASTUS_TEST_CLOCK is on. Time that passed all at once wakes what waits for time. */
@Controller()
export class TestClockController {
  constructor(
    private readonly clock: Clock,
    private readonly queues: Queues,
    private readonly changes: LiveChanges,
  ) {}

  @Handles(readTestClock)
  read(): TestClock {
    return { now: this.clock.now(), offsetMs: this.clock.offset };
  }

  @Handles(setTestClock)
  async set(@In() { body }: Input<typeof setTestClock>): Promise<TestClock> {
    await this.clock.set(body.now);
    return this.moved();
  }

  @Handles(advanceTestClock)
  async advance(@In() { body }: Input<typeof advanceTestClock>): Promise<TestClock> {
    const ms = ((body.days * 24 + body.hours) * 60 + body.minutes) * MINUTE_MS;
    if (Date.parse(this.clock.now()) + ms > Date.parse(LATEST)) throw invalid('/days', 'too-far-ahead', 'leads beyond the year 2200');
    await this.clock.advance(ms);
    return this.moved();
  }

  private async moved(): Promise<TestClock> {
    await this.queues.enqueueScheduled();
    this.changes.everywhere('clock');
    return this.read();
  }
}
