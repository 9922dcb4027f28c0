// The queue is a clock and a pair of hands; what is due are rows. So a queue that is away costs time, never work, and nothing here
// may bring the process down.
import { JOBS, type Job, type JobName, type JobPayload, QUEUES, type QueueName } from '@vastus/jobs';
import { type JobsOptions, Queue } from 'bullmq';
import type { Logger } from '../log.js';
import type { Metrics } from '../metrics.js';
import { loggable } from '../problems/causes.js';
import { traceEnqueue } from '../tracing/jobs.js';
import type { QueueBackend } from './backend.js';

const openQueue = (name: QueueName, backend: QueueBackend) => new Queue(name, { connection: backend.connection('ask') }, backend.factory);
type AnyQueue = ReturnType<typeof openQueue>;

// Somebody waits for the answer; the job can wait for its row to be found.
const PATIENCE_MS = 2_000;
const DAY_S = 86_400;
// A long run of a job holds back its own next one; that is no loss.
const MISSED_BEATS = 5;

const SCHEDULED = (Object.keys(JOBS) as JobName[]).filter((name) => (JOBS[name] as Job).schedule !== undefined);

/** `delayed` are those that wait for their time, the schedulers' next runs among them. */
export interface QueueDepth {
  name: QueueName;
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
}

/** Where jobs are handed over. */
export abstract class Queues {
  /** Answers false when the queue did not take it: the row that asks for the work is still there, and whoever sweeps finds it. */
  abstract enqueue<N extends JobName>(name: N, payload: JobPayload<N>): Promise<boolean>;
  abstract isReachable(): Promise<boolean>;
  /** What waits in each queue; null while they do not answer. */
  abstract depth(): Promise<QueueDepth[] | null>;
  abstract close(): Promise<void>;

  /** Everything that otherwise waits for its time, now. */
  async enqueueScheduled(): Promise<void> {
    for (const name of SCHEDULED) await this.enqueue(name, {} as never);
  }
}

export const optionsOf = (name: JobName): JobsOptions => ({
  attempts: JOBS[name].attempts,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: { age: DAY_S / 24, count: 500 },
  removeOnFail: { age: 7 * DAY_S, count: 2_000 },
});

export class BullQueues extends Queues {
  private readonly open = new Map<QueueName, AnyQueue>();

  constructor(
    private readonly backend: QueueBackend,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {
    super();
  }

  async enqueue<N extends JobName>(name: N, payload: JobPayload<N>): Promise<boolean> {
    const parsed = JOBS[name].payload.parse(payload);
    const { queue } = JOBS[name];
    try {
      await traceEnqueue(name, (metadata) => {
        const options = metadata === undefined ? optionsOf(name) : { ...optionsOf(name), telemetry: { metadata } };
        return withPatience(this.queue(queue).add(name, parsed, options));
      });
      return true;
    } catch (error) {
      this.metrics.jobNotQueued(name);
      this.logger.error({ job: name, ...parsed, err: loggable(error) }, 'the queue did not take a job');
      // A queue that failed to connect stays broken; the next one starts afresh.
      this.drop(queue);
      return false;
    }
  }

  async schedule(names: readonly JobName[] = SCHEDULED): Promise<void> {
    for (const name of names) {
      const { queue, schedule } = JOBS[name] as Job;
      if (schedule)
        await this.queue(queue).upsertJobScheduler(name, { every: schedule.everyMs }, { name, data: {}, opts: optionsOf(name) });
    }
  }

  /**
   * Looks whether everything that the clock wakes is still going to be woken, puts back what is not, and does it at once. A queue can lose
   * what it knew while everybody stays connected (a Redis that came back empty). Answers what was put back.
   */
  async mendSchedule(nowMs: number): Promise<JobName[]> {
    const lost: JobName[] = [];
    for (const queue of new Set(SCHEDULED.map((name) => JOBS[name].queue))) {
      const known = new Map((await withPatience(this.queue(queue).getJobSchedulers())).map(({ key, next }) => [key, next ?? 0]));
      for (const name of SCHEDULED.filter((one) => JOBS[one].queue === queue)) {
        const { schedule } = JOBS[name] as Job;
        const next = known.get(name);
        if (schedule && (next === undefined || next < nowMs - MISSED_BEATS * schedule.everyMs)) lost.push(name);
      }
    }
    await this.schedule(lost);
    for (const name of lost) await this.enqueue(name, {} as never);
    return lost;
  }

  async isReachable(): Promise<boolean> {
    try {
      await withPatience(this.queue(QUEUES[0]).getJobCounts('waiting'));
      return true;
    } catch {
      this.drop(QUEUES[0]);
      return false;
    }
  }

  async depth(): Promise<QueueDepth[] | null> {
    try {
      return await withPatience(
        Promise.all(
          QUEUES.map(async (name) => {
            const {
              waiting = 0,
              active = 0,
              delayed = 0,
              failed = 0,
            } = await this.queue(name).getJobCounts('waiting', 'active', 'delayed', 'failed');
            return { name, waiting, active, delayed, failed };
          }),
        ),
      );
    } catch {
      for (const name of QUEUES) this.drop(name);
      return null;
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.open.values()].map((queue) => withPatience(queue.close())));
    this.open.clear();
    // One whose connection broke a moment ago may never be let go.
    await withPatience(this.backend.close()).catch(() => {});
  }

  private queue(name: QueueName): AnyQueue {
    let queue = this.open.get(name);
    if (!queue) {
      queue = openQueue(name, this.backend);
      queue.on('error', (error) => this.logger.warn({ queue: name, err: loggable(error) }, 'the queue is in trouble'));
      queue.waitUntilReady().catch(() => {});
      this.open.set(name, queue);
    }
    return queue;
  }

  private drop(name: QueueName): void {
    const queue = this.open.get(name);
    this.open.delete(name);
    queue?.close().catch(() => {});
  }
}

/** Waits for `work` so long and no longer; throws when it did not come. */
export async function withPatience<T>(work: Promise<T>, longestMs = PATIENCE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the queue did not answer in time')), longestMs);
  });
  // The loser must not become an unhandled rejection.
  work.catch(() => {});
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
