import {
  Kind,
  OperationTypeNode,
  parse,
  print,
  valueFromASTUntyped,
  type FieldNode,
  type OperationDefinitionNode,
} from 'graphql';
import { fragmentsOf } from '../execution/collect-fields.ts';
import type { CacheRules } from './cache-rules.ts';
import { formattedTag, subgraphTag, typeTag } from './entry-tags.ts';
import { FetchShapes, type FetchShape } from './fetch-shape.ts';

type Variables = Readonly<Record<string, unknown>>;

/** What is selected in one go: of the root, or of the entities of one `_entities` field. */
export interface Selected {
  /** Names what is asked for, but for the values of variables and the entities. */
  readonly asked: string;
  readonly shape: FetchShape;
  /** Tags of every answer to it. */
  readonly tags: readonly string[];
}

export interface SelectedEntities extends Selected {
  readonly responseName: string;
  /** The variable that holds the representations. */
  readonly variable: string;
}

/** An operation for a subgraph, as the cache sees it. */
export type FetchedOperation =
  | { readonly kind: 'change' }
  | {
      readonly kind: 'root';
      readonly selected: Selected;
      /** The tags that its root fields have with these variables. */
      readonly tagsWith: (variables: Variables) => readonly string[];
    }
  | { readonly kind: 'entities'; readonly batches: readonly SelectedEntities[] };

/** Reads an operation that a plan has for a subgraph. */
export function readFetchedOperation(
  query: string,
  subgraph: string,
  rules: CacheRules,
): FetchedOperation {
  const document = parse(query, { noLocation: true });
  const operation = document.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation?.operation !== OperationTypeNode.QUERY) return { kind: 'change' };
  const fragments = fragmentsOf(document);
  const printedFragments = [...fragments.values()].map(print).join('\n');
  const root = rules.schema.getQueryType() ?? undefined;

  const selectedOf = (node: OperationDefinitionNode | FieldNode): Selected => {
    const shapes = new FetchShapes(rules.schema, fragments);
    const set = node.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] };
    const shape = shapes.of([[node === operation ? root : undefined, set]]);
    return {
      asked: `${subgraph} ${print(set)} ${printedFragments}`,
      shape,
      tags: [subgraphTag(subgraph), ...[...shapes.types].map(typeTag)],
    };
  };

  const fields = operation.selectionSet.selections;
  const batches = fields.flatMap((field) => {
    const variable = field.kind === Kind.FIELD ? representationsOf(field) : undefined;
    if (field.kind !== Kind.FIELD || variable === undefined) return [];
    const responseName = (field.alias ?? field.name).value;
    return [{ ...selectedOf(field), responseName, variable }];
  });
  if (batches.length > 0 && batches.length === fields.length) return { kind: 'entities', batches };
  return {
    kind: 'root',
    selected: selectedOf(operation),
    tagsWith: rootTags(operation, subgraph, rules),
  };
}

function representationsOf({ name, arguments: args = [] }: FieldNode): string | undefined {
  if (name.value !== '_entities') return undefined;
  const value = args.find((argument) => argument.name.value === 'representations')?.value;
  return value?.kind === Kind.VARIABLE ? value.name.value : undefined;
}

/** The tags that `@cacheTag` gives the root fields of an operation, by their arguments. */
function rootTags(
  { selectionSet, variableDefinitions = [] }: OperationDefinitionNode,
  subgraph: string,
  rules: CacheRules,
): (variables: Variables) => readonly string[] {
  const root = rules.schema.getQueryType();
  const defaults = Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
  const formats = selectionSet.selections.flatMap((node) => {
    if (node.kind !== Kind.FIELD || !root) return [];
    const known = root.getFields()[node.name.value]?.args ?? [];
    const unsaid = Object.fromEntries(known.map(({ name, defaultValue }) => [name, defaultValue]));
    return rules
      .formatsOf(subgraph, `${root.name}.${node.name.value}`)
      .map((format) => ({ format, unsaid, args: node.arguments ?? [] }));
  });
  return (variables) =>
    formats.map(({ format, unsaid, args }) => {
      const all = { ...defaults, ...variables };
      const values: Variables = {
        ...unsaid,
        ...Object.fromEntries(
          args.map(({ name, value }) => [name.value, valueFromASTUntyped(value, all)]),
        ),
      };
      return formattedTag(format, (path) => values[path]);
    });
}
