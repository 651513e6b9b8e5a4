import { Events } from './events.ts';
import type { SubgraphDefinitions } from './subgraphs.ts';

interface TicketEvent {
  ticket: { id: string; eventId: string };
}

/** The subscriptions that the subgraph has taken, in their order: how they began, and what publishes to each. */
export class Taken {
  readonly all: { after: string | null; events: Events<TicketEvent> }[] = [];

  publish(eventId: string): void {
    for (const { events } of this.all) {
      if (!events.isEnded) events.publish({ ticket: { id: 't', eventId } });
    }
  }

  get open(): number {
    return this.all.filter(({ events }) => !events.isEnded).length;
  }
}

/** Tickets that change, told from an event on or, when `state` says one, from the state that they are in. */
export function ticketSubgraphs(taken: Taken, state: () => string | undefined = () => undefined) {
  return {
    desk: {
      typeDefs: `
        type Query { hello: String }
        type Subscription { ticket(after: String): Ticket @authenticated, board(after: String): Ticket }
        type Ticket @key(fields: "id") { id: ID! eventId: ID! @shareable note: String }`,
      resolvers: {
        Subscription: Object.fromEntries(
          ['ticket', 'board'].map((field) => [
            field,
            {
              subscribe: (_: unknown, { after = null }: { after?: string | null }) => {
                const events = new Events<TicketEvent>();
                taken.all.push({ after, events });
                const eventId = state();
                if (eventId !== undefined) events.publish({ ticket: { id: 't', eventId } });
                return events;
              },
              resolve: ({ ticket }: TicketEvent) => ticket,
            },
          ]),
        ),
      },
    },
    people: {
      typeDefs: 'type Ticket @key(fields: "id") { id: ID! owner: String }',
      resolvers: {
        Ticket: {
          __resolveReference: ({ id }: { id: string }) => ({ id }),
          owner: () => 'Ada',
        },
      },
    },
  } satisfies SubgraphDefinitions;
}
