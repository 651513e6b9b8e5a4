import { join } from 'node:path';
import { analytics } from '@crema/analytics';
import { cafes } from '@crema/cafes';
import { requirement, serviceUrl } from '@crema/check';
import {
  createMemoryCache,
  openEventLog,
  openSubgraph,
  silentLogger,
  systemClock,
  systemRandom,
  uuidV7,
  type SubgraphDefinition,
} from '@crema/kit';
import { createScratchDatabase } from '@crema/kit/testing';
import { menu } from '@crema/menu';
import { Kafka, logLevel } from 'kafkajs';
import {
  fileOf,
  importAt,
  lineOf,
  removeScratchFolders,
  rowsIn,
  salesIn,
  scratchFolder,
} from './support.ts';

const broker = serviceUrl('kafka');
const server = serviceUrl('postgres');

requirement('services', broker !== undefined && server !== undefined)(
  'an import on servers',
  () => {
    it('is applied by the subgraphs that run there, each sale once', async () => {
      const clock = systemClock;
      const log = silentLogger;
      const ids = uuidV7(clock, systemRandom);
      const prefix = `test-${ids.next()}.`;
      const url = `${broker!.replace(/\/$/, '')}?prefix=${prefix}&partitions=2&replication=1`;
      const database = await createScratchDatabase(server!);
      const folder = scratchFolder();
      const events = await openEventLog({ url, clock, log });
      const cache = createMemoryCache(clock);
      const urlOf = (name: string) => `file:${join(folder, `${name}.db`)}`;
      const running = [];
      for (const definition of [cafes, menu, analytics] as readonly SubgraphDefinition[]) {
        const platform = { events, cache, clock, ids, log, random: systemRandom };
        const places = { callerSecret: 'x'.repeat(32), databaseUrl: urlOf, documentsUrl: urlOf };
        running.push(await openSubgraph(definition, { ...platform, ...places }, {}));
      }
      for (const each of running) await each.start();

      const env = { EVENTS_URL: url, DATABASE_URL: database.url };
      const files = [fileOf([lineOf(1), lineOf(2)]), fileOf([lineOf(2), lineOf(3)])];
      const first = await importAt(folder, files[0]!, { env });
      const second = await importAt(folder, files[1]!, { env });

      expect(
        [first, second].map(({ fresh, known, isApplied }) => [
          rowsIn(fresh),
          rowsIn(known),
          isApplied,
        ]),
      ).toEqual([
        [2, 0, true],
        [1, 1, true],
      ]);
      expect((await salesIn(events)).map(({ transactionId }) => transactionId)).toEqual([
        '1',
        '2',
        '3',
      ]);

      for (const each of running) await each.stop();
      await events.close();
      await database.drop();
      const admin = new Kafka({
        brokers: [new URL(broker!).host],
        logLevel: logLevel.NOTHING,
      }).admin();
      await admin.connect();
      const topics = (await admin.listTopics()).filter((name) => name.startsWith(prefix));
      await admin.deleteTopics({ topics });
      await admin.disconnect();
      removeScratchFolders();
    }, 240_000);
  },
);
