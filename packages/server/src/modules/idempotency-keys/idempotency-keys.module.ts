import { Module } from '@nestjs/common';
import { IdempotencyKeyJobs } from './idempotency-keys.jobs.js';

@Module({ providers: [IdempotencyKeyJobs] })
export class IdempotencyKeysModule {}
