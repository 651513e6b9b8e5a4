import { Kind, parse, type FieldNode, type SelectionSetNode } from 'graphql';
import { SubscriptionLostError, type SubgraphResponse } from '../transport/subgraph-transport.ts';

/** By what a subscription can be taken up again where its connection broke. */
export interface Resumption {
  /** The variable that is the field's argument `after`. */
  readonly variable: string;
  /** Where in an event's data its `eventId` is. */
  readonly path: readonly [field: string, eventId: string];
}

/**
 * A subscription can be resumed by convention: its field is given the argument `after` by a variable, and
 * the field's `eventId` is selected. Undefined when this one cannot.
 */
export function resumptionOf(operation: string): Resumption | undefined {
  const definition = parse(operation, { noLocation: true }).definitions[0];
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const [field] = fieldsOf(definition.selectionSet);
  const after = field?.arguments?.find(({ name }) => name.value === 'after')?.value;
  const eventId = fieldsOf(field?.selectionSet).find(({ name }) => name.value === 'eventId');
  if (!field || after?.kind !== Kind.VARIABLE || !eventId) return undefined;
  return { variable: after.name.value, path: [keyOf(field), keyOf(eventId)] };
}

/**
 * The events of a subscription, over as many connections as it takes. When one breaks, the next takes up
 * after the last event that was seen; without any way to tell which that was, the break is thrown on.
 */
export async function* resumed(
  open: (after: string | undefined) => Promise<AsyncIterable<SubgraphResponse>>,
  resumption: Resumption | undefined,
  /** Where the subscriber itself wants to begin. */
  first: unknown,
): AsyncGenerator<SubgraphResponse, void> {
  let last = typeof first === 'string' ? first : undefined;
  let isResuming = false;
  for (;;) {
    try {
      for await (const event of await open(isResuming ? last : undefined)) {
        last = (resumption && eventIdOf(event, resumption)) ?? last;
        yield event;
      }
      return;
    } catch (reason) {
      const wasLost = reason instanceof SubscriptionLostError && reason.wasOpen;
      if (!resumption || !wasLost || last === undefined) throw reason;
      isResuming = true;
    }
  }
}

function eventIdOf({ data }: SubgraphResponse, { path }: Resumption): string | undefined {
  const [field, key] = path;
  const event = data?.[field] as Record<string, unknown> | null | undefined;
  const eventId = event?.[key];
  return typeof eventId === 'string' ? eventId : undefined;
}

const fieldsOf = (set: SelectionSetNode | undefined): readonly FieldNode[] =>
  set?.selections.filter((selection) => selection.kind === Kind.FIELD) ?? [];

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;
