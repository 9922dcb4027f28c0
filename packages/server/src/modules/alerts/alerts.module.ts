import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { AlertsController } from './alerts.controller.js';
import { AlertJobs } from './alerts.jobs.js';
import { AlertsService } from './alerts.service.js';

@Module({ imports: [ObligationsModule], controllers: [AlertsController], providers: [AlertsService, AlertJobs], exports: [AlertsService] })
export class AlertsModule {}
