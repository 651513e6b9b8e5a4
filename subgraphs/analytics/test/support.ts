import {
  stableId,
  type CallerClaims,
  type DocumentSubgraphDeps,
  type EventContract,
} from '@crema/kit';
import { countedDocuments, createTestSubgraph, type TestSubgraphOptions } from '@crema/kit/testing';
import {
  CafeChanged,
  OrderClosed,
  OrderConfirmed,
  OrderReady,
  PaymentRefunded,
  ProductChanged,
} from '@crema/schema/events';
import type { z } from 'zod';
import { analytics } from '../src/subgraph.ts';

export const ASTORIA = stableId('cafe/astoria');
export const HARLEM = stableId('cafe/harlem');
export const LATTE = stableId('product/latte');
export const MUG = stableId('product/crema-mug');

export const admin: CallerClaims = {
  sub: 'admin',
  scope: 'analytics:read',
  roles: ['ADMIN'],
  workplaces: ['*'],
};
export const managerAt = (...workplaces: string[]): CallerClaims => ({
  sub: 'manager',
  scope: 'analytics:read',
  roles: ['MANAGER'],
  workplaces,
});

export interface LineOf {
  productId: string;
  quantity: number;
  /** Minor units, for the whole line. */
  total: number;
  name?: string;
}

export interface SaleOf {
  orderId: string;
  at: string;
  cafeId?: string;
  customerId?: string;
  currency?: string;
  lines?: readonly LineOf[];
}

const usd = (minor: number, currency = 'USD') => ({ minor, currency });

/** What orders tells of a confirmed order; tax and tip are there to be left out. */
export function confirmed({
  at,
  cafeId = ASTORIA,
  customerId = 'ada',
  currency = 'USD',
  lines = [{ productId: LATTE, quantity: 2, total: 750 }],
}: SaleOf): z.output<typeof OrderConfirmed.data> {
  const subtotal = lines.reduce((sum, { total }) => sum + total, 0);
  return {
    cafeId,
    customerId,
    number: 'A-1',
    at,
    placedAt: at,
    lines: lines.map(({ productId, quantity, total, name = 'Latte' }, index) => ({
      lineId: `line-${index}`,
      productId,
      productName: name,
      optionIds: [],
      quantity,
      unitPrice: usd(Math.round(total / quantity), currency),
      total: usd(total, currency),
    })),
    amounts: {
      subtotal: usd(subtotal, currency),
      tax: usd(67, currency),
      tip: usd(100, currency),
      total: usd(subtotal + 167, currency),
    },
  };
}

export const closed = (
  { cafeId = ASTORIA, customerId = 'ada' }: Partial<SaleOf>,
  at: string,
  wasConfirmed = true,
): z.output<typeof OrderClosed.data> => ({
  cafeId,
  customerId,
  number: 'A-1',
  at,
  status: wasConfirmed ? 'CANCELLED' : 'REJECTED',
  reason: wasConfirmed ? 'CANCELLED_BY_CAFE' : 'OUT_OF_STOCK',
  message: 'Sorry.',
  wasConfirmed,
  refundDue: wasConfirmed,
  total: usd(917),
});

export const cafe = (
  timeZone = 'America/New_York',
  currency = 'USD',
): z.output<typeof CafeChanged.data> => ({
  slug: 'cafe',
  name: 'Café',
  timeZone,
  currency,
  taxRate: '8.875',
  openingHours: [],
  specialHours: [],
  orderingPausedReason: null,
});

export const product = (name: string, category: string): z.output<typeof ProductChanged.data> => ({
  sku: name.toLowerCase(),
  name,
  category: { id: stableId(`category/${category}`), name: category },
  price: usd(375),
  optionGroups: [],
  archived: false,
});

export interface Filter {
  from: string;
  to: string;
  cafeId?: string;
}

const MONEY = '{ amount currencyCode }';

