import { Module } from '@nestjs/common';
import { HealthRoutes } from './health.routes.js';

@Module({ providers: [HealthRoutes] })
export class HealthModule {}
