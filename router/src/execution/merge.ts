import type { PlanPath, PlanStep } from '../planning/plan.ts';
import type { Entity } from './run.ts';

/**
 * The fields beneath which later fetches of a plan write. Only objects along these paths are
 * copied from what subgraphs answer; all else is shared with it and never changed.
 */
export class WritePaths {
  private readonly children = new Map<string, WritePaths>();

  add(path: PlanPath): void {
    let at: WritePaths = this;
    for (const step of path) {
      if (!isField(step)) continue;
      let child = at.children.get(step);
      if (!child) at.children.set(step, (child = new WritePaths()));
      at = child;
    }
  }

  at(path: PlanPath): WritePaths | undefined {
    let at: WritePaths | undefined = this;
    for (const step of path) {
      if (isField(step)) at = at?.children.get(step);
    }
    return at;
  }

  get(field: string): WritePaths | undefined {
    return this.children.get(field);
  }
}

function isField(step: PlanStep): step is string {
  return typeof step === 'string' && step !== '@';
}

/** How an answer is taken in. */
export interface Merging {
  /** Whether the answer is ours alone, so that it can be changed where later fetches write. Else they get copies. */
  readonly isOurs: boolean;
  /**
   * Of interfaces that some subgraph has as an object. It tells the interface's name, which must not take the place of a type
   * that another has told already.
   */
  readonly interfaceNames?: ReadonlySet<unknown> | undefined;
}

/** Writes what a subgraph answered into an object of ours. */
export function mergeInto(
  target: Entity,
  source: Entity,
  writes: WritePaths | undefined,
  merging: Merging,
): void {
  // Answers are plain objects, whose names `for in` walks without a list of them.
  for (const field in source) {
    const value = source[field];
    const ours = target[field];
    if (value === undefined) continue;
    if (field === '__typename' && ours !== undefined && merging.interfaceNames?.has(value)) {
      continue;
    }
    target[field] = merged(ours, value, writes?.get(field), merging);
  }
}

function merged(
  ours: unknown,
  theirs: unknown,
  writes: WritePaths | undefined,
  merging: Merging,
): unknown {
  if (!isContainer(theirs)) return isContainer(ours) && theirs === null ? ours : theirs;
  if (!isContainer(ours)) return merging.isOurs ? theirs : owned(theirs, writes);
  if (Array.isArray(ours) || Array.isArray(theirs)) {
    if (!Array.isArray(ours) || !Array.isArray(theirs) || ours.length !== theirs.length) {
      return merging.isOurs ? theirs : owned(theirs, writes);
    }
    return ours.map((item, index) => merged(item, theirs[index], writes, merging));
  }
  // An object that later fetches write to may already be held by one of them: it keeps its identity.
  const target = writes ? (ours as Entity) : { ...ours };
  mergeInto(target, theirs as Entity, writes, merging);
  return target;
}

/** A value of an answer that others hold, too, as ours: copied where it will be written to. */
function owned(value: unknown, writes: WritePaths | undefined): unknown {
  if (!writes || !isContainer(value)) return value;
  if (Array.isArray(value)) return value.map((item) => owned(item, writes));
  const copy: Entity = {};
  const source = value as Entity;
  for (const field in source) {
    if (source[field] !== undefined) copy[field] = owned(source[field], writes.get(field));
  }
  return copy;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
