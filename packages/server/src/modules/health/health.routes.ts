import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Database } from '@vastus/db';
import type { FastifyInstance } from 'fastify';
import { Clock } from '../../platform/clock.js';
import { LiveChanges } from '../../platform/live/live.js';
import { Metrics } from '../../platform/metrics.js';
import { Queues } from '../../platform/queue/queues.js';

@Injectable()
export class HealthRoutes implements OnModuleInit {
  constructor(
    private readonly http: HttpAdapterHost,
    private readonly database: Database,
    private readonly queues: Queues,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly changes: LiveChanges,
  ) {}

  onModuleInit(): void {
    // The worker has no HTTP.
    const fastify = this.http.httpAdapter?.getInstance() as FastifyInstance | undefined;
    if (!fastify) return;
    fastify.get('/healthz', async () => ({ status: 'ok' }));
  }
}
