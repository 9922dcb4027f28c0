import { Module } from '@nestjs/common';
import { AdverseEventsModule } from '../adverse-events/adverse-events.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ContactAttemptsModule } from '../contact-attempts/contact-attempts.module.js';
import { CoursesModule } from '../courses/courses.module.js';
import { InjectionsModule } from '../injections/injections.module.js';
import { LabResultsModule } from '../lab-results/lab-results.module.js';
import { ObligationsModule } from '../obligations/obligations.module.js';
import { PainPlansModule } from '../pain-plans/pain-plans.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { RuleOutsModule } from '../rule-outs/rule-outs.module.js';
import { SelfInjectionModule } from '../self-injection/self-injection.module.js';
import { SymptomScoresModule } from '../symptom-scores/symptom-scores.module.js';
import { ChartController } from './chart.controller.js';
import { ChartService } from './chart.service.js';

@Module({
  imports: [
    PatientsModule,
    CoursesModule,
    InjectionsModule,
    AdverseEventsModule,
    LabResultsModule,
    ObligationsModule,
    AlertsModule,
    SymptomScoresModule,
    RuleOutsModule,
    PainPlansModule,
    SelfInjectionModule,
    ContactAttemptsModule,
  ],
  controllers: [ChartController],
  providers: [ChartService],
})
export class ChartModule {}
