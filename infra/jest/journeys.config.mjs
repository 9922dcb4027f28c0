// What a nurse, a physician and an administrator do daily, in a real browser against the built product.
import { shared } from './shared.mjs';

export default {
  ...shared,
  displayName: 'journeys',
  roots: ['<rootDir>/test/journeys'],
  testMatch: ['<rootDir>/test/journeys/**/*.test.ts'],
  testEnvironment: 'node',
  // Functions handed to page.evaluate are sent as text: playwright's own must stay as they were written.
  transformIgnorePatterns: ['/node_modules/(?:\\.pnpm/)?playwright-core(?:@|/)', '/node_modules/(?:\\.pnpm/)?axe-core(?:@|/)'],
  testTimeout: 180_000,
  testSequencer: '<rootDir>/infra/jest/alphabetical.cjs',
  globalSetup: '<rootDir>/infra/jest/product.mjs',
  globalTeardown: '<rootDir>/infra/jest/product-end.mjs',
};
