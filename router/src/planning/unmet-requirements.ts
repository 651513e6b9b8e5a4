import { fetchesOf } from './plan-fetches.ts';
import type { Plan, PlanNode, Requirement } from './plan.ts';
import { ToldFields } from './told-fields.ts';

/**
 * Whether a fetch of a plan needs to know of its entities what no fetch before has asked for, so that it would ask for none.
 * Hive's planner plans so behind some interface objects.
 */
export function hasUnmetRequirements({ node }: Plan): boolean {
  const root = new ToldFields();
  if (!node || node.kind === 'Defer') return false;
  if (node.kind !== 'Subscription') return !areMet(node, root);
  root.add(node.primary, node.primary.outputRewrites);
  return node.rest !== undefined && !areMet(node.rest, root);
}

/** Whether all fetches find what they need in what those before them tell; what they tell is added. */
function areMet(node: PlanNode, root: ToldFields): boolean {
  return fetchesOf(node).every(({ fetch, path }) => {
    if (fetch.kind === 'RootFetch') {
      root.at(path).add(fetch, fetch.outputRewrites);
      return true;
    }
    return fetch.batches.every(({ paths, requires, responseName, outputRewrites }) =>
      paths.every((beneath) => {
        const at = root.at([...path, ...beneath]);
        const isMet = requires.every((one) => isTold(at, one));
        at.add(fetch, outputRewrites, responseName);
        return isMet;
      }),
    );
  });
}

function isTold(at: ToldFields, requirement: Requirement): boolean {
  if (requirement.kind === 'Fragment')
    return requirement.selections.every((one) => isTold(at, one));
  // Types are known from where an object is, too.
  if (requirement.name === '__typename') return true;
  const field = at.get(requirement.name);
  return !!field && (requirement.selections ?? []).every((one) => isTold(field, one));
}
