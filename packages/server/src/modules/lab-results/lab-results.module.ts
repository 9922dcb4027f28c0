import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { LabResultsController } from './lab-results.controller.js';
import { LabResultsService } from './lab-results.service.js';

@Module({ imports: [ObligationsModule], controllers: [LabResultsController], providers: [LabResultsService], exports: [LabResultsService] })
export class LabResultsModule {}
