import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requirement, serviceUrl } from './requirement.ts';

/** How tests are told to keep what they keep on a server. */
const SERVERS = {
  mysql: { title: 'MySQL', variable: 'CREMA_TEST_DATABASE' },
  postgres: { title: 'PostgreSQL', variable: 'CREMA_TEST_DATABASE' },
  mongodb: { title: 'MongoDB', variable: 'CREMA_TEST_DOCUMENTS' },
} as const;

/**
 * Runs every suite of a subgraph's test folder once more, with its data on a real server. Suites that ask for
 * servers themselves are left to themselves.
 */
export function onServer(name: keyof typeof SERVERS, subgraph: string, folder: string): void {
  const { title, variable } = SERVERS[name];
  const url = serviceUrl(name);
  requirement('services', url !== undefined)(`${subgraph} on ${title}`, () => {
    beforeAll(() => {
      process.env[variable] = url;
    });

    for (const suite of suitesIn(folder)) require(suite);
  });
}

const suitesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(folder, file))
    .filter((path) => !/\b(serviceUrl|onServer)\(/.test(readFileSync(path, 'utf8')))
    .sort();
