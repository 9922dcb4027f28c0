// Rules, module tests through HTTP, jobs and the house rules. TEST_DATABASE_URL and TEST_REDIS_URL come from infra/local/test.mjs.
import { shared } from './shared.mjs';

export default {
  ...shared,
  displayName: 'server',
  roots: ['<rootDir>/packages', '<rootDir>/test'],
  testMatch: ['<rootDir>/packages/*/src/**/*.test.ts', '<rootDir>/test/*.test.ts'],
  testEnvironment: 'node',
  // A busy machine is slow, not wrong; how fast things are is measured, not tested.
  testTimeout: 60_000,
  globalSetup: '<rootDir>/infra/jest/database.mjs',
  globalTeardown: '<rootDir>/infra/jest/database-end.mjs',
};
