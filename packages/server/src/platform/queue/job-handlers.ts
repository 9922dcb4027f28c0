import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { JOBS, type JobName, type JobOutcome, type JobPayload } from '@vastus/jobs';
import { UnrecoverableError } from 'bullmq';
import { Clock } from '../clock.js';
import { Logger } from '../log.js';
import { Metrics } from '../metrics.js';
import { loggable } from '../problems/causes.js';
import { traceJob } from '../tracing/jobs.js';
import { JobRuns } from './job-runs.js';
import { type JobContext, RUNS_JOB } from './runs-job.js';

type AnyHandler = (payload: unknown, context: JobContext) => Promise<JobOutcome>;

/** Finds the method of each job among the providers of all modules, and runs it. */
@Injectable()
export class JobHandlers implements OnApplicationBootstrap {
  private readonly handlers = new Map<JobName, { where: string; run: AnyHandler }[]>();

  constructor(
    private readonly modules: ModulesContainer,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly runs: JobRuns,
  ) {}

  onApplicationBootstrap(): void {
    const seen = new Set<object>();
    for (const { providers } of this.modules.values()) {
      for (const { instance } of providers.values()) {
        if (typeof instance !== 'object' || instance === null || seen.has(instance)) continue;
        seen.add(instance);
        this.collect(instance);
      }
    }
  }

  /** What keeps a worker from starting: a job nobody does, a job two want to do, a handler of no job. */
  faults(): string[] {
    const names = Object.keys(JOBS) as JobName[];
    const unknown = [...this.handlers]
      .filter(([name]) => !(name in JOBS))
      .map(([name, [first]]) => `${first?.where} runs "${name}", which is not in the registry`);
    const wrong = names.flatMap((name) => {
      const found = this.handlers.get(name) ?? [];
      if (found.length === 1) return [];
      return [
        found.length === 0
          ? `job "${name}" has no handler`
          : `job "${name}" has ${found.length} handlers: ${found.map(({ where }) => where).join(', ')}`,
      ];
    });
    return [...unknown, ...wrong];
  }

  /** Runs a job here and now. A failure is logged with ids only and thrown on without its message, which the queue would keep. */
  async run<N extends JobName>(
    name: N,
    payload: JobPayload<N>,
    tries: { attempt: number; of: number; traceparent?: string | undefined } = { attempt: 1, of: 1 },
  ): Promise<JobOutcome> {
    const handler = this.handlers.get(name)?.[0];
    const parsed = JOBS[name]?.payload.safeParse(payload);
    if (!handler || !parsed?.success)
      throw new UnrecoverableError(`${name}: ${handler ? 'the payload does not fit' : 'there is no such job'}`);
    return traceJob(name, tries.attempt, tries.traceparent, () => this.carryOut(name, parsed.data, handler.run, tries));
  }

  private async carryOut(
    name: JobName,
    payload: Record<string, string>,
    run: AnyHandler,
    tries: { attempt: number; of: number },
  ): Promise<JobOutcome> {
    const done = this.metrics.jobStarted(name);
    const ended = this.runs.started(name);
    try {
      await this.clock.refresh();
      const context = { now: this.clock.now(), attempt: tries.attempt, lastAttempt: tries.attempt >= tries.of };
      const outcome = await run(payload, context);
      done(outcome.outcome);
      await ended(outcome.outcome);
      this.logger.debug({ job: name, ...payload, ...outcome }, 'job');
      return outcome;
    } catch (error) {
      done('failed');
      await ended('failed');
      this.logger.error({ job: name, ...payload, attempt: tries.attempt, err: loggable(error) }, 'a job failed');
      throw new JobFailedError(name, error);
    }
  }

  private collect(instance: object): void {
    for (let type = Object.getPrototypeOf(instance); type && type !== Object.prototype; type = Object.getPrototypeOf(type)) {
      for (const key of Object.getOwnPropertyNames(type)) {
        const method: unknown = Object.getOwnPropertyDescriptor(type, key)?.value;
        const name = typeof method === 'function' ? (Reflect.getMetadata(RUNS_JOB, method) as JobName | undefined) : undefined;
        if (name === undefined || typeof method !== 'function') continue;
        const entry = { where: `${instance.constructor.name}.${key}`, run: method.bind(instance) as AnyHandler };
        this.handlers.set(name, [...(this.handlers.get(name) ?? []), entry]);
      }
    }
  }
}

/** What the queue keeps of a failure: the job and the kind of error. */
export class JobFailedError extends Error {
  constructor(
    job: JobName,
    override readonly cause: unknown,
  ) {
    super(`${job}: ${cause instanceof Error ? cause.name : 'failed'}`);
    this.name = 'JobFailedError';
  }
}
