import { fetchesOf } from '../planning/plan-fetches.ts';
import type { DeferNode, PlanNode } from '../planning/plan.ts';
import { collectWrites, compileSteps, type PlanSurroundings, type Step } from './steps.ts';

/** What is fetched for a part of an answer, compiled, and what is told after it. */
export interface CompiledPart {
  readonly step: Step | undefined;
  /** The ids of its fetches that others build on. */
  readonly ids: readonly string[];
  readonly deferred: readonly CompiledDeferred[];
}

/** What is fetched for a deferred fragment. */
export interface CompiledDeferred {
  readonly label: string;
  /** The fetches that it waits for; with none it waits for the part around it. */
  readonly depends: readonly string[];
  readonly part: CompiledPart;
}

type Part = PlanNode | DeferNode | undefined;

/** Compiles the plan of an operation that defers. */
export function compileParts(node: Part, around: PlanSurroundings): CompiledPart {
  collectPartWrites(node, around);
  const known = new Set(idsOfAll(node));
  return compile(node);

  function compile(part: Part): CompiledPart {
    if (part?.kind !== 'Defer') {
      return { step: part && compileSteps(part, [], around), ids: idsOf(part), deferred: [] };
    }
    const { primary, deferred } = part;
    return {
      ...compile(primary),
      deferred: deferred.map(({ label, depends, node: later }) => {
        return { label, depends: depends.filter((id) => known.has(id)), part: compile(later) };
      }),
    };
  }
}

function collectPartWrites(node: Part, around: PlanSurroundings): void {
  if (node?.kind !== 'Defer') {
    if (node) collectWrites(node, around.writes);
    return;
  }
  collectPartWrites(node.primary, around);
  for (const { node: later } of node.deferred) collectPartWrites(later, around);
}

function idsOfAll(node: Part): string[] {
  if (node?.kind !== 'Defer') return idsOf(node);
  return [node.primary, ...node.deferred.map((one) => one.node)].flatMap(idsOfAll);
}

function idsOf(node: PlanNode | undefined): string[] {
  const fetches = node ? fetchesOf(node) : [];
  return fetches.flatMap(({ fetch: { id } }) => (id === undefined ? [] : [id]));
}
