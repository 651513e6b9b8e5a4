import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CACHE_FOLDER, findProgram, portOf, programPath, run } from './programs.ts';
import { SERVICES_FOLDER } from './running.ts';
import type { Missing, Server } from './server.ts';

const port = portOf('kafka', 49092);
const controllerPort = portOf('kafka_controller', port + 1);
const VERSION = '4.1.1';
const dataFolder = join(SERVICES_FOLDER, 'kafka');
const properties = join(dataFolder, 'server.properties');
const jars = join(CACHE_FOLDER, `kafka-${VERSION}`);
const pom = resolve(import.meta.dirname, '../kafka/pom.xml');

/** Kafka's broker in KRaft mode: one node is broker and controller. */
export const kafka: Server = {
  name: 'kafka',
  port,
  url: `kafka://127.0.0.1:${port}`,
  program: 'kafka.Kafka',
  stopSignal: 'SIGTERM',
  dataFolder,

  missing() {
    const java: Missing = { what: 'Java', debian: 'openjdk-17-jre-headless' };
    const broker = existsSync(join(jars, `kafka_2.13-${VERSION}.jar`)) ? [] : missingJars();
    return [...(findProgram('java') ? [] : [java]), ...broker];
  },

  prepare() {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(
      properties,
      Object.entries(SETTINGS)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    // The id of the cluster only has to be one; 16 bytes in base64.
    run(programPath('java'), [
      ...['-cp', join(jars, '*'), 'kafka.tools.StorageTool', 'format'],
      ...['--cluster-id', 'Y3JlbWEtY29mZmVlLWthZg', '--config', properties],
    ]);
  },

  command: () => ({
    program: programPath('java'),
    args: [
      ...['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
      ...['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', join(jars, '*')],
      ...['kafka.Kafka', properties],
    ],
  }),

  async probe() {
    const { Kafka, logLevel } = await import('kafkajs');
    const admin = new Kafka({
      clientId: 'crema-services',
      brokers: [`127.0.0.1:${port}`],
      logLevel: logLevel.NOTHING,
      connectionTimeout: 2_000,
      retry: { retries: 0 },
    }).admin();
    await admin.connect();
    try {
      const { brokers } = await admin.describeCluster();
      if (brokers.length === 0) throw new Error('The broker has not joined its cluster yet.');
    } finally {
      await admin.disconnect();
    }
  },
};

const SETTINGS = {
  'process.roles': 'broker,controller',
  'node.id': 1,
  'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
  listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
  'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
  'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'controller.listener.names': 'CONTROLLER',
  'log.dirs': join(dataFolder, 'log'),
  // Topics are made by who owns them, with the number of partitions that they need.
  'auto.create.topics.enable': false,
  'offsets.topic.num.partitions': 5,
  'offsets.topic.replication.factor': 1,
  'transaction.state.log.num.partitions': 5,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  // A group of one does not wait for a second member.
  'group.initial.rebalance.delay.ms': 0,
  'log.segment.bytes': 16_777_216,
};

function missingJars(): readonly Missing[] {
  const maven: Missing = { what: 'Maven', debian: 'maven' };
  const copy = ['mvn', '-B', '-q', '-f', pom, 'dependency:copy-dependencies'];
  return [
    ...(findProgram('mvn') ? [] : [maven]),
    { what: `Kafka ${VERSION}`, command: [...copy, `-DoutputDirectory=${jars}`] },
  ];
}
