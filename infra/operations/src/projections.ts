/** Makes read models again from the event log, while Crema is stopped. Usage: npm run projections -- rebuild SUBGRAPH */
import { resolve } from 'node:path';
import {
  createMemoryCache,
  databaseUrlOf,
  openEventLog,
  openSubgraph,
  rebuildProjection,
  silentLogger,
  systemClock,
  systemRandom,
  uuidV7,
} from '@crema/kit';
import { openDataDir, subgraphs } from '@crema/standalone';
import { env, fail } from './data-dir.ts';

const [command, name] = process.argv.slice(2);
const definition = subgraphs.find((each) => each.name === name);
if (command !== 'rebuild' || !definition) fail('npm run projections -- rebuild SUBGRAPH');

const dataDir = openDataDir(resolve(env['DATA_DIR'] || '.data'), systemRandom);
const clock = systemClock;
const log = silentLogger;
const { EVENTS_URL, DATABASE_URL } = env;
const events = await openEventLog({ url: EVENTS_URL || dataDir.urlOf('events'), clock, log });
const { subgraph, database, stop } = await openSubgraph(
  definition,
  {
    events,
    cache: createMemoryCache(clock),
    clock,
    ids: uuidV7(clock, systemRandom),
    random: systemRandom,
    log,
    callerSecret: dataDir.secrets.callerSecret,
    databaseUrl: (of) => (DATABASE_URL ? databaseUrlOf(DATABASE_URL, of) : dataDir.urlOf(of)),
    documentsUrl: dataDir.urlOf,
  },
  { SEAL_SECRET: dataDir.secrets.sealSecret, ...env },
);
if (!database || !subgraph.projections) fail(`${name} has no projections.`);
for (const projection of subgraph.projections) {
  await rebuildProjection(projection, subgraph.consumers, { database, events, clock, log });
  console.log(`${name}: ${projection.name} is rebuilt.`);
}
await stop();
await events.close();
dataDir.release();
