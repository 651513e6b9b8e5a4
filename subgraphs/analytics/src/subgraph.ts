import {
  createSchema,
  type DocumentDefinition,
  type Documents,
  type DocumentSubgraphDeps,
  type Subgraph,
} from '@crema/kit';
import { dayProductsSchema, type DayProducts } from './entities/day-products.ts';
import { daySalesSchema, type DaySales } from './entities/day-sales.ts';
import { knownCafeSchema, type KnownCafe } from './entities/known-cafe.ts';
import { knownProductSchema, type KnownProduct } from './entities/known-product.ts';
import { refundSchema, type Refund } from './entities/refund.ts';
import { saleSchema, type Sale } from './entities/sale.ts';
import { catalogueConsumers } from './events/catalogue.ts';
import { salesConsumers } from './events/sales.ts';
import { SalesResolver } from './resolvers/sales-resolver.ts';
import { Cafes } from './services/cafes.ts';
import { Products } from './services/products.ts';
import { SalesBook, type Books } from './services/sales-book.ts';
import { SalesRankings } from './services/sales-rankings.ts';
import { SalesScopes } from './services/sales-scope.ts';
import { SalesSeries } from './services/sales-series.ts';
import { SalesSummaries } from './services/sales-summaries.ts';
import { SalesTicker } from './services/sales-ticker.ts';

export async function createAnalytics({
  documents,
  events,
  live,
  clock,
}: DocumentSubgraphDeps): Promise<Subgraph> {
  const books = await openBooks(documents);
  const cafes = new Cafes(
    await documents.collection<KnownCafe>({ name: 'cafes', schema: knownCafeSchema, indexes: [] }),
  );
  const products = new Products(
    await documents.collection<KnownProduct>({
      name: 'products',
      schema: knownProductSchema,
      indexes: [],
    }),
  );
  const ticker = new SalesTicker(live, events, clock);
  const book = new SalesBook(books, cafes, products, ticker);
  const scopes = new SalesScopes(cafes);

  return {
    name: 'analytics',
    schema: createSchema({
      resolvers: [
        new SalesResolver(
          scopes,
          new SalesSummaries(books.days, books.sales),
          new SalesSeries(books.days),
          new SalesRankings(books.days, books.dayProducts, products),
        ),
      ],
      subscriptions: {
        salesTicker: async ({ cafeId }, { caller }) =>
          ticker.follow(await scopes.ofCafes(caller, (cafeId as string | undefined) ?? null)),
      },
    }),
    consumers: [...catalogueConsumers(cafes, products, book), ...salesConsumers(book)],
    jobs: [],
    close: async () => ticker.close(),
  };
}

const openBooks = async (documents: Documents): Promise<Books> => ({
  sales: await documents.collection<Sale>({
    name: 'sales',
    schema: saleSchema,
    indexes: [{ fields: ['cafeId', 'soldAt', 'id'] }],
  }),
  refunds: await documents.collection<Refund>({
    name: 'refunds',
    schema: refundSchema,
    indexes: [{ fields: ['cafeId', 'at', 'id'] }],
  }),
  days: await documents.collection<DaySales>({
    name: 'days',
    schema: daySalesSchema,
    indexes: [{ fields: ['calendar', 'day'] }],
  }),
  dayProducts: await documents.collection<DayProducts>({
    name: 'day_products',
    schema: dayProductsSchema,
    indexes: [{ fields: ['calendar', 'day'] }],
  }),
});

export const analytics: DocumentDefinition<object> = {
  name: 'analytics',
  storage: 'documents',
  readConfig: () => Object.freeze({}),
  create: createAnalytics,
};
