import { collectDefaultMetrics, Registry } from 'prom-client';

let registry: Registry | undefined;

/**
 * What there is to tell of the process: its memory, its time on the processor, its event loop. Watching it begins with the
 * first who asks and cannot be ended, so all routers of a process tell the same.
 */
export function processMetrics(): Registry {
  if (!registry) {
    registry = new Registry();
    collectDefaultMetrics({ register: registry });
  }
  return registry;
}
