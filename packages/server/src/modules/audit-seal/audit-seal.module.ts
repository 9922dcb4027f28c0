import { Module } from '@nestjs/common';
import { AuditSealController } from './audit-seal.controller.js';
import { AuditSealJobs } from './audit-seal.jobs.js';
import { AuditSealService } from './audit-seal.service.js';

@Module({ controllers: [AuditSealController], providers: [AuditSealService, AuditSealJobs], exports: [AuditSealService] })
export class AuditSealModule {}
