import type * as hive from '@graphql-hive/router-query-planner';
import type {
  EntityBatch,
  Plan,
  PlanNode,
  PlanStep,
  Requirement,
  Rewrite,
  RootFetch,
} from './plan.ts';

/** A plan of Hive's planner as ours. Throws when it holds what the planner's types do not tell of. */
export function fromHive({ node }: hive.QueryPlan): Plan {
  if (!node) return {};
  if (node.kind === 'Subscription') return subscription(node, []);
  if (node.kind === 'Sequence' && node.nodes[0]?.kind === 'Subscription') {
    return subscription(node.nodes[0], node.nodes.slice(1));
  }
  return { node: toNode(node) };
}

/** A subscription is the first of a sequence whose rest is done for each event. */
function subscription({ primary }: hive.SubscriptionNode, after: readonly hive.PlanNode[]): Plan {
  const rest: PlanNode = { kind: 'Sequence', nodes: after.map(toNode) };
  return {
    node: {
      kind: 'Subscription',
      primary: toRootFetch(primary),
      rest: after.length > 0 ? rest : undefined,
    },
  };
}

function toNode(node: hive.PlanNode): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { kind: node.kind, nodes: node.nodes.map(toNode) };
    case 'Flatten':
      return { kind: 'Flatten', path: node.path.map(toStep), node: toNode(node.node) };
    case 'Condition':
      return {
        kind: 'Condition',
        variable: node.condition,
        ifTrue: node.ifClause && toNode(node.ifClause),
        ifFalse: node.elseClause && toNode(node.elseClause),
      };
    case 'Fetch':
      return node.requires
        ? entityFetch(node, [{ ...ENTITIES, ...batchParts(node, node.requires) }])
        : toRootFetch(node);
    case 'BatchFetch':
      return entityFetch(node, node.entityBatch.aliases.map(toBatch));
    case 'Subscription':
    case 'Defer':
      throw new Error(`A plan cannot hold ${node.kind} here`);
  }
}

/** The one field and variable of a fetch that asks for entities at one place. */
const ENTITIES = { responseName: '_entities', variable: 'representations', paths: [[]] };

function toBatch(alias: hive.EntityBatchAlias): EntityBatch {
  return {
    responseName: alias.alias,
    variable: alias.representationsVariableName,
    paths: alias.paths.map((path) => path.map(toStep)),
    ...batchParts(alias, alias.requires),
  };
}

function batchParts(
  { inputRewrites, outputRewrites }: hive.FetchNode | hive.EntityBatchAlias,
  requires: readonly hive.RequiresSelection[],
) {
  return {
    requires: requires.map(toRequirement),
    inputRewrites: (inputRewrites ?? []).map(toRewrite),
    outputRewrites: (outputRewrites ?? []).map(toRewrite),
  };
}

function entityFetch(
  node: hive.FetchNode | hive.BatchFetchNode,
  batches: readonly EntityBatch[],
): PlanNode {
  return { kind: 'EntityFetch', ...operationOf(node), batches, contextArguments: [] };
}

function toRootFetch(node: hive.FetchNode): RootFetch {
  const outputRewrites = (node.outputRewrites ?? []).map(toRewrite);
  return { kind: 'RootFetch', ...operationOf(node), outputRewrites };
}

function operationOf(node: hive.FetchNode | hive.BatchFetchNode) {
  const { serviceName, operation, operationName, variableUsages } = node;
  return { subgraph: serviceName, operation, operationName, variables: variableUsages ?? [] };
}

function toRequirement(selection: hive.RequiresSelection): Requirement {
  switch (selection.kind) {
    case 'Field': {
      const { name, alias, selections } = selection;
      const inner = selections?.map(toRequirement);
      return { kind: 'Field', name, as: alias ?? name, selections: inner };
    }
    case 'InlineFragment': {
      // Its conditions need no look: what was left out is not known, and the fragment does not count.
      const { typeCondition, selections } = selection;
      return { kind: 'Fragment', type: typeCondition, selections: selections.map(toRequirement) };
    }
    case 'FragmentSpread':
      throw new Error('A plan cannot require named fragments');
  }
}

function toRewrite(rewrite: hive.InputRewrite): Rewrite {
  if ('KeyRenamer' in rewrite) {
    const { path, renameKeyTo } = rewrite.KeyRenamer;
    return { kind: 'Rename', ...target(path), to: renameKeyTo };
  }
  const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
  return { kind: 'Set', ...target(path), value: setValueTo };
}

function target(path: readonly hive.FetchNodePathSegment[]) {
  const last = path.at(-1);
  if (!last || !('Key' in last)) throw new Error('A rewrite has to end at a field');
  return { at: path.slice(0, -1).map(toRewriteStep), field: last.Key };
}

function toRewriteStep(step: hive.FetchNodePathSegment): PlanStep {
  return 'Key' in step ? step.Key : { types: step.TypenameEquals };
}

function toStep(step: hive.FlattenNodePathSegment): PlanStep {
  if (step === '@') return step;
  return 'Field' in step ? step.Field : { types: step.TypeCondition };
}
