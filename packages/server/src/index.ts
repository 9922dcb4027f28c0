export { type ApiOptions, createApi } from './create-api.js';
export { createWorker, type WorkerOptions, type WorkerProcess } from './create-worker.js';
export { addMember, type Clinic, createClinic, type NewClinic, type NewMember } from './modules/clinics/clinics.js';
export { machineNow } from './platform/clock.js';
export { Config, readConfig } from './platform/config.js';
export { createAccount, createAccountWithHash, type NewAccount } from './platform/sign-in/accounts.js';
export { hashPassword } from './platform/sign-in/password.js';
export { failToStart, onStop } from './platform/stopping.js';
