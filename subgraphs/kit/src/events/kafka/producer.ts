import { Partitioners, type Message, type Producer } from 'kafkajs';
import { ended, within, type KafkaContext } from './client.ts';

const SEND_MS = 5_000;
/** One request stays below the megabyte that brokers take for a partition. */
const MOST_BYTES = 500_000;
const MOST_RECORDS = 1_000;

/** A record and the name of its topic on the cluster. */
export interface Outgoing {
  readonly topic: string;
  readonly record: Message;
}

interface Append {
  left: number;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Sends one request at a time, with everything that waits meanwhile in the next one. kafkajs numbers the records
 * of its idempotent producer wrongly when a request fails while another is on its way: the broker then takes
 * new records for repetitions and drops them. Hence no second request, and a new producer after each failure.
 */
export class KafkaProducer {
  private readonly waiting: { outgoing: Outgoing; append: Append }[] = [];
  private producer: Promise<Producer> | null = null;
  private isSending = false;

  constructor(private readonly context: KafkaContext) {}

  /** Resolves when all in-sync replicas have the records. Rejects within seconds when they cannot. */
  send(records: readonly Outgoing[]): Promise<void> {
    if (records.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const append: Append = { left: records.length, resolve, reject };
      this.waiting.push(...records.map((outgoing) => ({ outgoing, append })));
      if (!this.isSending) void this.sendAll();
    });
  }

  async close(): Promise<void> {
    const producer = this.producer;
    this.producer = null;
    await ended(
      this.context.clock,
      producer?.then((each) => each.disconnect()),
    );
  }

  private async sendAll(): Promise<void> {
    this.isSending = true;
    while (this.waiting.length > 0) {
      const chunk = this.waiting.splice(0, this.nextCount());
      try {
        await this.sendChunk(chunk.map(({ outgoing }) => outgoing));
        for (const { append } of chunk) if (--append.left === 0) append.resolve();
      } catch (error) {
        // Nobody waits behind a broker that is gone: who asked asks again, in order.
        for (const { append } of [...chunk, ...this.waiting.splice(0)]) append.reject(error);
      }
    }
    this.isSending = false;
  }

  private nextCount(): number {
    let bytes = 0;
    const end = this.waiting.findIndex(({ outgoing: { record } }, index) => {
      bytes += (record.value?.length ?? 0) + 1_000;
      return index > 0 && (bytes > MOST_BYTES || index >= MOST_RECORDS);
    });
    return end < 0 ? this.waiting.length : end;
  }

  private async sendChunk(chunk: readonly Outgoing[]): Promise<void> {
    const byTopic = new Map<string, Message[]>();
    for (const { topic, record } of chunk) {
      const records = byTopic.get(topic);
      if (records) records.push(record);
      else byTopic.set(topic, [record]);
    }
    const producer = (this.producer ??= this.connect());
    try {
      const sent = producer.then((each) =>
        each.sendBatch({
          acks: -1,
          topicMessages: [...byTopic].map(([topic, messages]) => ({ topic, messages })),
        }),
      );
      await within(this.context.clock, SEND_MS, sent, 'Kafka took no events');
    } catch (error) {
      if (this.producer === producer) this.producer = null;
      void producer.then((each) => each.disconnect()).catch(() => undefined);
      throw error;
    }
  }

  private async connect(): Promise<Producer> {
    const producer = this.context.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }
}
