/** Every module of the ward, in alphabetical order. A module that is not listed here does not exist. */
import { AdverseEventsModule } from './adverse-events/adverse-events.module.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { HealthModule } from './health/health.module.js';
import { InjectionsModule } from './injections/injections.module.js';
import { LabResultsModule } from './lab-results/lab-results.module.js';
import { ObligationsModule } from './obligations/obligations.module.js';
import { SessionModule } from './session/session.module.js';

export const MODULES = [AdverseEventsModule, AlertsModule, HealthModule, InjectionsModule, LabResultsModule, ObligationsModule, SessionModule];
