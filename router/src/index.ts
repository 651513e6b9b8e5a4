export { cacheOf, cacheSettings } from './caching/cache-settings.ts';
export type { Invalidate, InvalidationEvents } from './caching/invalidation-events.ts';
export type { Invalidation } from './caching/invalidation.ts';
export type { CacheOptions } from './caching/open-cache.ts';
export {
  openConfiguration as openRouterConfiguration,
  readConfig as readRouterConfig,
  routerSettings,
} from './config.ts';
export { customizationSettings } from './configuration/customization-settings.ts';
export { routerYamlSchema } from './configuration/json-schema.ts';
export { InvalidHooksError, loadHooks } from './hooks/load-hooks.ts';
export { RequestError } from './errors.ts';
export type {
  Asker,
  Hooks,
  OnPlan,
  OnRequest,
  OnResponse,
  OnSubgraphRequest,
} from './hooks/hooks.ts';
export { metricsOf, metricsSettings } from './metrics/metrics-settings.ts';
export type { MetricsOptions } from './metrics/open-metrics.ts';
export { createRouter } from './router.ts';
export { engineSettings } from './planning/engine-settings.ts';
export type { EngineName } from './planning/engines.ts';
export type { PlannerName } from './planning/planners.ts';
export { readManifest } from './protection/persisted/manifest-file.ts';
export { InvalidManifestError } from './protection/persisted/manifest.ts';
export {
  protectionOf,
  protectionSettings,
  type Protection,
} from './protection/protection-settings.ts';
export { resilienceOf, resilienceSettings } from './resilience/resilience-settings.ts';
export { subscriptionsOf, subscriptionSettings } from './subscriptions/subscription-settings.ts';
export type { ResilienceOptions, SubgraphResilience } from './resilience/resilience.ts';
export type { Router, RouterOptions } from './router-options.ts';
export type { InProcessRequest, InProcessResult } from './transport/in/in-process.ts';
export type { Route } from './transport/in/http-server.ts';
export type { HeaderRulesGiven } from './rules/header-rules.ts';
export type { JwtOptions } from './protection/token-verifier.ts';
export type {
  Subgraph,
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from './transport/subgraph-transport.ts';
export { InvalidSupergraphError } from './supergraph/supergraph.ts';
export { abortSignalOf, type CancelSignal } from './system/cancellation.ts';
export type { Clock, Monotonic, Timers } from './system/clock.ts';
export type { Ids } from './system/ids.ts';
export type { Random } from './system/random.ts';
export type { Logger } from './system/logger.ts';
