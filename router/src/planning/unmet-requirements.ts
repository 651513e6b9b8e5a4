import type { Plan, PlanNode, PlanPath, Requirement } from './plan.ts';
import { ToldFields } from './told-fields.ts';

/**
 * Whether a fetch of a plan needs to know of its entities what no fetch before has asked for, so that it would ask for none.
 * Hive's planner plans so behind some interface objects.
 */
export function hasUnmetRequirements({ node }: Plan): boolean {
  const root = new ToldFields();
  if (!node || node.kind === 'Defer') return false;
  if (node.kind !== 'Subscription') return !isMet(node, [], root);
  root.add(node.primary, node.primary.outputRewrites);
  return node.rest !== undefined && !isMet(node.rest, [], root);
}

/** Whether a part of a plan finds what it needs in what is told before; what it tells is added. */
function isMet(node: PlanNode, path: PlanPath, root: ToldFields): boolean {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.every((one) => isMet(one, path, root));
    case 'Flatten':
      return isMet(node.node, [...path, ...node.path], root);
    case 'Condition':
      return [node.ifTrue, node.ifFalse].every((one) => !one || isMet(one, path, root));
    case 'RootFetch':
      root.at(path).add(node, node.outputRewrites);
      return true;
    case 'EntityFetch':
      return node.batches.every(({ paths, requires, responseName, outputRewrites }) =>
        paths.every((beneath) => {
          const at = root.at([...path, ...beneath]);
          const areMet = requires.every((one) => isTold(at, one));
          at.add(node, outputRewrites, responseName);
          return areMet;
        }),
      );
  }
}

function isTold(at: ToldFields, requirement: Requirement): boolean {
  if (requirement.kind === 'Fragment')
    return requirement.selections.every((one) => isTold(at, one));
  // Types are known from where an object is, too.
  if (requirement.name === '__typename') return true;
  const field = at.get(requirement.name);
  return !!field && (requirement.selections ?? []).every((one) => isTold(field, one));
}
