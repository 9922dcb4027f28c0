import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Register } from '@vastus/clinical';
import { Database } from '@vastus/db';
import { MODULES } from './modules/index.js';
import { assertRegisterComplete } from './modules/rules/register-check.js';
import { SessionModule, SingleSignOnModule } from './modules/session/session.module.js';
import type { Config } from './platform/config.js';
import type { Limits } from './platform/http/limits.js';
import { createAdapter } from './platform/http/server.js';
import { serveDashboard } from './platform/http/static-files.js';
import { createLogger, NestLog, type RootLogger } from './platform/log.js';
import { Metrics } from './platform/metrics.js';
import { PlatformModule } from './platform/platform.module.js';
import { Presence } from './platform/presence.js';
import type { Queues } from './platform/queue/queues.js';
import { assertRoutesComplete } from './platform/routing/completeness.js';
import { refuseDemoInProduction } from './platform/start-checks.js';
import { startTracing } from './platform/tracing/tracing.js';

export interface ApiOptions {
  logger?: RootLogger;
  queues?: Queues;
  /** Only these and the session instead of all, in tests of one part. */
  modules?: readonly (new () => object)[];
  /** Another register of rules than the one compiled in, in tests of the start. */
  register?: Register;
  /** Other limits than the usual, in tests that wait for them. */
  limits?: Partial<Limits>;
}

@Module({})
class ApiModule {}

/**
 * The API, ready to listen or to be asked with `inject`. Throws where a route lacks a handler or a handler its route, and a StartError where a
 * rule speaks nowhere or something speaks of a rule that is not registered.
 */
export async function createApi(
  config: Config,
  { logger = createLogger(config, 'api'), queues, modules = MODULES, register, limits }: ApiOptions = {},
): Promise<NestFastifyApplication> {
  assertRegisterComplete(register);
  const endTracing = await startTracing(config, 'vastus-api', logger);
  const metrics = new Metrics(config.environment !== 'test');
  const root = {
    module: ApiModule,
    imports: [
      PlatformModule.with({ config, logger, metrics, queues }),
      ...new Set([SessionModule, ...(config.singleSignOn ? [SingleSignOnModule] : []), ...modules]),
    ],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, createAdapter(config, logger, metrics, limits), {
    bodyParser: false,
    logger: new NestLog(logger),
    abortOnError: false,
  });
  try {
    const fastify = app.getHttpAdapter().getInstance();
    fastify.addHook('onClose', endTracing);
    if (config.staticDir) await serveDashboard(fastify as never, config.staticDir);
    await app.init();
    await refuseDemoInProduction(app.get(Database), config, logger);
    // A test of one module runs without the others; boot.test.ts asks for all of them.
    assertRoutesComplete(app, config, { partial: config.environment === 'test' });
    await fastify.ready();
    app.get(Presence).announce('api');
    return app;
  } catch (error) {
    await app.close().catch(() => {});
    throw error;
  }
}
