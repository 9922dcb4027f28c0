import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { Database, Listener } from '@vastus/db';
import { Clock } from './clock.js';
import { Commands } from './commands.js';
import { Config } from './config.js';
import { LiveController } from './live/live.controller.js';
import { LiveChanges } from './live/live.js';
import { Logger, type RootLogger } from './log.js';
import { Metrics } from './metrics.js';
import { Presence } from './presence.js';
import { loggable } from './problems/causes.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { queueBackend } from './queue/backend.js';
import { JobHandlers } from './queue/job-handlers.js';
import { JobRuns } from './queue/job-runs.js';
import { BullQueues, Queues } from './queue/queues.js';
import { AccessGuard } from './routing/access.guard.js';
import { AnswerInterceptor } from './routing/answer.interceptor.js';
import { ApiKeys } from './sign-in/api-keys.js';
import { Attempts } from './sign-in/attempts.js';
import { Proofs } from './sign-in/proofs.js';
import { RequestRate } from './sign-in/request-rate.js';
import { SecondFactors } from './sign-in/second-factor.js';
import { Sessions } from './sign-in/sessions.js';
import { SignIn } from './sign-in/sign-in.js';
import { TestClockController } from './test-clock.controller.js';

export interface PlatformOptions {
  config: Config;
  logger: RootLogger;
  metrics: Metrics;
  /** Instead of BullMQ, in tests. */
  queues?: Queues;
}

/** What every module may have injected: Database, Clock, Commands, Queues, Config, Logger, Sessions, Metrics. */
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly listener: Listener,
    @Inject(Queues) private readonly queues: Queues,
  ) {}

  static with({ config, logger, metrics, queues }: PlatformOptions): DynamicModule {
    const onError = (error: Error) => logger.warn({ err: loggable(error) }, 'a connection to the database broke');
    const changes = new LiveChanges();
    const database = new Database({ url: config.databaseUrl, max: config.databasePoolSize, onConnectionError: onError });
    const listener = new Listener({ url: config.databaseUrl, onError, onGap: () => changes.missed() });
    changes.hearFrom(listener);
    const provided = [
      { provide: Config, useValue: config },
      { provide: Logger, useValue: logger },
      { provide: Metrics, useValue: metrics },
      { provide: Database, useValue: database },
      { provide: Listener, useValue: listener },
      { provide: LiveChanges, useValue: changes },
      { provide: Queues, useFactory: () => queues ?? new BullQueues(queueBackend(config.queueUrl, logger), logger, metrics) },
    ];
    return {
      module: PlatformModule,
      global: true,
      controllers: [LiveController, ...(config.testClock ? [TestClockController] : [])],
      providers: [
        ...provided,
        Clock,
        Commands,
        ApiKeys,
        Attempts,
        Proofs,
        RequestRate,
        SecondFactors,
        Sessions,
        SignIn,
        JobHandlers,
        JobRuns,
        Presence,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
      ],
      exports: [
        Config,
        Logger,
        Metrics,
        Database,
        Listener,
        LiveChanges,
        Queues,
        Clock,
        Commands,
        Attempts,
        Proofs,
        SecondFactors,
        Sessions,
        SignIn,
        JobHandlers,
        Presence,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queues.close();
    await this.listener.close();
    await this.database.close();
  }
}
