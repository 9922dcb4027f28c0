export { JOBS, type Job, type JobName, type JobOutcome, type JobPayload, QUEUES, type QueueName } from './registry.js';
