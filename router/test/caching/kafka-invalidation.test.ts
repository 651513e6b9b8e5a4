import { requirement, serviceUrl } from '@crema/check';
import { Kafka, logLevel } from 'kafkajs';
import type { Invalidation } from '../../src/caching/invalidation.ts';
import {
  invalidationEventsOf,
  invalidationSettings,
} from '../../src/caching/invalidation-settings.ts';
import { systemTimers } from '../../src/system/clock.ts';
import { systemIds } from '../../src/system/ids.ts';
import { silentLogger } from '../../src/system/logger.ts';

const around = { timers: systemTimers, ids: systemIds, log: silentLogger };
const url = serviceUrl('kafka');

describe('the topics that make answers old', () => {
  const read = (INVALIDATION_TOPICS: string) =>
    invalidationSettings.safeParse({ INVALIDATION_TOPICS });

  it('are JSON', () => {
    const topics = { 'shop.products': [{ type: 'Product', key: { id: '{key}' } }] };
    expect(read(JSON.stringify(topics)).data?.INVALIDATION_TOPICS).toEqual(topics);
  });

  it.each(['', '{', '[]', '{"a":[]}', '{"a":[{"unheard":"of"}]}'])('are not %j', (text) => {
    expect(read(text).success).toBe(false);
  });
});

requirement('services', url !== undefined)('records of Kafka', () => {
  it('make old what their topic says, once everything was from before', async () => {
    const brokers = [new URL(url ?? '').host];
    const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
    const topic = `test-${systemIds.next()}`;
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true });
    const events = await invalidationEventsOf(
      {
        INVALIDATION_EVENTS_URL: `kafka://${brokers.join()}`,
        INVALIDATION_TOPICS: {
          [topic]: [{ type: 'Product', key: { id: '{key}' } }, { tag: 'of-{key}' }],
        },
      },
      around,
    );
    const told: Invalidation[][] = [];
    const waiting: (() => void)[] = [];
    const next = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));

    const joined = next();
    const stop = await events?.listen(async (what) => {
      told.push([...what]);
      waiting.shift()?.();
    });
    await joined;
    expect(told.splice(0)).toEqual([[{ everything: true }]]);

    const heard = next();
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic, messages: [{ key: 'p"1', value: '{}' }] });
    await heard;
    expect(told).toEqual([[{ type: 'Product', key: { id: 'p"1' } }, { tag: 'of-p"1' }]]);

    await stop?.();
    await producer.disconnect();
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
  }, 60_000);
});
