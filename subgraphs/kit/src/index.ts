export * from './values/business-hours.ts';
export * from './cache/cache.ts';
export * from './cache/cache-memory.ts';
export * from './subgraph/caller.ts';
export * from './clock.ts';
export * from './database/columns.ts';
export {
  ConfigError,
  list,
  oneOf,
  readEnvironment,
  secretText,
  truth,
  wholeNumber,
  type Environment,
} from '@crema/config';
export * from './events/consumer.ts';
export * from './subgraph/context.ts';
export * from './database/database.ts';
export * from './database/database-errors.ts';
export * from './values/decimal.ts';
export { databaseUrlOf } from './process/dependency.ts';
export { processSettings } from './process/process-config.ts';
export * from './documents/documents.ts';
export * from './documents/documents-validation.ts';
export * from './subgraph/endpoint.ts';
export * from './errors.ts';
export * from './events/event-contract.ts';
export * from './events/event-log.ts';
export * from './events/embedded/event-log-embedded.ts';
export * from './subgraph/housekeeping.ts';
export * from './database/idempotency.ts';
export * from './ids.ts';
export * from './subgraph/jobs.ts';
export * from './live/live.ts';
export * from './live/live-updates.ts';
export * from './subgraph/loaders.ts';
export * from './log.ts';
export * from './database/migration.ts';
export * from './values/money.ts';
export * from './documents/open-documents.ts';
export * from './events/open-event-log.ts';
export * from './values/page.ts';
export * from './events/projection.ts';
export * from './events/relay.ts';
export * from './values/scalars.ts';
export * from './subgraph/schema.ts';
export * from './values/seal.ts';
export * from './subgraph/start-subgraph.ts';
export * from './subgraph/subgraph.ts';
export * from './database/transaction.ts';
export * from './user-error.ts';
export * from './validation.ts';
