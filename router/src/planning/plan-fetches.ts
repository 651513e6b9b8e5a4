import type { EntityFetch, PlanNode, PlanPath, RootFetch } from './plan.ts';

/** A fetch of a plan, and the path of the objects that it works on. */
export interface PlacedFetch {
  readonly fetch: RootFetch | EntityFetch;
  readonly path: PlanPath;
}

/** All fetches of a plan, those first that others build on. */
export function fetchesOf(node: PlanNode, path: PlanPath = []): readonly PlacedFetch[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((one) => fetchesOf(one, path));
    case 'Flatten':
      return fetchesOf(node.node, [...path, ...node.path]);
    case 'Condition':
      return [node.ifTrue, node.ifFalse].flatMap((one) => (one ? fetchesOf(one, path) : []));
    case 'RootFetch':
    case 'EntityFetch':
      return [{ fetch: node, path }];
  }
}
