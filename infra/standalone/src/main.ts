import { ConfigError, type Configuration } from '@crema/config';
import { InvalidHooksError, InvalidManifestError } from '@crema/router';
import { standaloneSettings } from './config.ts';
import { StartError } from './data-dir.ts';
import { openConfiguration, readSettings } from './read-settings.ts';
import { openCrema, type Crema } from './standalone.ts';
import { welcome } from './welcome.ts';

void main();

async function main(): Promise<void> {
  try {
    stopOnSignals(await start(await configured()));
  } catch (error) {
    process.exitCode = 1;
    for (const line of linesOf(error)) console.error(line);
    // Whatever was opened before the failure would keep the process alive.
    process.exit();
  }
}

/** What whoever started it can put right. */
const EXPECTED = [StartError, InvalidManifestError, InvalidHooksError];

function linesOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.lines;
  const isExpected = EXPECTED.some((kind) => error instanceof kind);
  if (isExpected) return [(error as Error).message];
  return [(error as Error).stack ?? String(error)];
}

/** All settings, Vault's included; what nobody reads is named, for it may be a mistake. */
async function configured(): Promise<Configuration> {
  const configuration = openConfiguration(process.env);
  await askVault(configuration);
  for (const { name, origin } of configuration.unknown) {
    console.error(`${name} is no setting of npm start (${origin}).`);
  }
  return configuration;
}

async function askVault(configuration: Configuration): Promise<void> {
  const { vault } = configuration;
  if (!vault) return;
  const { START_TIMEOUT_S: seconds } = configuration.readEarly(
    standaloneSettings.pick({ START_TIMEOUT_S: true }),
  );
  await configuration.askVault(
    (reason) => console.error(`Waiting for Vault: ${vault.address} ${reason}.`),
    seconds * 1_000,
  );
}

async function start(configuration: Configuration): Promise<Crema> {
  const config = readSettings(configuration);
  const env = configuration.values;
  const crema = await openCrema(config, env);
  configuration.watchVault(crema.log);
  const { url } = await crema.listen();
  // Since the process began, reading its own code included.
  const seconds = (performance.now() / 1000).toFixed(1);
  const { mode, demo, dataDir: data } = config;
  const outbox = new URL('/dev/outbox', url).href;
  const password = env['DEMO_PASSWORD'] ?? 'espresso-macchiato-42';
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
