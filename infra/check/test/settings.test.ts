import { exists, subgraphNames, textOf } from './support.ts';

/** Where processes read their variables. */
const READERS = [
  'infra/standalone/src/config.ts',
  'router/src/config.ts',
  'subgraphs/kit/src/process/process-config.ts',
  ...subgraphNames.map((name) => `subgraphs/${name}/src/config.ts`),
].filter((file) => exists(file));

/** The keys in capitals of the shapes in a file. */
const variablesIn = (file: string): readonly string[] =>
  [...textOf(file).matchAll(/^\s+([A-Z][A-Z\d_]+): (?!{)/gm)].map(([, name]) => name!);

const listed = new Set(
  [...textOf('.env.example').matchAll(/^([A-Z][A-Z\d_]+)=/gm)].map(([, name]) => name!),
);

describe('.env.example', () => {
  it.each(READERS)('lists every variable of %s', (file) => {
    expect(variablesIn(file).filter((name) => !listed.has(name))).toEqual([]);
  });

  it('lists nothing that nobody reads', () => {
    const compose = [...textOf('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)];
    const read = new Set([
      ...READERS.flatMap(variablesIn),
      ...compose.map(([, name]) => name!),
      'CREMA_REQUIRE',
    ]);
    expect([...listed].filter((name) => !read.has(name))).toEqual([]);
  });
});
