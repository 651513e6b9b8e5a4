import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { subgraphs } from '@crema/standalone';
import { Kafka, logLevel } from 'kafkajs';
import mongoose from 'mongoose';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';

/** The servers that a test runs on. */
export interface Servers {
  readonly sql: string;
  readonly mongodb: string;
  readonly kafka: string;
  readonly redis: string;
}

/** Databases, topics and a folder of a test's own. */
export interface Scratch {
  readonly folder: string;
  /** What tells every process where they are. */
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** Makes empty databases on the servers, with names that no other test has. */
export async function makeScratch(servers: Servers): Promise<Scratch> {
  const prefix = `e2e_${randomBytes(4).toString('hex')}`;
  const ofStorage = (storage: string) =>
    subgraphs.filter((each) => each.storage === storage).map(({ name }) => `${prefix}_${name}`);
  const folder = mkdtempSync(join(tmpdir(), 'crema-distributed-'));
  const tables = ofStorage('relational');
  await onSql(
    servers.sql,
    tables.map((name) => `CREATE DATABASE ${name}`),
  );
  return {
    folder,
    env: {
      // Ten processes and their replicas must not use up what connections a small server has.
      DATABASE_URL: `${servers.sql}/${prefix}_{name}?writers=4&readers=2`,
      DOCUMENTS_URL: `${servers.mongodb}/${prefix}_{name}`,
      EVENTS_URL: `${servers.kafka}?prefix=${prefix}.&partitions=4`,
      CACHE_URL: `${servers.redis}/${randomInt(1, 16)}`,
      SIGN_IN_TRIES_PER_ADDRESS: '100000',
    },
    remove: async () => {
      await onSql(
        servers.sql,
        tables.map((name) => `DROP DATABASE ${name}`),
      );
      for (const name of ofStorage('documents')) {
        const connection = await mongoose
          .createConnection(`${servers.mongodb}/${name}`)
          .asPromise();
        await connection.dropDatabase();
        await connection.close();
      }
      await removeTopics(servers.kafka, `${prefix}.`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function onSql(url: string, statements: readonly string[]): Promise<void> {
  if (url.startsWith('mysql:')) {
    const connection = await createConnection(url);
    for (const statement of statements) await connection.query(statement);
    await connection.end();
    return;
  }
  const client = new pg.Client(`${url}/postgres`);
  await client.connect();
  for (const statement of statements) {
    await client.query(statement.startsWith('DROP') ? `${statement} WITH (FORCE)` : statement);
  }
  await client.end();
}

async function removeTopics(url: string, prefix: string): Promise<void> {
  const brokers = url.replace('kafka://', '').split(',');
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
  if (topics.length > 0) await admin.deleteTopics({ topics });
  const { groups } = await admin.listGroups();
  const own = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(prefix));
  // A group whose last member has just left may not be empty yet; the broker forgets it in time.
  if (own.length > 0) await admin.deleteGroups(own).catch(() => undefined);
  await admin.disconnect();
}
