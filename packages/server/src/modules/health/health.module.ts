import { Module } from '@nestjs/common';
import { AuditSealModule } from '../audit-seal/audit-seal.module.js';
import { HealthRoutes } from './health.routes.js';
import { SystemController } from './system.controller.js';
import { SystemService } from './system.service.js';

@Module({ imports: [AuditSealModule], controllers: [SystemController], providers: [HealthRoutes, SystemService] })
export class HealthModule {}
