import { JOBS, type JobName, QUEUES } from '@vastus/jobs';
import { Worker } from 'bullmq';
import type { Logger } from '../log.js';
import { loggable } from '../problems/causes.js';
import type { QueueBackend } from './backend.js';
import type { JobHandlers } from './job-handlers.js';
import type { BullQueues } from './queues.js';

const CONCURRENCY = 2;

/** Takes jobs off every queue and runs them. Schedulers are put in place first, so that a lost queue is whole again after a start. */
export class JobWorkers {
  private workers: Pick<Worker, 'close' | 'waitUntilReady'>[] = [];

  constructor(
    private readonly backend: QueueBackend,
    private readonly queues: BullQueues,
    private readonly handlers: JobHandlers,
    private readonly logger: Logger,
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
  }

  /** Lets running jobs end. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.workers.map((worker) => worker.close()));
  }
}
