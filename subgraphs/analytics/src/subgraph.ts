import {
  createSchema,
  type DocumentDefinition,
  type DocumentSubgraphDeps,
  type Subgraph,
} from '@crema/kit';
import { liveConsumers } from './events/consumers.ts';
import { SalesResolver } from './resolvers/sales-resolver.ts';
import { openEditions } from './services/editions.ts';
import { prepareRollups } from './services/prepare-rollups.ts';
import { SalesTicker } from './services/sales-ticker.ts';

export { openBooks, type Books } from './services/books.ts';
export { giveUpRebuild, rebuildAnalytics } from './services/rebuild.ts';

const PREPARE_EVERY_MS = 600_000;

export async function createAnalytics({
  documents,
  events,
  live,
  clock,
}: DocumentSubgraphDeps): Promise<Subgraph> {
  const editions = await openEditions(documents, clock);
  const ticker = new SalesTicker(live, events, clock);
  return {
    name: 'analytics',
    schema: createSchema({
      resolvers: [new SalesResolver(editions)],
      subscriptions: {
        salesTicker: async ({ cafeId }, { caller }) => {
          const { scopes } = await editions.current();
          return ticker.follow(
            await scopes.ofCafes(caller, (cafeId as string | undefined) ?? null),
          );
        },
      },
    }),
    consumers: liveConsumers(editions, ticker),
    jobs: [
      {
        name: 'analytics.prepare-rollups',
        everyMs: PREPARE_EVERY_MS,
        run: async () => prepareRollups(await editions.current()),
      },
    ],
    close: async () => ticker.close(),
  };
}

export const analytics: DocumentDefinition<object> = {
  name: 'analytics',
  storage: 'documents',
  readConfig: () => Object.freeze({}),
  create: createAnalytics,
};
