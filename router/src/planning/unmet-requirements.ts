import {
  Kind,
  parse,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Plan, PlanNode, PlanPath, Requirement, Rewrite, SubgraphOperation } from './plan.ts';

/** What fetches tell of the objects at a place: their fields by name, and what is told of those. */
class Told {
  private readonly fields = new Map<string, Told>();

  get(name: string): Told | undefined {
    return this.fields.get(name);
  }

  field(name: string): Told {
    let field = this.fields.get(name);
    if (!field) this.fields.set(name, (field = new Told()));
    return field;
  }

  at(path: PlanPath): Told {
    return path.reduce<Told>((at, step) => (isField(step) ? at.field(step) : at), this);
  }
}

/**
 * Whether a fetch of a plan needs to know of its entities what no fetch before has asked for, so that it would ask for none.
 * Hive's planner plans so behind some interface objects.
 */
export function hasUnmetRequirements({ node }: Plan): boolean {
  const root = new Told();
  if (!node || node.kind === 'Defer') return false;
  if (node.kind !== 'Subscription') return !isMet(node, [], root);
  tell(root, node.primary, node.primary.outputRewrites);
  return node.rest !== undefined && !isMet(node.rest, [], root);
}

/** Whether a part of a plan finds what it needs in what is told before; what it tells is added. */
function isMet(node: PlanNode, path: PlanPath, root: Told): boolean {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.every((one) => isMet(one, path, root));
    case 'Flatten':
      return isMet(node.node, [...path, ...node.path], root);
    case 'Condition':
      return [node.ifTrue, node.ifFalse].every((one) => !one || isMet(one, path, root));
    case 'RootFetch':
      tell(root.at(path), node, node.outputRewrites);
      return true;
    case 'EntityFetch':
      return node.batches.every(({ paths, requires, responseName, outputRewrites }) =>
        paths.every((beneath) => {
          const at = root.at([...path, ...beneath]);
          const areMet = requires.every((one) => isTold(at, one));
          tell(at, node, outputRewrites, responseName);
          return areMet;
        }),
      );
  }
}

function isTold(at: Told, requirement: Requirement): boolean {
  if (requirement.kind === 'Fragment')
    return requirement.selections.every((one) => isTold(at, one));
  // Types are known from where an object is, too.
  if (requirement.name === '__typename') return true;
  const field = at.get(requirement.name);
  return !!field && (requirement.selections ?? []).every((one) => isTold(field, one));
}

/** Adds what a fetch asks for: all of it, or what is in one field of its root. */
function tell(
  at: Told,
  { operation }: SubgraphOperation,
  rewrites: readonly Rewrite[],
  only?: string,
): void {
  const { definitions } = parse(operation, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }
  const root = definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  for (const selection of root?.selectionSet.selections ?? []) {
    if (only === undefined || selection.kind !== Kind.FIELD) continue;
    const isMeant = (selection.alias ?? selection.name).value === only;
    if (isMeant && selection.selectionSet) collect(at, selection.selectionSet);
  }
  if (only === undefined && root) collect(at, root.selectionSet);

  function collect(into: Told, { selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) collect(into, fragment.selectionSet);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(into, selection.selectionSet);
      } else {
        const name = (selection.alias ?? selection.name).value;
        for (const told of [name, ...renamed(name)]) {
          const field = into.field(told);
          if (selection.selectionSet) collect(field, selection.selectionSet);
        }
      }
    }
  }

  function renamed(name: string): string[] {
    return rewrites.flatMap((one) => (one.kind === 'Rename' && one.field === name ? [one.to] : []));
  }
}

const isField = (step: PlanPath[number]): step is string =>
  typeof step === 'string' && step !== '@';
