import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { AdverseEventsController } from './adverse-events.controller.js';
import { AdverseEventsService } from './adverse-events.service.js';
import { EventReportsController } from './event-reports.controller.js';
import { EventReportsService } from './event-reports.service.js';

@Module({
  imports: [ObligationsModule],
  controllers: [AdverseEventsController, EventReportsController],
  providers: [AdverseEventsService, EventReportsService],
  exports: [AdverseEventsService],
})
export class AdverseEventsModule {}
