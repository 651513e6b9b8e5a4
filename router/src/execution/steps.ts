import type { EntityFetch, PlanNode, PlanPath, RootFetch } from '../planning/plan.ts';
import { fetchesOf } from '../planning/plan-fetches.ts';
import { compileEntityFetch } from './entity-fetch.ts';
import { Fetch, rootFields, type FetchSurroundings } from './fetch.ts';
import { mergeInto, type Merging, type WritePaths } from './merge.ts';
import { commonPath, compileWalk, type Place } from './place.ts';
import { copyOf, renamedPath, rewrite } from './rewrites.ts';
import type { Entity, Run } from './run.ts';
import type { Unity } from './unity.ts';

/** A part of a plan, compiled. It fills in the answer of a run beneath a place and never rejects. */
export type Step = (run: Run, place: Place) => Promise<void>;

/** What compiling a plan needs besides the plan itself. */
export interface PlanSurroundings extends FetchSurroundings {
  readonly writes: WritePaths;
  /** Of interfaces that some subgraph has as an object; undefined where there are none. */
  readonly interfaceNames?: ReadonlySet<unknown> | undefined;
  /** Where equal objects may become one; undefined where nowhere. */
  readonly unity?: Unity | undefined;
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
      const { node: inner } = node;
      if (inner.kind === 'EntityFetch' && inner.contextArguments.length === 0) {
        return compileSteps(beneath(node.path, inner), path, around);
      }
      const full = [...path, ...node.path];
      const step = compileSteps(inner, full, around);
      const walk = compileWalk(node.path, around.subtypes);
      return async (run, place) => {
        const objects: Entity[] = [];
        walk(place, run.shared, (object) => objects.push(object));
        if (objects.length > 0) await step(run, { path: full, objects });
      };
    }
    case 'Condition': {
      const { variable, ifTrue, ifFalse } = node;
      const yes = ifTrue && compileSteps(ifTrue, path, around);
      const no = ifFalse && compileSteps(ifFalse, path, around);
      return async (run, place) => {
        await (run.request.coercedVariables[variable] === true ? yes : no)?.(run, place);
      };
    }
    case 'RootFetch':
      return telling(node.id, compileRootFetch(node, path, around));
    case 'EntityFetch':
      return telling(node.id, compileEntityFetch(node, path, around));
  }
}

/** A fetch that goes to its objects by itself, and so knows what holds them. */
function beneath(path: PlanPath, fetch: EntityFetch): EntityFetch {
  const batches = fetch.batches.map((batch) => {
    return { ...batch, paths: batch.paths.map((inner) => [...path, ...inner]) };
  });
  return { ...fetch, batches };
}

/** A fetch that tells when it is done, where anybody wants to know. */
function telling(id: string | undefined, step: Step): Step {
  if (id === undefined) return step;
  return async (run, place) => {
    await step(run, place);
    run.fetched?.(id);
  };
}

/** Notes where the fetches of a plan will write beneath other answers. */
export function collectWrites(node: PlanNode, writes: WritePaths): void {
  for (const { fetch, path } of fetchesOf(node)) {
    if (fetch.kind === 'RootFetch') writes.add(path);
    else {
      for (const { paths } of fetch.batches) {
        for (const beneath of paths) writes.add([...path, ...beneath]);
      }
    }
  }
}

function compileRootFetch(node: RootFetch, path: PlanPath, around: PlanSurroundings): Step {
  const prefix = commonPath(path);
  const affected = prefix.length > 0 ? [prefix] : rootFields(node.operation);
  const fetch = new Fetch(node, affected, around);
  const merge = rootMerge(node, path, around);
  return async (run, place) => {
    const response = await fetch.send(run);
    if (!response) return;
    if (response.errors) {
      fetch.reportErrors(run, response, (at) => [
        at && [...prefix, ...renamedPath(node.outputRewrites, at)],
      ]);
    }
    const { data, isUnshared = false } = response;
    run.collected.forget();
    const last = place.objects.length - 1;
    if (data) place.objects.forEach((object, at) => merge(object, data, isUnshared && at === last));
  };
}

/** How the answer to a fetch of root fields becomes part of ours; it may be changed if it `isOurs`. */
export function rootMerge(
  { outputRewrites }: RootFetch,
  path: PlanPath,
  { subtypes, writes, interfaceNames }: PlanSurroundings,
): (target: Entity, data: Entity, isOurs: boolean) => void {
  const beneath = writes.at(path);
  const asOurs: Merging = { isOurs: true, interfaceNames };
  const asTheirs: Merging = { isOurs: false, interfaceNames };
  return (target, data, isOurs) => {
    if (outputRewrites.length === 0) {
      return mergeInto(target, data, beneath, isOurs ? asOurs : asTheirs);
    }
    const renamed = copyOf(data) as Entity;
    rewrite(outputRewrites, renamed, subtypes);
    mergeInto(target, renamed, beneath, asOurs);
  };
}
