import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRouter, type Router } from '@crema/router';
import type { GraphQLList } from 'graphql';
import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  typeFromAST,
  type DocumentNode,
  type GraphQLInputType,
} from 'graphql';
import * as sdk from '../src/index.ts';
import { textOf } from '../src/index.ts';
import { supergraph } from './support.ts';

/** The longest page that any field gives. */
const PAGE = 100;

const operations = Object.entries(sdk).filter(
  (entry): entry is [string, DocumentNode & (typeof entry)[1]] =>
    typeof entry[1] === 'object' &&
    'kind' in entry[1] &&
    entry[1].definitions[0]?.kind === Kind.OPERATION_DEFINITION,
);

const idOf = (document: DocumentNode): string =>
  createHash('sha256').update(textOf(document)).digest('hex');

/** As Apollo's tools write it. */
const manifest = JSON.stringify({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: operations.map(([name, document]) => ({
    id: idOf(document),
    name,
    type: 'query',
    body: textOf(document),
  })),
});

let router: Router;

beforeAll(async () => {
  const answer = { data: null, errors: [{ message: 'Nobody is here' }] };
  router = await createRouter({
    supergraph: readFileSync(`${import.meta.dirname}/../../../schema/supergraph.graphql`, 'utf8'),
    transports: () => ({
      execute: async () => answer,
      async *subscribe() {
        yield answer;
      },
    }),
    manifest,
    safelist: 'enforce',
  });
});

afterAll(() => router.close());

it.each(operations)(
  '%s is within all limits of the router, on the longest pages',
  async (_, document) => {
    const request = { persistedId: idOf(document), variables: variablesOf(document) };

    const events = router.subscribe(request);
    const result = isSubscription(document)
      ? (await events.next()).value
      : await router.execute(request);

    // What it asks for is fetched, or this visitor may not have it: nothing else is in its way.
    const codes = (result?.errors ?? []).map(({ extensions }) => extensions?.['code']);
    const expected = ['UNAUTHENTICATED', 'SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'];
    expect(codes.filter((code) => !expected.includes(String(code)))).toEqual([]);
    expect(codes).not.toEqual([]);
  },
);

function isSubscription({ definitions: [first] }: DocumentNode): boolean {
  return first?.kind === Kind.OPERATION_DEFINITION && first.operation === 'subscription';
}

/** Something for each variable: lists of one, pages of the longest kind. */
function variablesOf({ definitions: [first] }: DocumentNode): Record<string, unknown> {
  if (first?.kind !== Kind.OPERATION_DEFINITION) return {};
  return Object.fromEntries(
    (first.variableDefinitions ?? []).map(({ variable, type }) => {
      const name = variable.name.value;
      return [
        name,
        name === 'first' ? PAGE : valueOf(typeFromAST(supergraph, type) as GraphQLInputType),
      ];
    }),
  );
}

function valueOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType);
  if (isListType(type)) return [valueOf((type as GraphQLList<GraphQLInputType>).ofType)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(required.map((field) => [field.name, valueOf(field.type)]));
  }
  return SCALARS[type.name] ?? 'x';
}

const SCALARS: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
};
