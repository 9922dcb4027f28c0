// What the three Jest projects share. Node 20 cannot require() an ES module, and Jest's own ESM mode does not load all of our
// dependencies, so swc turns every file, node_modules included, into CommonJS; the result is cached.
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

const compile = (parser, transform = {}) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: { target: 'es2023', parser, transform, keepClassNames: true },
    module: { type: 'commonjs' },
  },
];

export const shared = {
  rootDir: root,
  workerIdleMemoryLimit: '1GB',
  cacheDirectory: `${root}/node_modules/.cache/jest`,
  modulePathIgnorePatterns: ['<rootDir>/(packages|apps)/[^/]+/dist/', '<rootDir>/\\.vastus/'],
  moduleNameMapper: {
    '^@vastus/(clinical|contract|jobs|db|server)$': '<rootDir>/packages/$1/src/index.ts',
    '^@vastus/db/testing$': '<rootDir>/packages/db/src/testing.ts',
    '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1'],
  },
  transform: {
    '\\.ts$': compile({ syntax: 'typescript', decorators: true }, { legacyDecorator: true, decoratorMetadata: true }),
    '\\.tsx$': compile({ syntax: 'typescript', tsx: true }, { react: { runtime: 'automatic' } }),
    '\\.m?js$': compile({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [],
};
