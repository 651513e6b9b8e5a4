import { structured } from '@crema/config';
import { z } from 'zod';
import type { Timers } from '../system/clock.ts';
import type { Ids } from '../system/ids.ts';
import type { Logger } from '../system/logger.ts';
import type { InvalidationEvents } from './invalidation-events.ts';
import { invalidation } from './invalidation.ts';

const topics = z.record(z.string(), z.array(invalidation).min(1));

/** Where the router's own process hears of what makes cached answers old. */
export const invalidationSettings = z.object({
  INVALIDATION_EVENTS_URL: z
    .string()
    .regex(/^kafka:\/\/[^/?#]+$/, 'must be kafka://HOST:PORT, or several separated by commas')
    .optional()
    .describe('The Kafka whose records make cached answers old.'),
  INVALIDATION_TOPICS: structured(topics)
    .optional()
    .describe(
      "What the records of each topic make old, as JSON; {key} stands for a record's key. invalidation.topics of router.yaml.",
    ),
});

/** The events that these settings stand for; undefined where there are none. */
export async function invalidationEventsOf(
  settings: z.output<typeof invalidationSettings>,
  around: { readonly timers: Timers; readonly ids: Ids; readonly log: Logger },
): Promise<InvalidationEvents | undefined> {
  const { INVALIDATION_EVENTS_URL: url, INVALIDATION_TOPICS: told } = settings;
  if (url === undefined || told === undefined) return undefined;
  const { KafkaInvalidation } = await import('./kafka-invalidation.ts');
  const brokers = url.slice('kafka://'.length).split(',');
  return new KafkaInvalidation({ brokers, topics: told, ...around });
}
