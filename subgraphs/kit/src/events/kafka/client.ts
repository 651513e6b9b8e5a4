import { Kafka, logLevel, type Admin, type LogEntry } from 'kafkajs';
import './timers.ts';
import type { Clock } from '../../clock.ts';
import type { KafkaSettings } from './settings.ts';
import type { Ids } from '../../ids.ts';
import type { Logger } from '../../log.ts';

const CONNECT_MS = 1_000;
const REQUEST_MS = 5_000;
const ADMIN_MS = 15_000;
const CLOSE_MS = 3_000;

/** What every part of the log on Kafka works with. */
export interface KafkaContext {
  readonly kafka: Kafka;
  readonly admin: KafkaAdmin;
  readonly settings: KafkaSettings;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** A client that gives up soon: whoever uses it knows when to try again, with a new connection. */
export const kafkaClient = (settings: KafkaSettings, log: Logger): Kafka =>
  new Kafka({
    clientId: 'crema',
    brokers: [...settings.brokers],
    connectionTimeout: CONNECT_MS,
    requestTimeout: REQUEST_MS,
    retry: { retries: 4, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => log.debug(describe(entry), entry.log.message),
  });

const describe = ({ namespace, log: { message: _, timestamp: __, ...fields } }: LogEntry) => ({
  ...fields,
  from: `kafkajs ${namespace}`,
});

/** One connection for questions, made when it is needed and again after it failed. */
export class KafkaAdmin {
  private connected: Promise<Admin> | null = null;

  constructor(
    private readonly kafka: Kafka,
    private readonly clock: Clock,
  ) {}

  async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    const connected = (this.connected ??= this.connect());
    try {
      return await within(this.clock, ADMIN_MS, connected.then(question), 'Kafka does not answer');
    } catch (error) {
      if (this.connected === connected) this.connected = null;
      void connected.then((admin) => admin.disconnect()).catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    const connected = this.connected;
    this.connected = null;
    await ended(
      this.clock,
      connected?.then((admin) => admin.disconnect()),
    );
  }

  private async connect(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }
}

/** Rejects with the message when the work takes longer; the work itself goes on unheard. */
export function within<T>(clock: Clock, ms: number, work: Promise<T>, late: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(new Error(`${late} within ${ms} ms`)));
    work.finally(cancel).then(resolve, reject);
  });
}

/** Waits for a farewell, but not for long: who says it may talk to a broker that is gone. */
export async function ended(clock: Clock, farewell: Promise<unknown> | undefined): Promise<void> {
  if (!farewell) return;
  await within(clock, CLOSE_MS, farewell, 'The connection did not end').catch(() => undefined);
}
