import { sourceSettings, vaultSettings } from '@crema/config';
import { processSettings } from '@crema/kit';
import { routerSettings } from '@crema/router';
import { z } from 'zod';
import { standaloneSettings } from './config.ts';
import { subgraphs } from './subgraphs.ts';

/** Settings that are read by one part. */
export interface SettingGroup {
  readonly title: string;
  readonly shape: z.ZodObject;
}

/** What docker-compose.yml and the tests read, which are no processes of Crema. */
const surroundings = z.object({
  MYSQL_PASSWORD: z.string().optional().meta({
    description: 'Of the server that docker compose starts.',
    secret: true,
  }),
  MONGODB_PASSWORD: z.string().optional().meta({
    description: 'Of the server that docker compose starts.',
    secret: true,
  }),
  CREMA_REQUIRE: z
    .string()
    .optional()
    .describe(
      'What must be there for tests, of services,browser,data. Suites whose need is neither here nor named are left out.',
    ),
});

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Every setting of Crema. One that several parts read is in several groups. */
export const settingGroups: readonly SettingGroup[] = [
  { title: 'Everything in one process: npm start', shape: standaloneSettings },
  { title: 'Where settings come from', shape: sourceSettings },
  { title: 'HashiCorp Vault', shape: vaultSettings },
  { title: 'The router by itself: npm run router', shape: routerSettings },
  { title: 'A subgraph by itself', shape: processSettings },
  ...subgraphs.flatMap(({ name, settings }) =>
    settings ? [{ title: capitalised(name), shape: settings }] : [],
  ),
  { title: 'Docker Compose, tests', shape: surroundings },
];
