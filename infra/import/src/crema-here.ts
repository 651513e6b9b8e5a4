import { analytics } from '@crema/analytics';
import { cafes } from '@crema/cafes';
import {
  createMemoryCache,
  openEmbeddedEventLog,
  openSubgraph,
  silentLogger,
  systemClock,
  systemRandom,
  uuidV7,
  type Environment,
  type RunningSubgraph,
  type SubgraphDefinition,
} from '@crema/kit';
import { menu } from '@crema/menu';
import type { DataDir } from '@crema/standalone';
import type { Crema } from './crema.ts';

/** Those who make cafés and products, and who count sales. */
const NEEDED = [cafes, menu, analytics] as readonly SubgraphDefinition[];

/** Works on the data of a Crema that does not run, in its place: what others consume waits until it is started. */
export async function withCremaHere<Result>(
  { urlOf, secrets }: DataDir,
  env: Environment,
  { place, demo }: { place: string; demo: boolean },
  work: (crema: Crema) => Promise<Result>,
): Promise<Result> {
  const clock = systemClock;
  const log = silentLogger;
  const events = openEmbeddedEventLog({ url: urlOf('events'), clock, log });
  const cache = createMemoryCache(clock);
  const running: RunningSubgraph[] = [];
  try {
    for (const definition of NEEDED) {
      const platform = {
        ...{ events, cache, clock, log, random: systemRandom, ids: uuidV7(clock, systemRandom) },
        callerSecret: secrets.callerSecret,
        databaseUrl: urlOf,
        documentsUrl: urlOf,
      };
      running.push(await openSubgraph(definition, platform, env));
    }
    // As at a start: the cafés and products of the demo are those of the same names in a file.
    if (demo) for (const each of running) await each.loadDemo();
    for (const each of running) await each.start();

    const settle = async () => {
      for (;;) {
        await events.idle();
        const carried = await Promise.all(running.map(({ relay }) => relay?.nudge()));
        if (!carried.includes(true)) return;
      }
    };
    await settle();
    return await work({
      place,
      events,
      async tell(facts) {
        await events.append(facts);
        await events.idle();
      },
      async until(isSo) {
        await settle();
        return isSo();
      },
      async applied() {
        await settle();
        return true;
      },
    });
  } finally {
    for (const each of running) await each.stop();
    await events.close();
    await cache.close();
  }
}
