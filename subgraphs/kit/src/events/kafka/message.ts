import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { StoredEvent } from '../event-contract.ts';
import type { DeadLetter, LoggedEvent } from '../event-log.ts';

/**
 * An event as a Kafka record: CloudEvents 1.0 in binary content mode, with the aggregate's id as the key.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
 */
export const toRecord = (event: StoredEvent): Message => ({
  key: event.key,
  value: JSON.stringify(event.data ?? null),
  headers: {
    'content-type': 'application/json; charset=utf-8',
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_source: event.source,
    ce_type: event.type,
    ce_time: event.time,
    ce_subject: event.key,
    ce_version: String(event.version),
    ...(event.traceparent !== undefined && { traceparent: event.traceparent }),
    ...(event.tracestate !== undefined && { tracestate: event.tracestate }),
  },
});

/** A record of an event that has its place elsewhere, and takes it along. */
export const toPlacedRecord = (event: LoggedEvent): Message => {
  const record = toRecord(event);
  return {
    ...record,
    headers: {
      ...record.headers,
      'event-topic': event.topic,
      'event-partition': String(event.partition),
      'event-position': String(event.position),
    },
  };
};

/** A dead letter as a record; letters of one group and event share a key, and the last one holds. */
export const toLetterRecord = (letter: DeadLetter): Message => {
  const record = toPlacedRecord(letter.event);
  return {
    ...record,
    key: letterKey(letter.group, letter.event.id),
    headers: {
      ...record.headers,
      'dlq-group': letter.group,
      'dlq-error': letter.error,
      'dlq-attempts': String(letter.attempts),
      'dlq-failed-at': letter.failedAt,
    },
  };
};

export const letterKey = (group: string, eventId: string): string => `${group}/${eventId}`;

type Received = Pick<KafkaMessage, 'value' | 'headers' | 'offset'>;

/** Reads an event and its place. Throws where the record is none of ours. */
export function toEvent(topic: string, partition: number, record: Received): LoggedEvent {
  const { headers = {}, value, offset } = record;
  if (!value || headers['ce_id'] === undefined) throw new Error('The record is no CloudEvent');
  const traceparent = optional(headers, 'traceparent');
  const tracestate = optional(headers, 'tracestate');
  return {
    id: text(headers, 'ce_id'),
    type: text(headers, 'ce_type'),
    version: Number(text(headers, 'ce_version')),
    topic: optional(headers, 'event-topic') ?? topic,
    key: text(headers, 'ce_subject'),
    source: text(headers, 'ce_source'),
    time: text(headers, 'ce_time'),
    data: JSON.parse(value.toString()),
    ...(traceparent !== undefined && { traceparent }),
    ...(tracestate !== undefined && { tracestate }),
    partition: Number(optional(headers, 'event-partition') ?? partition),
    position: Number(optional(headers, 'event-position') ?? offset),
  };
}

export const toLetter = (topic: string, partition: number, record: Received): DeadLetter => ({
  group: text(record.headers ?? {}, 'dlq-group'),
  event: toEvent(topic, partition, record),
  error: text(record.headers ?? {}, 'dlq-error'),
  attempts: Number(text(record.headers ?? {}, 'dlq-attempts')),
  failedAt: text(record.headers ?? {}, 'dlq-failed-at'),
});

function text(headers: IHeaders, name: string): string {
  const value = optional(headers, name);
  if (value === undefined) throw new Error(`The record has no header ${name}`);
  return value;
}

const optional = (headers: IHeaders, name: string): string | undefined => headers[name]?.toString();
