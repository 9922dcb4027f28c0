// Components of the dashboard in jsdom. Its libraries ship CommonJS builds, so only our own files and the few that do not are compiled.
import { createRequire } from 'node:module';
import { root, shared } from './shared.mjs';

const require = createRequire(`${root}/apps/admin/package.json`);

export default {
  ...shared,
  displayName: 'admin',
  roots: ['<rootDir>/apps/admin/src'],
  testMatch: ['<rootDir>/apps/admin/src/**/*.test.{ts,tsx}'],
  testEnvironment: '<rootDir>/infra/jest/browser-environment.cjs',
  moduleNameMapper: {
    ...shared.moduleNameMapper,
    '^@fontsource|\\.(css|woff2?|svg|png)$': '<rootDir>/infra/jest/asset.cjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!(?:\\.pnpm/)?(?:react-hotkeys-hook|temporal-[a-z]+)(?:@|/))'],
  setupFilesAfterEnv: [require.resolve('@testing-library/jest-dom')],
  // A busy machine is slow, not wrong; how fast things are is measured, not tested.
  testTimeout: 60_000,
};