/** Every figure there is, in one question. */
export const ALL = `query ($filter: SalesFilter!, $interval: SalesInterval!) {
  salesSummary(filter: $filter) {
    revenue ${MONEY} orders items averageOrder ${MONEY} refunds ${MONEY} customers
    medianPreparationSeconds p90PreparationSeconds
  }
  salesSeries(filter: $filter, interval: $interval) { startsAt revenue ${MONEY} orders items }
  salesByHourOfDay(filter: $filter) { hour revenue ${MONEY} orders }
  topProducts(filter: $filter, first: 100) { product { id } productName category revenue ${MONEY} items }
  salesByCategory(filter: $filter) { category revenue ${MONEY} items }
  salesByCafe(filter: $filter) { cafe { id } revenue ${MONEY} orders items }
}`;

interface Amount {
  amount: string;
  currencyCode: string;
}

interface Sold {
  revenue: Amount;
  items: number;
  orders: number;
}

export interface Report {
  salesSummary: Sold & {
    averageOrder: Amount;
    refunds: Amount;
    customers: number;
    medianPreparationSeconds: number | null;
    p90PreparationSeconds: number | null;
  };
  salesSeries: (Sold & { startsAt: string })[];
  salesByHourOfDay: (Sold & { hour: number })[];
  topProducts: (Sold & { product: { id: string }; productName: string; category: string })[];
  salesByCategory: (Sold & { category: string })[];
  salesByCafe: (Sold & { cafe: { id: string } })[];
}

export const minor = ({ amount }: Amount): number => Math.round(Number(amount) * 100);

export type TestAnalytics = Awaited<ReturnType<typeof createTestAnalytics>>;

export async function createTestAnalytics(options: TestSubgraphOptions = {}) {
  const operations: string[] = [];
  const test = await createTestSubgraph(
    {
      ...analytics,
      create: ({ documents, ...deps }: DocumentSubgraphDeps, config: object) =>
        analytics.create({ ...deps, documents: countedDocuments(documents, operations) }, config),
    },
    options,
  );
  return {
    ...test,
    /** What was asked of the documents since the list was last emptied. */
    operations,
    /** Applies a fact as the runner does, at once and as often as it is called. */
    async apply<Data>(
      contract: EventContract<Data>,
      key: string,
      data: Data,
      time = test.clock.now().toISOString(),
    ): Promise<void> {
      for (const consumer of test.running.subgraph.consumers) {
        if (consumer.contract !== contract || consumer.apply.kind !== 'idempotent') continue;
        const { type, version, topic } = contract;
        await consumer.apply.run({
          id: stableId(`${type} ${key} ${JSON.stringify(data)}`),
          type,
          version,
          topic,
          key,
          source: 'test',
          time,
          data,
        });
      }
    },
    openCafe: (cafeId = ASTORIA, timeZone?: string, currency?: string) =>
      test.tell(CafeChanged, cafeId, cafe(timeZone, currency)),
    sell: (sale: SaleOf) => test.tell(OrderConfirmed, sale.orderId, confirmed(sale)),
    cancel: (orderId: string, at: string, rest: Partial<SaleOf> = {}) =>
      test.tell(OrderClosed, orderId, closed(rest, at)),
    makeReady: (orderId: string, confirmedAt: string, seconds: number, cafeId = ASTORIA) =>
      test.tell(OrderReady, orderId, {
        cafeId,
        customerId: 'ada',
        number: 'A-1',
        confirmedAt,
        at: new Date(Date.parse(confirmedAt) + seconds * 1_000).toISOString(),
      }),
    refund: (
      refundId: string | null,
      at: string,
      amount: number,
      { cafeId = ASTORIA, orderId = 'order' } = {},
    ) =>
      test.tell(PaymentRefunded, orderId, {
        customerId: 'ada',
        cafeId,
        refundId,
        amount: usd(amount),
        at,
      }),
    nameProduct: (id: string, name: string, category: string) =>
      test.tell(ProductChanged, id, product(name, category)),
    /** Asks for every figure, whatever comes of it: the cafés may not be known yet. */
    async tryReport(filter: Filter, caller: CallerClaims): Promise<void> {
      await test.ask(caller, ALL, { filter, interval: 'DAY' });
    },
    async report(
      filter: Filter,
      interval = 'DAY',
      caller: CallerClaims | null = admin,
    ): Promise<Report> {
      const { data, errors } = await test.ask(caller, ALL, { filter, interval });
      if (errors) throw new Error(JSON.stringify(errors));
      return data as unknown as Report;
    },
  };
}
