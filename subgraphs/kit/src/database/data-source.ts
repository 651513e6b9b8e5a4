import type { DataSourceOptions } from 'typeorm';
import type { DatabaseOptions } from './database.ts';
import { IdempotencyKey } from './idempotency.ts';
import { InboxEntry } from '../events/inbox.ts';
import { kitMigrations } from './kit-migrations.ts';
import { OutboxEntry } from '../events/outbox.ts';

/** What a subgraph's data source is told on every engine. */
export const dataSourceOptions = ({
  entities,
  migrations,
  onStatement,
}: DatabaseOptions): Pick<DataSourceOptions, 'entities' | 'migrations' | 'logging' | 'logger'> => ({
  entities: [...Object.values(entities), OutboxEntry, InboxEntry, IdempotencyKey],
  migrations: [...kitMigrations, ...Object.values(migrations)],
  ...(onStatement && {
    logging: ['query'],
    logger: {
      logQuery: onStatement,
      logQueryError: () => undefined,
      logQuerySlow: () => undefined,
      logSchemaBuild: () => undefined,
      logMigration: () => undefined,
      log: () => undefined,
    },
  }),
});
