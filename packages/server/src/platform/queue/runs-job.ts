import type { Instant } from '@vastus/clinical';
import type { JobName, JobOutcome, JobPayload } from '@vastus/jobs';

export const RUNS_JOB = 'vastus:runs-job';

export interface JobContext {
  /** The clock when the job began. */
  now: Instant;
  /** 1 for the first try. */
  attempt: number;
  lastAttempt: boolean;
}

export type JobHandler<N extends JobName> = (payload: JobPayload<N>, context: JobContext) => Promise<JobOutcome>;

/** Declares the one method that does a job: `@RunsJob('raise-due-alerts') async raise(payload, { now }) { … }`. */
export function RunsJob<N extends JobName>(name: N) {
  return <H extends JobHandler<N>>(_target: object, _key: string | symbol, descriptor: TypedPropertyDescriptor<H>): void => {
    if (descriptor.value) Reflect.defineMetadata(RUNS_JOB, name, descriptor.value);
  };
}
