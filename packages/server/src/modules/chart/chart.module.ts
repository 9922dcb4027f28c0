import { Module } from '@nestjs/common';
import { AdverseEventsModule } from '../adverse-events/adverse-events.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { CoursesModule } from '../courses/courses.module.js';
import { InjectionsModule } from '../injections/injections.module.js';
import { LabResultsModule } from '../lab-results/lab-results.module.js';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { ChartController } from './chart.controller.js';
import { ChartService } from './chart.service.js';

@Module({
  imports: [PatientsModule, CoursesModule, InjectionsModule, AdverseEventsModule, LabResultsModule, ObligationsModule, AlertsModule],
  controllers: [ChartController],
  providers: [ChartService],
})
export class ChartModule {}
