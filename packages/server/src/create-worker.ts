import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Register } from '@vastus/clinical';
import { Database } from '@vastus/db';
import { MODULES } from './modules/index.js';
import { assertRegisterComplete, tellUnknownRules } from './modules/rules/register-check.js';
import { Clock } from './platform/clock.js';
import type { Config } from './platform/config.js';
import { createLogger, NestLog, type RootLogger } from './platform/log.js';
import { Metrics } from './platform/metrics.js';
import { serveMetrics } from './platform/metrics-door.js';
import { PlatformModule } from './platform/platform.module.js';
import { Presence } from './platform/presence.js';
import { queueBackend } from './platform/queue/backend.js';
import { JobHandlers } from './platform/queue/job-handlers.js';
import { JobWorkers } from './platform/queue/job-workers.js';
import { BullQueues } from './platform/queue/queues.js';
import { refuseDemoInProduction } from './platform/start-checks.js';
import { startTracing } from './platform/tracing/tracing.js';

export interface WorkerProcess {
  /** Where it answers `/metrics`; undefined where it was told no port. */
  readonly metricsPort?: number;
  close(): Promise<void>;
}

export interface WorkerOptions {
  logger?: RootLogger;
  modules?: readonly (new () => object)[];
  /** Another register of rules than the one compiled in, in tests of the start. */
  register?: Register;
}

@Module({})
class WorkerModule {}

/** The worker, running. Throws where a job has no handler or a handler no job, and a StartError where the rules are not complete. */
export async function createWorker(
  config: Config,
  { logger = createLogger(config, 'worker'), modules = MODULES, register }: WorkerOptions = {},
): Promise<WorkerProcess> {
  assertRegisterComplete(register);
  const endTracing = await startTracing(config, 'vastus-worker', logger);
  const metrics = new Metrics(config.environment !== 'test');
  const backend = queueBackend(config.queueUrl, logger);
  const queues = new BullQueues(backend, logger, metrics);
  const root = { module: WorkerModule, imports: [PlatformModule.with({ config, logger, metrics, queues }), ...modules] };
  const app = await NestFactory.createApplicationContext(root, { logger: new NestLog(logger), abortOnError: false });
  const workers = new JobWorkers(backend, queues, app.get(JobHandlers), logger, app.get(Clock));
  const door = config.metricsPort === undefined ? undefined : serveMetrics(metrics, config.host, config.metricsPort);
  const close = async () => {
    await workers.stop();
    await door?.close();
    await app.close();
    await endTracing();
  };
  try {
    const faults = app.get(JobHandlers).faults();
    if (faults.length > 0) throw new Error(`The jobs are not complete:\n  ${faults.join('\n  ')}`);
    await refuseDemoInProduction(app.get(Database), config, logger);
    await workers.start();
    await door?.listening;
    app.get(Presence).announce('worker');
    logger.info({}, 'the worker is running');
    // Reads whole tables: nothing that is due waits for it.
    await tellUnknownRules(app.get(Database), logger, register);
    return { close, metricsPort: door?.port() };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}
