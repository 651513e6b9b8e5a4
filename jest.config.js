/** Suites with limits of time in what they promise, or with more processes than there are cores. */
const ALONE = [
  'infra/distributed/test/.*\\.test\\.ts$',
  '-outage\\.test\\.ts$',
  'kit/test/cache-redis\\.test\\.ts$',
];

/** @type {import('@jest/types').Config.InitialProjectOptions} */
const suites = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: false,
            useDefineForClassFields: false,
          },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  // Packages that ship ES modules only; everything else is loaded as it is.
  transformIgnorePatterns: ['/node_modules/(?!(jose|uuid)/)'],
  extensionsToTreatAsEsm: [],
};

/** @type {import('jest').Config} */
export default {
  projects: [
    {
      ...suites,
      testMatch: [
        '<rootDir>/{subgraphs,clients,infra}/*/test/**/*.test.ts',
        '<rootDir>/{router,schema}/test/**/*.test.ts',
      ],
      testPathIgnorePatterns: ['/node_modules/', ...ALONE],
    },
    {
      ...suites,
      testRegex: ALONE,
      runner: '<rootDir>/infra/check/one-at-a-time.js',
    },
  ],
  // Generous, because machines that test are busy; no test waits for it.
  testTimeout: 30_000,
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
};
