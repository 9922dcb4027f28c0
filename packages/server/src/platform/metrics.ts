import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Numbers for Prometheus. Labels are templates, methods and names: never an id, never an address as it was typed. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'vastus_http_request_seconds',
    help: 'Time to answer, by route template',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  private readonly jobs = new Histogram({
    name: 'vastus_job_seconds',
    help: 'Time a job took, by outcome',
    labelNames: ['job', 'outcome'],
    buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120],
    registers: [this.registry],
  });
  private readonly notQueued = new Counter({
    name: 'vastus_jobs_not_queued_total',
    help: 'Jobs the queue did not take',
    labelNames: ['job'],
    registers: [this.registry],
  });

  private readonly tooMany = new Counter({
    name: 'vastus_too_many_total',
    help: 'Requests and attempts that were refused because there were too many, by what was counted',
    labelNames: ['what'],
    registers: [this.registry],
  });

  constructor(withProcess: boolean) {
    // Its observers belong to the process and are never taken away again.
    if (withProcess) collectDefaultMetrics({ register: this.registry, prefix: 'vastus_' });
  }

  answered(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds);
  }

  jobStarted(job: string): (outcome: string) => void {
    const stop = this.jobs.startTimer({ job });
    return (outcome) => stop({ outcome });
  }

  jobNotQueued(job: string): void {
    this.notQueued.inc({ job });
  }

  /** What went over its limit: `sign-in`, `second-factor`, `api-key`, `session`, … */
  refused(what: string): void {
    this.tooMany.inc({ what });
  }

  /** Numbers of one kind, each with its labels, asked for when somebody looks. What is not answered any more is not shown any more. */
  gauges<L extends string>(name: string, help: string, labelNames: readonly L[], read: () => Promise<[Record<L, string>, number][]>): void {
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      async collect() {
        this.reset();
        for (const [labels, value] of await read().catch(() => [])) this.set(labels, value);
      },
    });
  }

  /** A number that is asked for when somebody looks. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read());
      },
    });
  }
}
