import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { UNIQUE_ID } from './unique-ids.ts';

/** An object is all that follows from its seed; an entity's seed is its type and id, wherever it is met. */
export interface Seeded {
  readonly __typename: string;
  readonly seed: string;
  readonly id?: string;
}

/** How many items each list has, by `Type.field`; others have `DEFAULT_ITEMS`. */
export type ListSizes = Readonly<Record<string, number>>;

const DEFAULT_ITEMS = 3;

/** So many entities there are of a type, so that some are met in several places. */
const ENTITIES = 40;
const WORDS = 'late light over the harbour and a slow train that nobody waits for any more'.split(
  ' ',
);

/** Resolves every field to a value that follows from its place alone, so that all subgraphs tell the same. */
export function generatedData(sizes: ListSizes): GraphQLFieldResolver<unknown, unknown> {
  return (parent, args, _context, info) => {
    // The SDL of a subgraph, which federation resolves.
    if (isRecord(parent) && !isSeeded(parent) && 'sdl' in parent) return parent['sdl'];
    const seed = isSeeded(parent) ? parent.seed : '';
    if (info.fieldName === 'id' && isSeeded(parent) && parent.id !== undefined) return parent.id;
    const own = `${seed}.${info.fieldName}${JSON.stringify(args)}`;
    const items = sizes[`${info.parentType.name}.${info.fieldName}`] ?? DEFAULT_ITEMS;
    return valueOf(info.returnType, own, items, info);
  };
}

/** The entity that a representation names. */
export function entityOf({ __typename, id }: { __typename: string; id: string }): Seeded {
  return { __typename, id, seed: `${__typename}:${id}` };
}

function valueOf(
  type: GraphQLOutputType,
  seed: string,
  items: number,
  info: GraphQLResolveInfo,
): unknown {
  const present = getNullableType(type);
  if (isListType(present)) {
    return Array.from({ length: items }, (_, index) =>
      valueOf(present.ofType, `${seed}.${index}`, items, info),
    );
  }
  const named = getNamedType(present);
  if (isEnumType(named)) return named.getValues()[hash(seed) % named.getValues().length]?.value;
  if (isObjectType(named)) return objectOf(named.name, seed, info.schema);
  if (isAbstractType(named)) {
    return objectOf(info.schema.getPossibleTypes(named)[0]?.name ?? '', seed, info.schema);
  }
  return leafOf(named.name, seed);
}

function objectOf(name: string, seed: string, schema: GraphQLSchema): Seeded {
  const type = schema.getType(name);
  const isEntity = isObjectType(type) && 'id' in type.getFields();
  return isEntity
    ? entityOf({ __typename: name, id: String(leafOf('ID', seed)) })
    : { __typename: name, seed };
}

function leafOf(type: string, seed: string): unknown {
  const number = hash(seed);
  switch (type) {
    case 'ID': {
      const [unique] = UNIQUE_ID.exec(seed) ?? [];
      return unique ? `${unique}-${number}` : String(number % ENTITIES);
    }
    case 'Int':
      return number % 1_000;
    case 'Float':
      return (number % 10_000) / 100;
    case 'Boolean':
      return number % 2 === 0;
    case 'Decimal':
      return ((number % 10_000) / 100).toFixed(2);
    case 'CurrencyCode':
      return 'EUR';
    case 'DateTime':
      return new Date(1_750_000_000_000 + (number % 1e9)).toISOString();
    default:
      return Array.from({ length: 6 }, (_, at) => WORDS[(number >> at) % WORDS.length]).join(' ');
  }
}

/** FNV-1a. The unique part of a seed changes no value but ids, so that answers are equal but for it. */
function hash(seed: string): number {
  let value = 0x811c9dc5;
  for (const character of seed.replace(UNIQUE_ID, '')) {
    value = Math.imul(value ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  return value >>> 1;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isSeeded(value: unknown): value is Seeded {
  return isRecord(value) && 'seed' in value;
}
