/** Every module of the ward, in alphabetical order. A module that is not listed here does not exist. */
import { HealthModule } from './health/health.module.js';
import { SessionModule } from './session/session.module.js';

export const MODULES = [HealthModule, SessionModule];
