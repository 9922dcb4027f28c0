import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { ImportsController } from './imports.controller.js';
import { ImportJobs } from './imports.jobs.js';
import { ImportsService } from './imports.service.js';

@Module({
  imports: [ObligationsModule],
  controllers: [ImportsController],
  providers: [ImportsService, ImportJobs],
  exports: [ImportsService],
})
export class ImportsModule {}
