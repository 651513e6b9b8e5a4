/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  testMatch: [
    '<rootDir>/{subgraphs,clients,infra}/*/test/**/*.test.ts',
    '<rootDir>/{router,schema}/test/**/*.test.ts',
  ],
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
  // Generous, because machines that test are busy; no test waits for it.
  testTimeout: 30_000,
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
};
