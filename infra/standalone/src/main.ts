import { existsSync } from 'node:fs';
import { ConfigError } from '@crema/kit';
import { readConfig, type StandaloneConfig } from './config.ts';
import { StartError } from './data-dir.ts';
import { openCrema, type Crema } from './standalone.ts';
import { welcome } from './welcome.ts';

// What the environment already says goes before what the file says.
if (existsSync('.env')) process.loadEnvFile('.env');

void main();

async function main(): Promise<void> {
  try {
    stopOnSignals(await start(readConfig(process.env)));
  } catch (error) {
    process.exitCode = 1;
    for (const line of linesOf(error)) console.error(line);
    // Whatever was opened before the failure would keep the process alive.
    process.exit();
  }
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.problems;
  if (error instanceof StartError) return [error.message];
  return [(error as Error).stack ?? String(error)];
}

async function start(config: StandaloneConfig): Promise<Crema> {
  const crema = await openCrema(config, process.env);
  const { url } = await crema.listen();
  // Since the process began, reading its own code included.
  const seconds = (performance.now() / 1000).toFixed(1);
  const { mode, demo, dataDir: data } = config;
  const outbox = new URL('/dev/outbox', url).href;
  const password = process.env['DEMO_PASSWORD'] ?? 'espresso-macchiato-42';
  console.log(welcome(url, { mode, demo, data, outbox }, password, seconds));
  return crema;
}

function stopOnSignals(crema: Crema): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    console.log('Finishing what is under way …');
    crema.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
}
