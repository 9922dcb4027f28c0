import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { HoldsService } from './holds.service.js';
import { PatientsController } from './patients.controller.js';
import { PatientsService } from './patients.service.js';

@Module({
  imports: [ObligationsModule],
  controllers: [PatientsController],
  providers: [PatientsService, HoldsService],
  exports: [PatientsService, HoldsService],
})
export class PatientsModule {}
