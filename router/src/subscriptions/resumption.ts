import { Kind, parse, type FieldNode, type SelectionSetNode } from 'graphql';
import type { SubgraphResponse } from '../transport/subgraph-transport.ts';

/** How a subscription says where in its stream of events it begins, and where it has come to. */
export interface StreamPosition {
  /** The name of the field that is subscribed to. */
  readonly field: string;
  /** Whether, with these variables, the subscription begins after an event and not with what comes. */
  beginsAfter(variables: Readonly<Record<string, unknown>>): boolean;
  /** By what it can be taken up again where its connection broke; undefined when it cannot. */
  readonly resumption: Resumption | undefined;
}

/** By what a subscription can be taken up again where its connection broke. */
export interface Resumption {
  /** The variable that is the field's argument `after`. */
  readonly variable: string;
  /** Where in an event's data its `eventId` is. */
  readonly path: readonly [field: string, eventId: string];
}

/**
 * Reads it from what a subgraph is asked, by convention: the argument `after` of the field says after which event it
 * begins. It can be resumed when that is a variable and the field's `eventId` is selected.
 */
export function streamPositionOf(operation: string): StreamPosition {
  const definition = parse(operation, { noLocation: true }).definitions[0];
  const set = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined;
  const [field] = fieldsOf(set);
  if (!field) throw new Error('A subscription has one field');
  const after = field.arguments?.find(({ name }) => name.value === 'after')?.value;
  const variable = after?.kind === Kind.VARIABLE ? after.name.value : undefined;
  const eventId = fieldsOf(field.selectionSet).find(({ name }) => name.value === 'eventId');
  return {
    field: field.name.value,
    beginsAfter: (variables) =>
      variable === undefined
        ? after !== undefined && after.kind !== Kind.NULL
        : variables[variable] !== undefined && variables[variable] !== null,
    resumption:
      variable !== undefined && eventId
        ? { variable, path: [keyOf(field), keyOf(eventId)] }
        : undefined,
  };
}

/** The id of an event, by which the next one can be asked for. */
export function eventIdOf({ data }: SubgraphResponse, { path }: Resumption): string | undefined {
  const [field, key] = path;
  const event = data?.[field] as Record<string, unknown> | null | undefined;
  const eventId = event?.[key];
  return typeof eventId === 'string' ? eventId : undefined;
}

const fieldsOf = (set: SelectionSetNode | undefined): readonly FieldNode[] =>
  set?.selections.filter((selection) => selection.kind === Kind.FIELD) ?? [];

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;
