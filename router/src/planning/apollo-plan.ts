import type * as apollo from '@apollo/query-planner';
import { withoutRootFragments } from './root-fragments.ts';
import type {
  DeferNode,
  EntityFetch,
  Plan,
  PlanNode,
  PlanPath,
  PlanStep,
  Requirement,
  Rewrite,
  RootFetch,
} from './plan.ts';

/** A plan of Apollo's planner as ours. */
export function fromApollo({ node }: apollo.QueryPlan): Plan {
  if (node?.kind !== 'Subscription') return { node: node && toPart(node) };
  const rest = node.rest && toNode(node.rest);
  return { node: { kind: 'Subscription', primary: toRootFetch(node.primary), rest } };
}

function toPart(node: apollo.PlanNode): PlanNode | DeferNode {
  if (node.kind !== 'Defer') return toNode(node);
  return {
    kind: 'Defer',
    primary: node.primary.node && toNode(node.primary.node),
    deferred: node.deferred.map(({ label = '', depends, node: part }) => {
      return { label, depends: depends.map(({ id }) => id), node: part && toPart(part) };
    }),
  };
}

function toNode(node: apollo.PlanNode): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, nodes: node.nodes.map(toNode) };
    case 'Flatten':
      return { kind: 'Flatten', path: node.path.map(String), node: toNode(node.node) };
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        ifTrue: node.ifClause && toNode(node.ifClause),
        ifFalse: node.elseClause && toNode(node.elseClause),
      };
    case 'Fetch':
      return node.requires ? toEntityFetch(node, node.requires) : toRootFetch(node);
    case 'Defer':
      throw new Error('A plan cannot hold Defer here');
  }
}

function toRootFetch(node: apollo.FetchNode): RootFetch {
  const outputRewrites = (node.outputRewrites ?? []).map(toRewrite);
  const operation = withoutRootFragments(node.operation);
  return { kind: 'RootFetch', ...operationOf(node), operation, outputRewrites };
}

function toEntityFetch(
  node: apollo.FetchNode,
  requires: readonly apollo.QueryPlanSelectionNode[],
): EntityFetch {
  return {
    kind: 'EntityFetch',
    ...operationOf(node),
    batches: [
      {
        responseName: '_entities',
        variable: 'representations',
        paths: [[]],
        requires: requires.map(toRequirement),
        inputRewrites: (node.inputRewrites ?? []).map(toRewrite),
        outputRewrites: (node.outputRewrites ?? []).map(toRewrite),
      },
    ],
    contextArguments: (node.contextRewrites ?? []).map(({ path, renameKeyTo }) => ({
      path: toPath(path),
      variable: renameKeyTo,
    })),
  };
}

function operationOf(node: apollo.FetchNode) {
  const { id, serviceName, operation, operationName, variableUsages } = node;
  return { id, subgraph: serviceName, operation, operationName, variables: variableUsages ?? [] };
}

function toRequirement(selection: apollo.QueryPlanSelectionNode): Requirement {
  if (selection.kind === 'InlineFragment') {
    const { typeCondition, selections } = selection;
    return { kind: 'Fragment', type: typeCondition, selections: selections.map(toRequirement) };
  }
  const name = selection.alias ?? selection.name;
  const selections = selection.selections?.map(toRequirement);
  return { kind: 'Field', name, as: name, selections };
}

function toRewrite(rewrite: apollo.FetchDataRewrite): Rewrite {
  const at = toPath(rewrite.path.slice(0, -1));
  const field = rewrite.path.at(-1) ?? '';
  return rewrite.kind === 'ValueSetter'
    ? { kind: 'Set', at, field, value: rewrite.setValueTo as unknown }
    : { kind: 'Rename', at, field, to: rewrite.renameKeyTo };
}

const TYPE_STEP = '... on ';

function toPath(path: readonly string[]): PlanPath {
  return path.map((step): PlanStep =>
    step.startsWith(TYPE_STEP) ? { types: [step.slice(TYPE_STEP.length)] } : step,
  );
}
