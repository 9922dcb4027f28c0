import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { ProtocolApplications } from './applications.service.js';
import { ProtocolController } from './protocol.controller.js';
import { ProtocolJobs } from './protocol.jobs.js';
import { ProtocolService } from './protocol.service.js';
import { SimulationsService } from './simulations.service.js';

@Module({
  imports: [ObligationsModule],
  controllers: [ProtocolController],
  providers: [ProtocolService, ProtocolApplications, SimulationsService, ProtocolJobs],
})
export class ProtocolModule {}
