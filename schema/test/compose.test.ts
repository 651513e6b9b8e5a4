import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printSchema } from 'graphql';
import { apiSchemaOf, composeSupergraph, SupergraphError } from '../src/index.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@authenticated", "@shareable"])';

const BOOKS = `${LINK}
type Book @key(fields: "id") { id: ID! "As on the cover." title: String! }
type Query { book(id: ID!): Book @authenticated }`;

const REVIEWS = `${LINK}
type Book @key(fields: "id") { id: ID! stars: Int }`;

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Writes SDLs and a supergraph.yaml that names them, and gives its path. */
function write(sdls: Record<string, string>, yaml?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'crema-schema-'));
  folders.push(folder);
  for (const [name, sdl] of Object.entries(sdls)) {
    if (sdl) writeFileSync(join(folder, `${name}.graphql`), sdl);
  }
  const lines = Object.keys(sdls).map(
    (name) =>
      `  ${name}: { routing_url: http://${name}/graphql, schema: { file: ./${name}.graphql } }`,
  );
  const path = join(folder, 'supergraph.yaml');
  writeFileSync(path, yaml ?? ['subgraphs:', ...lines].join('\n'));
  return path;
}

function problemsOf(path: string): readonly string[] {
  try {
    composeSupergraph(path);
  } catch (error) {
    if (error instanceof SupergraphError) return error.problems;
    throw error;
  }
  throw new Error('it composed');
}

describe('composing', () => {
  it('makes one graph of all subgraphs, for routers and for clients', () => {
    const { supergraphSdl } = composeSupergraph(write({ books: BOOKS, reviews: REVIEWS }));
    expect(supergraphSdl).toContain('@join__graph(name: "books", url: "http://books/graphql")');
    const api = printSchema(apiSchemaOf(supergraphSdl));
    expect(api).toContain('"""As on the cover."""\n  title: String!\n  stars: Int');
    expect(api).not.toMatch(/join__|@authenticated/);
  });

  it('lets the owner of an entity describe it, and everybody their own fields', () => {
    const owner = BOOKS.replace('type Book', '"Something to read." type Book').replace(
      'id: ID!',
      'id: ID! isbn: String',
    );
    const stub = '"Known here by its id." type Book @key(fields: "id", resolvable: false)';
    const path = write({
      lending: `${LINK} ${stub} { id: ID! }`,
      reviews: `${LINK} "To be rated." type Book @key(fields: "id") { id: ID! "1 to 5." stars: Int }`,
      books: owner,
    });
    const { supergraphSdl, hints } = composeSupergraph(path);
    const api = printSchema(apiSchemaOf(supergraphSdl));
    expect(api).toContain('"""Something to read."""\ntype Book');
    expect(api).toContain('"""1 to 5."""\n  stars: Int');
    expect(hints).toEqual([]);
  });

  it('gives the same text each time', () => {
    const path = write({ books: BOOKS, reviews: REVIEWS });
    expect(composeSupergraph(path)).toEqual(composeSupergraph(path));
  });

  it('says why subgraphs do not go together', () => {
    const wrong = REVIEWS.replace('stars: Int', 'stars: Int title: Int');
    const problems = problemsOf(write({ books: BOOKS, reviews: wrong }));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(/^[A-Z_]+: .*Book\.title/);
  });

  it('names the subgraph whose schema cannot be read', () => {
    expect(problemsOf(write({ books: BOOKS, reviews: 'type Book {' }))).toEqual([
      'reviews: Syntax Error: Expected Name, found <EOF>.',
    ]);
  });

  it('names every file that is missing', () => {
    expect(problemsOf(write({ books: '', reviews: '' }))).toEqual([
      expect.stringMatching(/^books: .*books\.graphql does not exist$/),
      expect.stringMatching(/^reviews: .*reviews\.graphql does not exist$/),
    ]);
  });

  it('says what is wrong with the list of subgraphs', () => {
    const yaml = 'subgraphs: { books: { routing_url: nowhere, schema: { path: x } } }';
    expect(problemsOf(write({ books: BOOKS }, yaml))).toEqual([
      expect.stringContaining('subgraphs.books.routing_url: '),
      expect.stringContaining('subgraphs.books.schema.file: '),
    ]);
  });
});
