/** What `kafka://HOST:PORT[,HOST:PORT…][?prefix=…&partitions=…&replication=…]` says. */
export interface KafkaSettings {
  /** HOST:PORT of the brokers that are asked first. */
  readonly brokers: readonly string[];
  /** Stands before the name of every topic and group, where several share a cluster. */
  readonly prefix: string;
  /** Of the topics that are made here; those that exist stay as they are. */
  readonly partitions: number;
  /** Copies of each topic that is made here; null for as many as there are brokers, up to three. */
  readonly replication: number | null;
}

const SCHEME = 'kafka://';
const DEFAULT_PORT = 9092;
const DEFAULT_PARTITIONS = 8;
/** What Kafka allows in the names of topics. */
const PREFIX = /^[A-Za-z0-9._-]{0,100}$/;

/** Throws an error that names what is wrong. */
export function readKafkaUrl(url: string): KafkaSettings {
  const [hosts = '', query = ''] = url.slice(SCHEME.length).split('?');
  const brokers = hosts.replace(/\/$/, '').split(',').filter(Boolean).map(withPort);
  if (!url.startsWith(SCHEME) || brokers.length === 0) {
    throw new Error('An event log on Kafka is named by kafka://HOST:PORT[,HOST:PORT…]');
  }
  const parameters = new URLSearchParams(query);
  const prefix = parameters.get('prefix') ?? '';
  if (!PREFIX.test(prefix)) throw new Error(`prefix=${prefix} is no part of a topic's name`);
  return {
    brokers,
    prefix,
    partitions: count(parameters, 'partitions') ?? DEFAULT_PARTITIONS,
    replication: count(parameters, 'replication'),
  };
}

const withPort = (host: string): string => (/:\d+$/.test(host) ? host : `${host}:${DEFAULT_PORT}`);

function count(parameters: URLSearchParams, name: string): number | null {
  const value = parameters.get(name);
  if (value === null) return null;
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new Error(`${name}=${value} is not a whole number`);
  return Number(value);
}
