export * from './counted-documents.ts';
export * from './fake-clock.ts';
export * from './make-mutable.ts';
export * from './runs.ts';
export * from './scratch-database.ts';
export * from './seeded-random.ts';
export * from './test-subgraph.ts';
export * from './takes-nothing.ts';
