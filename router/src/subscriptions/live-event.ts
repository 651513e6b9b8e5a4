import type { GraphQLFormattedError } from 'graphql';
import type { Caller } from '../protection/caller.ts';

/** One event of a subscription: the same object for all clients that share its source. */
export interface LiveEvent {
  /** The response, as JSON. */
  readonly json: string;
}

/** A client of a subscription. It is called synchronously, not before it began to follow, and must not throw. */
export interface Follower {
  next(event: LiveEvent): void;
  /** Nothing more comes: the subgraph ended the subscription, or there are errors that say why it had to end. */
  end(errors?: readonly GraphQLFormattedError[]): void;
}

/** What a client of a subscription has in hand. */
export interface Following {
  /** Leaves without hearing of an end. When the last client leaves, the subgraph is left, too. */
  stop(): void;
  /** Goes on with a newer token; throws a `RequestError` when its owner may not have the field any more. */
  renew(caller: Caller): void;
}
