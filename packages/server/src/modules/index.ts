/** Every module of the ward, in alphabetical order. A module that is not listed here does not exist. */
import { AccountModule } from './account/account.module.js';
import { AdverseEventsModule } from './adverse-events/adverse-events.module.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuditSealModule } from './audit-seal/audit-seal.module.js';
import { ChartModule } from './chart/chart.module.js';
import { ContactAttemptsModule } from './contact-attempts/contact-attempts.module.js';
import { CoursesModule } from './courses/courses.module.js';
import { HealthModule } from './health/health.module.js';
import { IdempotencyKeysModule } from './idempotency-keys/idempotency-keys.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { InjectionsModule } from './injections/injections.module.js';
import { LabResultsModule } from './lab-results/lab-results.module.js';
import { LotRecallsModule } from './lot-recalls/lot-recalls.module.js';
import { ObligationsModule } from './obligations/obligations.module.js';
import { PainPlansModule } from './pain-plans/pain-plans.module.js';
import { PatientsModule } from './patients/patients.module.js';
import { ProductsModule } from './products/products.module.js';
import { ProtocolModule } from './protocol/protocol.module.js';
import { RuleOutsModule } from './rule-outs/rule-outs.module.js';
import { RulesModule } from './rules/rules.module.js';
import { SelfInjectionModule } from './self-injection/self-injection.module.js';
import { SessionModule } from './session/session.module.js';
import { StaffModule } from './staff/staff.module.js';
import { SymptomScoresModule } from './symptom-scores/symptom-scores.module.js';
import { WhyNotModule } from './why-not/why-not.module.js';
import { WorklistModule } from './worklist/worklist.module.js';

export const MODULES = [
  AccountModule,
  AdverseEventsModule,
  AlertsModule,
  ApiKeysModule,
  AuditModule,
  AuditSealModule,
  ChartModule,
  ContactAttemptsModule,
  CoursesModule,
  HealthModule,
  IdempotencyKeysModule,
  ImportsModule,
  InjectionsModule,
  LabResultsModule,
  LotRecallsModule,
  ObligationsModule,
  PainPlansModule,
  PatientsModule,
  ProductsModule,
  ProtocolModule,
  RuleOutsModule,
  RulesModule,
  SelfInjectionModule,
  SessionModule,
  StaffModule,
  SymptomScoresModule,
  WhyNotModule,
  WorklistModule,
];
