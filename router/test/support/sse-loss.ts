import type { Client } from 'graphql-sse';
import { until } from './events.ts';
import { CHANGED, type LiveRouter } from './live-router.ts';

/** A subscription that runs when its router closes is lost to the client, and not completed. */
export async function expectLossAtClose<Single extends boolean>(
  client: Client<Single>,
  live: LiveRouter,
): Promise<void> {
  const events = client.iterate({ query: CHANGED });
  const first = events.next();
  await until(() => live.upstreams === 1);
  live.publish(1);
  await first;

  const [outcome] = await Promise.allSettled([events.next(), live.router.close()]);

  expect(outcome.status).toBe('rejected');
  expect(live.upstreams).toBe(0);
}
