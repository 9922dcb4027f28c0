import { Controller } from '@nestjs/common';
import { advanceTestClock, type Input, readTestClock, setTestClock, type TestClock } from '@vastus/contract';
import { Clock } from './clock.js';
import { LiveChanges } from './live/live.js';
import { Queues } from './queue/queues.js';
import { Handles, In } from './routing/handles.js';

const MINUTE_MS = 60_000;

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
    await this.clock.advance(((body.days * 24 + body.hours) * 60 + body.minutes) * MINUTE_MS);
    return this.moved();
  }

  private async moved(): Promise<TestClock> {
    await this.queues.enqueueScheduled();
    this.changes.everywhere('clock');
    return this.read();
  }
}
