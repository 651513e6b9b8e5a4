import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { getDocumentNodeFromSchema } from '@graphql-tools/utils';
import {
  isObjectType,
  Kind,
  parse,
  visit,
  type ASTVisitor,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql';
import type { Context } from './context.ts';
import { Refusal } from '../errors.ts';
import { validateInput } from '../validation.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@authenticated", "@requiresScopes", "@cost", "@listSize", "@cacheTag", "@inaccessible", "@tag"])`;

/** Finds the entities of a type that another subgraph refers to, by their keys. */
export type ResolveReference<Entity> = (
  reference: { __typename: string; id: string },
  context: Context,
) => Promise<Entity | null> | Entity | null;

/** The events of one subscription field for one subscriber. Who may not listen is refused by throwing. */
export type SubscribeTo = (
  args: Readonly<Record<string, unknown>>,
  context: Context,
) => AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>;

export interface SchemaOptions {
  /** Instances of the resolver classes, wired by hand. */
  resolvers: readonly object[];
  /** Types that no field here leads to, such as an entity that is only given fields. */
  types?: readonly Function[];
  /** For each entity type of this subgraph that others refer to. */
  references?: Readonly<Record<string, ResolveReference<unknown>>>;
  /** For each subscription field; the resolver's method turns an event into the answer. */
  subscriptions?: Readonly<Record<string, SubscribeTo>>;
}

/** TypeGraphQL asks for a broker wherever there is a subscription; ours come from `subscriptions`. */
const noBroker = {
  publish: () => undefined,
  subscribe: (topic: string): never => {
    throw new Error(`the subscription ${topic} is missing in createSchema`);
  },
};

/** The executable federated schema of TypeGraphQL classes. */
export function createSchema({
  resolvers,
  types = [],
  references = {},
  subscriptions = {},
}: SchemaOptions): GraphQLSchema {
  const instances = new Map<unknown, object>(resolvers.map((each) => [each.constructor, each]));
  const plain = buildSchemaSync({
    resolvers: [...instances.keys()] as unknown as NonEmptyArray<Function>,
    orphanedTypes: [...types],
    container: { get: (resolver) => instances.get(resolver) },
    validateFn: validateInput,
    pubSub: noBroker,
    skipCheck: true,
  });
  const { definitions } = visit(getDocumentNodeFromSchema(plain), argumentsAsWritten);
  const typeDefs: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      ...parse(LINK).definitions,
      ...definitions.filter(({ kind }) => kind !== Kind.SCHEMA_DEFINITION),
    ],
  };
  return buildSubgraphSchema({
    typeDefs,
    resolvers: resolversOf(plain, references, subscriptions),
  });
}

/** TypeScript applies the decorators of a method's parameters from the last to the first. */
const argumentsAsWritten: ASTVisitor = {
  FieldDefinition: (field) => ({ ...field, arguments: [...(field.arguments ?? [])].reverse() }),
};

type ResolverMap = Record<string, Record<string, unknown>>;

function resolversOf(
  schema: GraphQLSchema,
  references: Readonly<Record<string, ResolveReference<unknown>>>,
  subscriptions: Readonly<Record<string, SubscribeTo>>,
) {
  const map = createResolversMap(schema) as ResolverMap;
  for (const [name, fields] of Object.entries(map)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    for (const field of Object.keys(fields)) {
      if (isPlainRead(name, field)) delete fields[field];
      else if (name === 'Mutation') fields[field] = answeringRefusals(schema, field, fields[field]);
    }
  }
  for (const [name, subscribe] of Object.entries(subscriptions)) {
    map['Subscription']![name] = {
      ...(map['Subscription']![name] as object),
      subscribe: (_root: unknown, args: Record<string, unknown>, context: Context) =>
        subscribe(args, context),
    };
  }
  for (const [name, resolve] of Object.entries(references)) {
    map[name] = { ...map[name], __resolveReference: resolve };
  }
  return map as Parameters<typeof buildSubgraphSchema>[0] extends { resolvers?: infer R }
    ? R
    : never;
}

/** What of TypeGraphQL's metadata tells a method from a property. It is global, and exported nowhere. */
interface FieldResolvers {
  readonly fieldResolvers: readonly {
    readonly kind: 'internal' | 'external';
    readonly schemaName: string;
    readonly methodName: string;
    readonly target: Function;
    getObjectType?(): Function;
  }[];
  readonly objectTypes: readonly { readonly name: string; readonly target: Function }[];
}

/**
 * TypeGraphQL gives even a plain property an asynchronous resolver. What is a property or a getter is read
 * by graphql-js itself, several times as fast; a menu has thousands of them.
 */
function isPlainRead(typeName: string, fieldName: string): boolean {
  if (['Query', 'Mutation', 'Subscription'].includes(typeName)) return false;
  const { fieldResolvers, objectTypes } = (
    globalThis as unknown as { TypeGraphQLMetadataStorage: FieldResolvers }
  ).TypeGraphQLMetadataStorage;
  const namesOf = (target: Function) =>
    objectTypes.filter((each) => each.target === target).map(({ name }) => name);
  return !fieldResolvers.some(({ kind, schemaName, methodName, target, getObjectType }) => {
    if (schemaName !== fieldName) return false;
    if (!namesOf(getObjectType?.() ?? target).includes(typeName)) return false;
    if (kind === 'external') return true;
    const prototype = target.prototype as object;
    return typeof Object.getOwnPropertyDescriptor(prototype, methodName)?.value === 'function';
  });
}

/** A refusal is an answer, not a failure, where the payload has `userErrors`. */
function answeringRefusals(schema: GraphQLSchema, field: string, resolve: unknown) {
  const type = schema.getMutationType()!.getFields()[field]!.type;
  const payload = 'ofType' in type ? type.ofType : type;
  if (!isObjectType(payload) || !('userErrors' in payload.getFields())) return resolve;
  const answer: GraphQLFieldResolver<unknown, Context> = async (...parameters) => {
    try {
      return await (resolve as GraphQLFieldResolver<unknown, Context>)(...parameters);
    } catch (error) {
      if (error instanceof Refusal) return { userErrors: error.problems };
      throw error;
    }
  };
  return answer;
}
