import { requirement, serviceUrl } from '@crema/check';
import { Kafka as CloudEventsKafka, type CloudEvent } from 'cloudevents';
import type { KafkaMessage } from 'kafkajs';
import { pause, stableId, systemClock, type EventLog, type StoredEvent } from '../src/index.ts';
import { readKafkaUrl } from '../src/events/kafka/settings.ts';
import { describeEventLog } from '../src/testing/event-log-contract.ts';
import { createKafkaScratch, until, type KafkaScratch } from './kafka-scratch.ts';

let made = 0;

const eventOf = (key: string, data: unknown): StoredEvent => ({
  id: stableId(`of Kafka ${made++}`),
  type: 'tests.thing.happened',
  version: 2,
  topic: 'tests.things',
  key,
  source: 'tests',
  time: '2026-03-02T15:00:00.000Z',
  data,
});

requirement('services', serviceUrl('kafka') !== undefined)('with a broker', () => {
  describeEventLog('Kafka', async () => {
    const scratch = createKafkaScratch();
    return { open: async () => scratch.open(), remove: () => scratch.remove() };
  });

  describe('an event log on Kafka', () => {
    let scratch: KafkaScratch;
    let opened: EventLog[];

    beforeEach(() => {
      scratch = createKafkaScratch();
      opened = [];
    });

    afterEach(async () => {
      await Promise.all(opened.map((log) => log.close()));
      await scratch.remove();
    });

    const open = () => {
      const log = scratch.open();
      opened.push(log);
      return log;
    };

    /** Reads a topic as a program would that knows nothing of the log. */
    async function readTopic(topic: string, count: number): Promise<[number, KafkaMessage][]> {
      const messages: [number, KafkaMessage][] = [];
      const consumer = scratch.kafka.consumer({
        groupId: `${scratch.prefix}reader`,
        maxWaitTimeInMs: 100,
      });
      await consumer.connect();
      await consumer.subscribe({ topic: scratch.prefix + topic, fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ partition, message }) => void messages.push([partition, message]),
      });
      await until(() => messages.length >= count, 20_000);
      await consumer.disconnect();
      return messages;
    }

    it('is read by what knows CloudEvents in binary mode', async () => {
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const event = { ...eventOf('order-1', { cups: 2 }), traceparent };
      await open().append([event]);

      const [[, { key, value, headers = {} }]] = (await readTopic('tests.things', 1)) as [
        [number, KafkaMessage],
      ];
      const texts = Object.fromEntries(
        Object.entries(headers).map(([name, header]) => [name, String(header)]),
      );
      const read = CloudEventsKafka.toEvent({
        headers: texts,
        body: value,
        key: String(key),
        value,
      } as never) as CloudEvent<unknown>;
      expect(read).toMatchObject({
        specversion: '1.0',
        id: event.id,
        type: event.type,
        source: 'tests',
        subject: 'order-1',
        time: event.time,
        data: { cups: 2 },
        partitionkey: 'order-1',
        version: '2',
      });
      expect(texts['content-type']).toMatch(/^application\/json/);
      expect(texts['traceparent']).toBe(traceparent);
    });

    it("puts a key where Kafka's own clients would put it", async () => {
      // What murmur2 of org.apache.kafka.common.utils.Utils gives, as its UtilsTest has it.
      const hashes: Record<string, number> = {
        '21': -973932308,
        foobar: -790332482,
        'a-little-bit-long-string': -985981536,
        'a-little-bit-longer-string': -1486304829,
        lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58897971,
      };
      await open().append(Object.keys(hashes).map((key) => eventOf(key, key)));

      for (const [partition, { key }] of await readTopic('tests.things', 5)) {
        expect([String(key), partition]).toEqual([
          String(key),
          (hashes[String(key)]! & 0x7fffffff) % 4,
        ]);
      }
    });

    it('keeps its topics for ever, in as many partitions as it was told', async () => {
      await open().append([eventOf('a', 1)]);
      const admin = scratch.kafka.admin();
      await admin.connect();
      const name = `${scratch.prefix}tests.things`;
      const { topics } = await admin.fetchTopicMetadata({ topics: [name, `${name}.dlq`] });
      const { resources } = await admin.describeConfigs({
        resources: [{ type: 2, name, configNames: ['retention.ms'] }],
        includeSynonyms: false,
      });
      await admin.disconnect();
      const partitionsOf = new Map(topics.map((each) => [each.name, each.partitions.length]));
      expect([partitionsOf.get(name), partitionsOf.get(`${name}.dlq`)]).toEqual([4, 1]);
      expect(resources[0]!.configEntries[0]!.configValue).toBe('-1');
    });

    it('gives the partitions of a slow handler to nobody else, and the others do not wait', async () => {
      const [one, other] = [open(), open()];
      const seen: unknown[] = [];
      const handle = async (events: readonly StoredEvent[]) => {
        for (const { data } of events) {
          // Longer than a member of a group may be silent.
          if (data === 'slow') await pause(systemClock, 10_000);
          seen.push(data);
        }
      };
      await one.consume('readers', ['tests.things'], handle);
      await other.consume('readers', ['tests.things'], handle);
      await one.append([eventOf('slow', 'slow')]);
      await one.append(Array.from({ length: 40 }, (_, i) => eventOf(`key-${i}`, i)));
      await one.append([eventOf('slow', 'after')]);
      await until(() => seen.length >= 20, 9_000);
      expect(seen).not.toContain('slow');

      await one.idle();
      expect(seen).toHaveLength(42);
      expect(seen.indexOf('after')).toBeGreaterThan(seen.indexOf('slow'));
    });

    it('loses nothing and keeps the order while members come and go', async () => {
      const appender = open();
      const first: { key: string; round: number }[] = [];
      const known = new Set<string>();
      const handle = async (events: readonly StoredEvent[]) => {
        await pause(systemClock, 2);
        for (const { id, key, data } of events) {
          // As the inbox would: what comes again after a change of members changes nothing.
          if (!known.has(id)) first.push({ key, round: data as number });
          known.add(id);
        }
      };
      const ROUNDS = 60;
      const appended = (async () => {
        for (let round = 0; round < ROUNDS; round++) {
          await appender.append(Array.from({ length: 20 }, (_, i) => eventOf(`key-${i}`, round)));
          await pause(systemClock, 50);
        }
      })();
      for (let change = 0; change < 3; change++) {
        const member = await open().consume('readers', ['tests.things'], handle);
        const next = await open().consume('readers', ['tests.things'], handle);
        await until(() => first.length > (change * ROUNDS * 20) / 4, 20_000);
        await (change % 2 === 0 ? member : next).stop();
      }
      await appended;
      await appender.consume('readers', ['tests.things'], handle);
      await appender.idle();

      expect(first).toHaveLength(ROUNDS * 20);
      for (let i = 0; i < 20; i++) {
        const rounds = first.filter(({ key }) => key === `key-${i}`).map(({ round }) => round);
        expect(rounds).toEqual(Array.from({ length: ROUNDS }, (_, round) => round));
      }
    }, 60_000);

    it('leaves out records that are no events', async () => {
      const log = open();
      const seen: unknown[] = [];
      await log.append([eventOf('a', 1)]);
      const producer = scratch.kafka.producer();
      await producer.connect();
      await producer.send({
        topic: `${scratch.prefix}tests.things`,
        messages: [{ key: 'a', value: 'who am I?' }],
      });
      await producer.disconnect();
      await log.append([eventOf('a', 2)]);
      await log.consume('readers', ['tests.things'], async (events) => {
        seen.push(...events.map(({ data }) => data));
      });

      await log.idle();
      expect(seen).toEqual([1, 2]);
    });

    it('rewinds no group that consumes', async () => {
      const log = open();
      await log.append([eventOf('a', 1)]);
      await log.consume('readers', ['tests.things'], async () => undefined);
      await log.idle();
      await expect(log.rewind('readers')).rejects.toThrow('readers is consuming');
    });
  });
});

describe('the URL of an event log on Kafka', () => {
  it('names brokers, and what is made there', () => {
    expect(readKafkaUrl('kafka://a,b:9093?prefix=shop.&partitions=3&replication=2')).toEqual({
      brokers: ['a:9092', 'b:9093'],
      prefix: 'shop.',
      partitions: 3,
      replication: 2,
    });
    expect(readKafkaUrl('kafka://a:9092/')).toEqual({
      brokers: ['a:9092'],
      prefix: '',
      partitions: 8,
      replication: null,
    });
  });

  it.each([
    ['kafka://', /kafka:\/\/HOST:PORT/],
    ['http://a:9092', /kafka:\/\/HOST:PORT/],
    ['kafka://a?partitions=0', /partitions=0/],
    ['kafka://a?replication=many', /replication=many/],
    ['kafka://a?prefix=a/b', /prefix=a\/b/],
  ])('%s is refused', (url, why) => {
    expect(() => readKafkaUrl(url)).toThrow(why);
  });
});
