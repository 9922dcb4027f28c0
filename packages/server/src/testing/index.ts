export { Client, type Member, type Reply, type Request } from './clients.js';
export { type EnqueuedJob, startTestApi, type TestApi, type TestApiOptions, type TestClinic } from './test-api.js';
