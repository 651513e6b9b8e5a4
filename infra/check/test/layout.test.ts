import { entriesOf, exists, filesBelow, subgraphNames, textOf } from './support.ts';

/** The rooms of a subgraph and the files at their door. Whoever knows one subgraph knows all. */
const ROOMS = [
  'entities/',
  'events/',
  'inputs/',
  'migrations/',
  'resolvers/',
  'services/',
  'types/',
];
const REQUIRED = ['main.ts', 'subgraph.ts'];
/** Left out where there is nothing to put into them; demo data too large for one file has several. */
const OPTIONAL = /^(config|demo|demo-[a-z-]+)\.ts$/;

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.ts$/;

/** What a README tells in this order, among what only its subgraph has to tell. */
const HEADINGS = ['## Events', '## Configuration', '## Run it alone', '## Gotchas'];

const headingsOf = (markdown: string): readonly string[] =>
  markdown
    .replace(/^```[\s\S]*?^```/gm, '')
    .split('\n')
    .filter((line) => line.startsWith('## '));

describe('supergraph.yaml', () => {
  it('names every subgraph and nothing else', () => {
    const folders = entriesOf('subgraphs').filter((entry) => entry !== 'kit/');
    expect(subgraphNames.map((name) => `${name}/`).sort()).toEqual(folders);
  });
});

describe.each(subgraphNames)('subgraphs/%s', (name) => {
  const folder = `subgraphs/${name}`;

  it('has what every subgraph has', () => {
    expect(entriesOf(folder)).toEqual(
      ['README.md', 'package.json', 'schema.graphql', 'src/', 'test/'].sort(),
    );
    expect(entriesOf(folder, 'src')).toEqual(expect.arrayContaining(REQUIRED));
    expect(JSON.parse(textOf(folder, 'package.json'))).toMatchObject({ name: `@crema/${name}` });
  });

  it('has no room of its own', () => {
    const unknown = entriesOf(folder, 'src').filter(
      (entry) => ![...ROOMS, ...REQUIRED].includes(entry) && !OPTIONAL.test(entry),
    );
    expect(unknown).toEqual([]);
  });

  it('has rooms without rooms in them, and files named in kebab case', () => {
    const files = [
      ...filesBelow(folder, 'src').map((file) => file.split('/').slice(1).join('/') || file),
      ...filesBelow(folder, 'test'),
    ];
    expect(files.filter((file) => !KEBAB_CASE.test(file))).toEqual([]);
  });

  it('starts in a file that does nothing else', () => {
    const lines = textOf(folder, 'src/main.ts').trim().split('\n');
    expect(lines.filter((line) => !/^import |^$/.test(line))).toEqual([
      `await runProcess(${name}, process.env);`,
    ]);
  });

  it('has tests, and how to make one for them', () => {
    expect(exists(folder, 'test/support.ts')).toBe(true);
    expect(filesBelow(folder, 'test').some((file) => file.endsWith('.test.ts'))).toBe(true);
  });

  it('runs all its tests on every server that may keep its data', () => {
    const keepsTables = textOf(folder, 'src/subgraph.ts').includes("storage: 'relational'");
    const servers = keepsTables ? ['mysql', 'postgres'] : ['mongodb'];
    const onServers = filesBelow(folder, 'test').filter((file) => file.startsWith('on-'));
    expect(onServers.sort()).toEqual(servers.map((server) => `on-${server}.test.ts`));
    for (const server of servers) {
      expect(textOf(folder, `test/on-${server}.test.ts`)).toContain(
        `\nonServer('${server}', '${name}', import.meta.dirname);\n`,
      );
    }
  });

  it('tells in its README what every other tells too, and where', () => {
    const headings = headingsOf(textOf(folder, 'README.md'));
    expect(headings.filter((heading) => HEADINGS.includes(heading))).toEqual(HEADINGS);
  });
});
