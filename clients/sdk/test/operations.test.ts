import { Kind, validate, type DocumentNode } from 'graphql';
import * as sdk from '../src/index.ts';
import { textOf } from '../src/index.ts';
import { supergraph } from './support.ts';

const documents = Object.entries(sdk).filter(
  (entry): entry is [string, DocumentNode & (typeof entry)[1]] =>
    typeof entry[1] === 'object' && 'kind' in entry[1],
);
const operations = documents.filter(
  ([, { definitions }]) => definitions[0]?.kind === Kind.OPERATION_DEFINITION,
);

describe('the operations of clients', () => {
  it.each(operations)('%s is valid and called as it is exported', (name, document) => {
    expect(validate(supergraph, document)).toEqual([]);
    const [operation] = document.definitions;
    expect(operation?.kind === Kind.OPERATION_DEFINITION && operation.name?.value).toBe(name);
  });

  it('reach every field that a client can begin with', () => {
    const used = operations.map(([, document]) => textOf(document)).join('\n');
    const roots = [
      supergraph.getQueryType(),
      supergraph.getMutationType(),
      supergraph.getSubscriptionType(),
    ].flatMap((type) => Object.keys(type!.getFields()));
    // People look at themselves and at all users; a single stranger or a stranger's wallet is for support tools.
    const left = roots.filter((field) => !new RegExp(`\\b${field}\\b`).test(used));
    expect(left).toEqual(['user', 'wallet'].filter((field) => left.includes(field)));
  });
});
