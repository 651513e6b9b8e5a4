import type { ExecutionResult } from 'graphql';
import type { CacheOptions } from './caching/open-cache.ts';
import type { Hooks } from './hooks/hooks.ts';
import type { MetricsOptions } from './metrics/open-metrics.ts';
import type { EngineName } from './planning/engines.ts';
import type { PlannerName } from './planning/planners.ts';
import type { Limits } from './protection/limits/limits.ts';
import type { Safelist } from './protection/persisted/persisted-operations.ts';
import type { Rates } from './protection/rates/rate-limits.ts';
import type { JwtOptions } from './protection/token-verifier.ts';
import type { ResilienceOptions } from './resilience/resilience.ts';
import type { HeaderRulesGiven } from './rules/header-rules.ts';
import type { SupergraphStatus } from './supergraph/takeover.ts';
import type { Clock, Timers } from './system/clock.ts';
import type { Ids } from './system/ids.ts';
import type { Logger } from './system/logger.ts';
import type { Random } from './system/random.ts';
import type { Route } from './transport/in/http-server.ts';
import type { InProcessRequest, InProcessResult } from './transport/in/in-process.ts';
import type { Subgraph, SubgraphTransport } from './transport/subgraph-transport.ts';

/** How a router is built. Only the supergraph is required. */
export interface RouterOptions {
  /** The supergraph schema, as composition prints it. */
  supergraph: string;
  /** `production` shows nothing of the schema or of the router's inside. Default: `production`. */
  mode?: 'development' | 'production';
  /** The way to each subgraph. Default: HTTP to `instances`. */
  transports?: (subgraph: Subgraph) => SubgraphTransport;
  /** The URLs of a subgraph's instances. Default: the one URL in the supergraph. */
  instances?: (subgraph: Subgraph) => readonly string[];
  /** What holds when subgraphs fail or are asked the same; `defaultResilience` says what is not told. */
  resilience?: ResilienceOptions;
  /** Whose tokens are believed. Without it everybody is a visitor. */
  jwt?: JwtOptions;
  /** Shared with the subgraphs, for the signed header that tells them who asks. Without it: no header. */
  callerSecret?: string;
  /** Origins whose pages may use the router. Default: localhost in development, none in production. */
  corsOrigins?: readonly string[];
  /** How many proxies in front are ours; `true` is one. Their `x-forwarded-for` is believed. */
  trustProxy?: boolean | number;
  /** Whether `__schema` is answered. Default: in development. */
  introspection?: boolean;
  /** Who plans operations. Default: `hive`, and `apollo` where the native code of `hive` is not there. */
  planner?: PlannerName;
  /** Who sends it as a bearer token may replace the supergraph by `POST /supergraph`. Without it nobody may. */
  reloadToken?: string;
  /** Who carries operations out: our compiled plans, or ApolloGateway's executor for queries and mutations. Default: `crema`. */
  engine?: EngineName;
  /** Labels of progressive `@override`s that are on, percentages aside. Default: none. */
  overrideLabels?: readonly string[];
  /** Pages beside GraphQL, for the process that hosts the router. */
  routes?: readonly Route[];
  /** What `/ready` reports besides the router's own state. */
  readiness?: () => Promise<Record<string, boolean>>;
  /** Limit of a request body and of a WebSocket message. Default: 256 KiB. */
  maxBodyBytes?: number;
  /**
   * Subscription fields that tell everybody the same. They are asked for as a visitor would, so that callers with the same
   * rights share one subscription at the subgraph. Default: none.
   */
  publicSubscriptions?: readonly string[];
  /** How much of a subscription's events is kept for a client that does not take them. Default: 4 MiB. */
  maxBufferedBytes?: number;
  /** Which headers go from clients to subgraphs, beside the few that always do, and from subgraphs to clients. */
  headers?: HeaderRulesGiven;
  /** Functions of yours, called on the way of each request. */
  hooks?: Hooks;
  /** How much one request may ask for; `defaultLimits` says what is not told. */
  limits?: Partial<Limits>;
  /** How often may be asked; `defaultRates` says what is not told. */
  rates?: Partial<Rates>;
  /** How long a query or mutation may take until it is answered. Default: 60 s. */
  requestTimeoutMs?: number;
  /** The operations of the clients, which may be asked for by their ids: a manifest as Apollo's tools write it. */
  manifest?: string;
  /** What happens to an operation that the manifest does not list. Default: `off`, nothing. */
  safelist?: Safelist;
  /** Whether clients may register operations to send their hash alone from then on (APQ). Default: true. */
  automaticPersistedQueries?: boolean;
  /**
   * A Redis for what replicas share, counts of requests and registered operations: its URL, and how long a call to it
   * may take, 250 ms unless told. Default: none.
   */
  redis?: { url: string; callMs?: number };
  /** Keeps answers of subgraphs for as long as their `Cache-Control` says. Default: nothing is kept. */
  cache?: CacheOptions | undefined;
  /** Whether answers tell their estimated cost in `extensions.cost`. Default: in development. */
  tellsCost?: boolean;
  /** What is counted of requests, to be seen at `/metrics`. Default: in development, open to everybody. */
  metrics?: MetricsOptions;
  logger?: Logger;
  clock?: Clock;
  timers?: Timers;
  ids?: Ids;
  random?: Random;
}

/** A running router. */
export interface Router {
  /** Starts to serve HTTP and WebSocket; port 0 takes a free one. */
  listen(port: number, host?: string): Promise<{ port: number; url: string }>;
  /** Runs a query or mutation without HTTP. Errors are in the result. */
  execute(request: InProcessRequest): Promise<InProcessResult>;
  /** Runs a subscription without WebSocket; returning from the iteration ends it. */
  subscribe(request: InProcessRequest): AsyncIterableIterator<ExecutionResult, void>;
  /** Which supergraph is served, and whether a later one was refused. */
  readonly supergraph: SupergraphStatus;
  /**
   * Serves another supergraph from the next request on. A bad one is refused and changes nothing; the promise rejects then.
   * Requests under way end as they began. The one that is served already is left alone.
   */
  reload(supergraph: string): Promise<void>;
  /** Stops accepting, waits for requests under way, ends subscriptions and leaves the subgraphs. */
  close(): Promise<void>;
}
