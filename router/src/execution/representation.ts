import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { Subtypes } from '../supergraph/subtypes.ts';
import { mergeInto } from './merge.ts';
import type { Entity } from './run.ts';

/** Reads from an object what a subgraph needs to know it again; undefined when it cannot be had. */
export type Represent = (object: Entity) => Entity | undefined;

/** Compiles the `requires` of a fetch. A representation without `__typename` names no entity. */
export function compileRepresentation(
  selections: readonly QueryPlanSelectionNode[],
  subtypes: Subtypes,
): Represent {
  const read = compileSelections(selections, subtypes);
  return (object) => {
    const representation = read(object);
    return representation?.['__typename'] ? representation : undefined;
  };
}

type Part = (object: Entity, into: Entity) => boolean;

function compileSelections(
  selections: readonly QueryPlanSelectionNode[],
  subtypes: Subtypes,
): Represent {
  const parts = selections.map((selection) => compileSelection(selection, subtypes));
  return (object) => {
    const result: Entity = {};
    return parts.every((part) => part(object, result)) ? result : undefined;
  };
}

function compileSelection(selection: QueryPlanSelectionNode, subtypes: Subtypes): Part {
  if (selection.kind === 'InlineFragment') {
    const { typeCondition } = selection;
    const read = compileSelections(selection.selections, subtypes);
    return (object, into) => {
      if (typeCondition && !subtypes.includes(typeCondition, object['__typename'])) return true;
      const part = read(object);
      if (part) mergeInto(into, part, undefined);
      return true;
    };
  }
  const name = selection.alias ?? selection.name;
  const read = selection.selections && compileSelections(selection.selections, subtypes);
  return (object, into) => {
    const value = object[name];
    if (value === undefined) return false;
    into[name] = read ? deeply(value, read) : value;
    return true;
  };
}

function deeply(value: unknown, read: Represent): unknown {
  if (Array.isArray(value)) return value.map((item) => deeply(item, read));
  if (typeof value !== 'object' || value === null) return value;
  return read(value as Entity) ?? null;
}
