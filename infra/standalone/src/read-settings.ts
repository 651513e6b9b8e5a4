import { Configuration } from '@crema/config';
import type { Environment } from '@crema/kit';
import { readConfig, subgraphEnvironment, type StandaloneConfig } from './config.ts';
import { settingGroups } from './settings.ts';
import { subgraphs } from './subgraphs.ts';

/** The configuration of all in one process: .env, Vault and the environment. Throws ConfigError. */
export const openConfiguration = (env: Environment): Configuration =>
  Configuration.open({
    name: 'standalone',
    env,
    defaultFile: '.env',
    shapes: settingGroups.map(({ shape }) => shape),
  });

/** Stands for the secret that the first start makes, which is long enough. */
const MADE_LATER = 'x'.repeat(32);

/** What concerns the whole. Throws ConfigError with every wrong value, those of all subgraphs included. */
export function readSettings(configuration: Configuration): StandaloneConfig {
  const mode = configuration.values['NODE_ENV'] === 'production' ? 'production' : 'development';
  const reads = subgraphs.map(
    ({ readConfig: readOwn }) =>
      (env: Environment) =>
        readOwn(subgraphEnvironment({ mode }, MADE_LATER, env)),
  );
  return configuration.read(readConfig, ...reads)[0];
}
