import { Kind, parse, type DocumentNode, type SelectionSetNode } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { AskedFields } from './asked-fields.ts';
import { fetchesOf } from './plan-fetches.ts';
import type { EntityBatch, EntityFetch, Plan, PlanNode, PlanPath, Requirement } from './plan.ts';

/** What one place is asked of a subgraph that knows an interface as an object. */
interface Asking {
  readonly path: PlanPath;
  readonly interfaceName: string;
  readonly fields: ReadonlySet<string>;
  readonly requires: readonly Requirement[];
}

/**
 * Whether a plan fetches a field of an interface object for some of the types that it is asked of, and not for others.
 * Hive's planner does so where it makes one fetch of two, each for a type of its own: it keeps what the one requires, and
 * the fields of the other type would be null.
 */
export function forgetsTypes(
  { interfaceObjects, fullSchema, subtypes }: Supergraph,
  document: DocumentNode,
  operationName: string | undefined,
  { node }: Plan,
): boolean {
  const root = node?.kind === 'Subscription' ? node.rest : node;
  if (!root || root.kind === 'Defer' || interfaceObjects.size === 0) return false;
  const askings = askingsOf(root, interfaceObjects);
  if (askings.length === 0) return false;

  const asked = new AskedFields({ fullSchema, subtypes }, document, operationName);
  return askings.some(({ path, interfaceName, fields }) =>
    [...asked.at(path)].some(([type, names]) => {
      if (!subtypes.includes(interfaceName, type)) return false;
      return [...names].some((name) => fields.has(name) && !isFetched(path, type, name));
    }),
  );

  function isFetched(path: PlanPath, type: string, field: string): boolean {
    return askings.some(
      (asking) =>
        asking.fields.has(field) &&
        JSON.stringify(asking.path) === JSON.stringify(path) &&
        asking.requires.some((one) => one.kind === 'Field' || isFor(one.type, type)),
    );
  }

  function isFor(required: string | undefined, type: string): boolean {
    return required === undefined || subtypes.includes(required, type);
  }
}

function askingsOf(node: PlanNode, interfaceObjects: Supergraph['interfaceObjects']): Asking[] {
  return fetchesOf(node).flatMap(({ fetch, path }) => {
    if (fetch.kind === 'RootFetch') return [];
    return fetch.batches.flatMap((batch) =>
      [...fieldsOf(fetch, batch)].flatMap(([interfaceName, fields]) => {
        if (!interfaceObjects.get(interfaceName)?.has(fetch.subgraph)) return [];
        const { requires, paths } = batch;
        return paths.map((beneath) => {
          return { path: [...path, ...beneath], interfaceName, fields, requires };
        });
      }),
    );
  });
}

/** The names of the fields that a batch asks for, by the type of which it asks for them. */
function fieldsOf(
  { operation }: EntityFetch,
  { responseName }: EntityBatch,
): Map<string, Set<string>> {
  const fields = new Map<string, Set<string>>();
  for (const definition of parse(operation, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const root of definition.selectionSet.selections) {
      if (root.kind !== Kind.FIELD || !root.selectionSet) continue;
      if ((root.alias ?? root.name).value === responseName) collect(root.selectionSet);
    }
  }
  return fields;

  function collect({ selections }: SelectionSetNode): void {
    for (const fragment of selections) {
      if (fragment.kind !== Kind.INLINE_FRAGMENT || !fragment.typeCondition) continue;
      const type = fragment.typeCondition.name.value;
      const names = fragment.selectionSet.selections.flatMap((one) =>
        one.kind === Kind.FIELD && one.name.value !== '__typename' ? [one.name.value] : [],
      );
      fields.set(type, new Set([...(fields.get(type) ?? []), ...names]));
    }
  }
}
