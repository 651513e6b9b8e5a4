import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createMemoryCache } from './cache-memory.ts';
import { systemClock } from './clock.ts';
import { ConfigError, readEnvironment, wholeNumber, type Environment } from './config.ts';
import { openEmbeddedEventLog } from './event-log-embedded.ts';
import { systemRandom, uuidV7 } from './ids.ts';
import { createLogger } from './log.ts';
import { serveSubgraph } from './serve.ts';
import { openSubgraph } from './start-subgraph.ts';
import type { SubgraphDefinition } from './subgraph.ts';

const processConfig = z.object({
  PORT: wholeNumber(0, 65_535).default(4001),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.string().startsWith('file:', 'must be file:PATH').optional(),
  DOCUMENTS_URL: z.string().startsWith('file:', 'must be file:PATH').optional(),
  EVENTS_URL: z.string().startsWith('file:', 'must be file:PATH').optional(),
  CALLER_SECRET: z.string().min(32, 'must have at least 32 characters'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Runs one subgraph as a process until SIGTERM or SIGINT. A wrong setting ends it with code 1 and its name. */
export async function runProcess(definition: SubgraphDefinition, env: Environment): Promise<void> {
  try {
    await run(definition, env);
  } catch (error) {
    const lines =
      error instanceof ConfigError ? error.problems : [String((error as Error).message)];
    for (const line of lines) process.stderr.write(`${definition.name}: ${line}\n`);
    process.exitCode = 1;
  }
}

async function run(definition: SubgraphDefinition, env: Environment): Promise<void> {
  const config = readEnvironment(processConfig, env);
  mkdirSync(config.DATA_DIR, { recursive: true });
  const log = createLogger(definition.name, config.LOG_LEVEL);
  const clock = systemClock;
  const fileUrl = (name: string) => `file:${join(config.DATA_DIR, `${name}.db`)}`;
  const events = openEmbeddedEventLog({ url: config.EVENTS_URL ?? fileUrl('events'), clock, log });
  const cache = createMemoryCache(clock);
  const running = await openSubgraph(
    definition,
    {
      events,
      cache,
      clock,
      ids: uuidV7(clock, systemRandom),
      random: systemRandom,
      log,
      callerSecret: config.CALLER_SECRET,
      databaseUrl: (name) => config.DATABASE_URL ?? fileUrl(name),
      documentsUrl: (name) => config.DOCUMENTS_URL ?? fileUrl(name),
    },
    env,
  );
  await running.start();
  const served = await serveSubgraph(running, config.PORT, config.HOST);
  log.info({ url: served.url }, 'ready');

  const stop = async () => {
    log.info({}, 'draining');
    await served.close();
    await running.stop();
    await events.close();
    await cache.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
}
