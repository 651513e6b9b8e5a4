import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { compileEntityFetch } from './entity-fetch.ts';
import { Fetch, type FetchSurroundings } from './fetch.ts';
import type { WritePaths } from './merge.ts';
import { mergeInto } from './merge.ts';
import { commonPath, placeAt, type Place, type PlanPath } from './place.ts';
import { copyOf, rewrite } from './rewrites.ts';
import type { Entity, Run } from './run.ts';

/** A part of a plan, compiled. It fills in the answer of a run beneath a place and never rejects. */
export type Step = (run: Run, place: Place) => Promise<void>;

/** What compiling a plan needs besides the plan itself. */
export interface PlanSurroundings extends FetchSurroundings {
  readonly writes: WritePaths;
}

/** Compiles a plan once, so that running it is walking closures. */
export function compileSteps(node: PlanNode, path: PlanPath, around: PlanSurroundings): Step {
  switch (node.kind) {
    case 'Sequence': {
      const steps = node.nodes.map((child) => compileSteps(child, path, around));
      return async (run, place) => {
        for (const step of steps) await step(run, place);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((child) => compileSteps(child, path, around));
      return async (run, place) => {
        await Promise.all(steps.map((step) => step(run, place)));
      };
    }
    case 'Flatten': {
      const step = compileSteps(node.node, [...path, ...node.path], around);
      return async (run, place) => {
        const inner = placeAt(place, node.path);
        if (inner.objects.length > 0) await step(run, inner);
      };
    }
    case 'Condition': {
      const { condition, ifClause, elseClause } = node;
      const yes = ifClause && compileSteps(ifClause, path, around);
      const no = elseClause && compileSteps(elseClause, path, around);
      return async (run, place) => {
        await (run.request.coercedVariables[condition] === true ? yes : no)?.(run, place);
      };
    }
    case 'Fetch':
      return node.requires
        ? compileEntityFetch(node, node.requires, path, around)
        : compileRootFetch(node, path, around);
    case 'Defer':
      throw new Error('The plan defers, which no operation was allowed to ask for');
  }
}

/** Notes where the fetches of a plan will write beneath other answers. */
export function collectWrites(node: PlanNode, path: PlanPath, writes: WritePaths): void {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      for (const child of node.nodes) collectWrites(child, path, writes);
      break;
    case 'Flatten':
      collectWrites(node.node, [...path, ...node.path], writes);
      break;
    case 'Condition':
      if (node.ifClause) collectWrites(node.ifClause, path, writes);
      if (node.elseClause) collectWrites(node.elseClause, path, writes);
      break;
    case 'Fetch':
      writes.add(path);
      break;
    case 'Defer':
      break;
  }
}

function compileRootFetch(node: FetchNode, path: PlanPath, around: PlanSurroundings): Step {
  const fetch = new Fetch(node, commonPath(path), around);
  const merge = rootMerge(node, path, around);
  const prefix = commonPath(path);
  return async (run, place) => {
    const response = await fetch.send(run);
    if (!response) return;
    if (response.errors) fetch.reportErrors(run, response, (at) => [at && [...prefix, ...at]]);
    if (response.data) for (const object of place.objects) merge(object, response.data);
  };
}

/** How the answer to a fetch of root fields becomes part of ours. */
export function rootMerge(
  node: FetchNode,
  path: PlanPath,
  { subtypes, writes }: PlanSurroundings,
): (target: Entity, data: Entity) => void {
  const { outputRewrites } = node;
  const beneath = writes.at(path);
  if (!outputRewrites) return (target, data) => mergeInto(target, data, beneath);
  return (target, data) => {
    const renamed = copyOf(data) as Entity;
    rewrite(outputRewrites, renamed, subtypes);
    mergeInto(target, renamed, beneath);
  };
}
