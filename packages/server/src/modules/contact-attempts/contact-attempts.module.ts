import { Module } from '@nestjs/common';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { ContactAttemptsController } from './contact-attempts.controller.js';
import { ContactAttemptsService } from './contact-attempts.service.js';

@Module({
  imports: [ObligationsModule, PatientsModule],
  controllers: [ContactAttemptsController],
  providers: [ContactAttemptsService],
  exports: [ContactAttemptsService],
})
export class ContactAttemptsModule {}
