import { bundled, bundledPath } from './test/support/bundle-libraries.mjs';
import { testedFolder } from './test/support/bundle-tested.mjs';

// Jest runs TypeScript as native ES modules (package.json passes --experimental-vm-modules); swc keeps decorator metadata, which Nest's injection needs.
const swc = [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true, tsx: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false, react: { runtime: 'automatic' } },
    },
  },
];

const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'],
    ...Object.fromEntries(bundled.map((library) => [`^${library}$`, bundledPath(library)])),
    '^fast-check$': '<rootDir>/test/support/repeatable-properties.mjs',
  },
  transform: { '^.+\\.tsx?$': swc },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

export default {
  projects: [
    {
      ...base,
      displayName: 'unit',
      roots: ['rules', 'api', 'server', 'cli', 'builder/src'].map((folder) => `<rootDir>/${folder}`),
      testMatch: ['**/*.test.ts', '**/*.test.tsx'],
      globalSetup: '<rootDir>/test/support/bundle-libraries.mjs',
    },
    {
      ...base,
      displayName: 'integration',
      moduleNameMapper: { '^(?:\\.\\./)+((?:rules|api|server|cli)/.+)\\.js$': `${testedFolder}/$1.mjs`, ...base.moduleNameMapper },
      roots: ['<rootDir>/test'],
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/browser/'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
  // Far above what a test takes here: a busy machine must not turn into a failure.
  testTimeout: 120_000,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // Suites that wait for processes of their own leave room for another.
  maxWorkers: 3,
};
