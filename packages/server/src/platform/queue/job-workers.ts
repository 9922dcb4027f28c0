import { JOBS, type JobName, QUEUES } from '@vastus/jobs';
import { Worker } from 'bullmq';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { loggable } from '../problems/causes.js';
import type { QueueBackend } from './backend.js';
import type { JobHandlers } from './job-handlers.js';
import { type BullQueues, withPatience } from './queues.js';

const CONCURRENCY = 2;
const LOOK_EVERY_MS = 15_000;
/** Within the farewell of the process (stopping.ts). What did not end is done again: its row is still there. */
const LONGEST_END_MS = 9_000;

/** Takes jobs off every queue and runs them. Schedulers are put in place first and looked after, so that a lost queue is soon whole again. */
export class JobWorkers {
  private looking: NodeJS.Timeout | undefined;
  private workers: Pick<Worker, 'close' | 'waitUntilReady'>[] = [];

  constructor(
    private readonly backend: QueueBackend,
    private readonly queues: BullQueues,
    private readonly handlers: JobHandlers,
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {}

  async start(): Promise<void> {
    await this.queues.schedule();
    this.workers = QUEUES.map((queue) => {
      const worker = new Worker(
        queue,
        (job) =>
          this.handlers.run(job.name as JobName, job.data, {
            attempt: job.attemptsMade + 1,
            of: JOBS[job.name as JobName]?.attempts ?? 1,
            traceparent: job.opts.telemetry?.metadata,
          }),
        { connection: this.backend.connection('work'), concurrency: CONCURRENCY },
        this.backend.factory,
      );
      worker.on('error', (error) => this.logger.warn({ queue, err: loggable(error) }, 'the queue is in trouble'));
      return worker;
    });
    await Promise.all(this.workers.map((worker) => worker.waitUntilReady()));
    // What fell due while no worker ran is caught up now, not at the scheduler's next beat.
    await this.queues.enqueueScheduled();
    this.lookLater();
  }

  /** Lets running jobs end, for a while: neither one that never does nor a connection that broke a moment ago keeps the worker. */
  async stop(): Promise<void> {
    clearTimeout(this.looking);
    this.looking = undefined;
    const ended = Promise.allSettled(this.workers.map((worker) => worker.close()));
    await withPatience(ended, LONGEST_END_MS).catch(() =>
      this.logger.warn({}, 'a job did not end before the worker; it will be done again'),
    );
  }

  private lookLater(): void {
    this.looking = setTimeout(() => {
      const again = this.looking;
      this.look().finally(() => {
        if (this.looking === again) this.lookLater();
      });
    }, LOOK_EVERY_MS);
  }

  private async look(): Promise<void> {
    try {
      const lost = await this.queues.mendSchedule(this.clock.machineMs());
      if (lost.length > 0) this.logger.warn({ jobs: lost }, 'the queue had lost what it was to wake; it is back in place');
    } catch (error) {
      this.logger.warn({ err: loggable(error) }, 'the queue is in trouble');
    }
  }
}
