import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { AdverseEventsController } from './adverse-events.controller.js';
import { AdverseEventsService } from './adverse-events.service.js';

@Module({
  imports: [ObligationsModule],
  controllers: [AdverseEventsController],
  providers: [AdverseEventsService],
  exports: [AdverseEventsService],
})
export class AdverseEventsModule {}
