import { parse, visit, type DocumentNode } from 'graphql';
import { generate, staleFiles, type Generated } from '../src/generated-files.ts';
import { root } from '../src/project.ts';
import { subgraphNames } from './support.ts';

let generated: Generated;

beforeAll(async () => {
  generated = await generate(root);
}, 60_000);

describe('what is made from the code', () => {
  it('can be made: every subgraph opens, and all of them compose', () => {
    expect(generated.problems).toEqual([]);
  });

  it('is committed as it is made now; `npm run schema` renews it', () => {
    expect(staleFiles(root, generated)).toEqual([]);
  });
});

/** Everything in an SDL that has no description, by its path. */
function undescribed(document: DocumentNode): readonly string[] {
  const found: string[] = [];
  const path: string[] = [];
  visit(document, {
    enter(node) {
      if (!('name' in node) || !node.name || !node.kind.endsWith('Definition')) return;
      path.push(node.name.value);
      if (!('description' in node) || !node.description?.value.trim()) found.push(path.join('.'));
    },
    leave(node) {
      if ('name' in node && node.name && node.kind.endsWith('Definition')) path.pop();
    },
  });
  // The roots are one type in all subgraphs, and federation's own.
  return found.filter((name) => !['Query', 'Mutation', 'Subscription'].includes(name));
}

describe.each(subgraphNames)('the schema of %s', (name) => {
  it('describes everything in it', () => {
    const sdl = generated.files.get(`subgraphs/${name}/schema.graphql`);
    expect(sdl && undescribed(parse(sdl))).toEqual([]);
  });
});
