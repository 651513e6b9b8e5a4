import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Environment } from '@crema/config';
import type { GraphQLSchema } from 'graphql';
import type { MixedList } from 'typeorm';
import type { z } from 'zod';
import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../clock.ts';
import type { Consumer } from '../events/consumer.ts';
import type { Database } from '../database/database.ts';
import type { Documents } from '../documents/documents.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Ids, Random } from '../ids.ts';
import type { Job } from './jobs.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { LiveUpdates } from '../live/live-updates.ts';
import type { Logger } from '../log.ts';
import type { Projection } from '../events/projection.ts';

/** What every subgraph is given. */
export interface CommonDeps {
  readonly cache: Cache;
  readonly live: LiveUpdates;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly log: Logger;
}

/** What a subgraph with tables is given. */
export interface SubgraphDeps extends CommonDeps {
  readonly database: Database;
}

/** What a subgraph with documents is given. */
export interface DocumentSubgraphDeps extends CommonDeps {
  readonly documents: Documents;
  readonly events: EventLog;
}

/** Plain HTTP beside GraphQL, such as a key set. Served by the subgraph's process, or by the host's in standalone. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** A subgraph as a value: it listens on nothing and reads no environment. */
export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /**
   * Whether every property and getter of its types is a value, never a promise or a function: then operations
   * that keep coming are compiled, and large answers take half the time.
   */
  readonly hasPlainData?: boolean;
  /** What the router may keep, and for how long; nothing, unless told. */
  readonly lifetimes?: Lifetimes;
  readonly consumers: readonly Consumer[];
  readonly jobs: readonly Job[];
  /** The read models that `npm run projections -- rebuild` can make again. */
  readonly projections?: readonly Projection[];
  readonly routes?: readonly HttpRoute[];
  /** Loads the demo data through the services; a second time changes nothing. */
  loadDemo?(): Promise<void>;
  /** Ends what the subgraph itself began: live feeds, clients. */
  close(): Promise<void>;
}

interface Named<Config> {
  readonly name: string;
  /** The settings of its own, as `readConfig` reads them; none where it has none. */
  readonly settings?: z.ZodObject;
  /** Throws ConfigError with every wrong value. */
  readConfig(env: Environment): Config;
}

export interface RelationalDefinition<Config> extends Named<Config> {
  readonly storage: 'relational';
  readonly entities: MixedList<Function>;
  readonly migrations: MixedList<Function>;
  create(deps: SubgraphDeps, config: Config): Promise<Subgraph>;
}

export interface DocumentDefinition<Config> extends Named<Config> {
  readonly storage: 'documents';
  create(deps: DocumentSubgraphDeps, config: Config): Promise<Subgraph>;
}

/** Everything that is needed to run a subgraph anywhere. */
export type SubgraphDefinition<Config = unknown> =
  RelationalDefinition<Config> | DocumentDefinition<Config>;
