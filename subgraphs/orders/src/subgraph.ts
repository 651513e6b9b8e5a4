import {
  createSchema,
  type RelationalDefinition,
  type Subgraph,
  type SubgraphDeps,
} from '@crema/kit';
import { readConfig, settings, type OrdersConfig } from './config.ts';
import { CafeDesk } from './entities/cafe-desk.ts';
import { OrderChange } from './entities/order-change.ts';
import { OrderLine } from './entities/order-line.ts';
import { OrderRefund } from './entities/order-refund.ts';
import { Order } from './entities/order.ts';
import { CafeHours, CatalogueVersion, MenuOffer, MenuPrice } from './entities/read-models.ts';
import { SlotBooking } from './entities/slot-booking.ts';
import { paymentConsumers } from './events/payments.ts';
import { readModelConsumers } from './events/read-models.ts';
import { stockConsumers } from './events/stock.ts';
import { OrdersTables1764000000000 } from './migrations/orders-tables.ts';
import { CafePace1765000000001 } from './migrations/cafe-pace.ts';
import { Refunds1765000000000 } from './migrations/refunds.ts';
import { SlotItems1765000000002 } from './migrations/slot-items.ts';
import { CafeResolver } from './resolvers/cafe-resolver.ts';
import { OrderActionResolver } from './resolvers/order-action-resolver.ts';
import { OrderLineResolver } from './resolvers/order-line-resolver.ts';
import { OrderRefundResolver } from './resolvers/order-refund-resolver.ts';
import { OrderResolver } from './resolvers/order-resolver.ts';
import { QuoteResolver } from './resolvers/quote-resolver.ts';
import { referencesOf } from './resolvers/references.ts';
import { StatusChangeResolver } from './resolvers/status-change-resolver.ts';
import { subscriptionsOf } from './resolvers/subscriptions.ts';
import { UserResolver } from './resolvers/user-resolver.ts';
import { ActOnOrder } from './services/act-on-order.ts';
import { AdvanceOrder } from './services/advance-order.ts';
import { CafeDesks } from './services/cafe-desks.ts';
import { CafeQueue } from './services/cafe-queue.ts';
import { Catalogue } from './services/catalogue.ts';
import { DueOrders } from './services/due-orders.ts';
import { FindOrders } from './services/find-orders.ts';
import { FollowEstimate } from './services/follow-estimate.ts';
import { OrderHistory } from './services/order-history.ts';
import { OrderReader } from './services/order-reader.ts';
import { Payments } from './services/payments.ts';
import { PickupSlots } from './services/pickup-slots.ts';
import { PlaceOrder } from './services/place-order.ts';
import { QuoteOrder } from './services/quote-order.ts';
import { RefundOrder } from './services/refund-order.ts';

const DUE_EVERY_MS = 1_000;

export async function createOrders(
  { database, live, clock, ids, log }: SubgraphDeps,
  config: OrdersConfig,
): Promise<Subgraph> {
  const catalogue = new Catalogue(database, clock);
  const slots = new PickupSlots(database, clock, config);
  const desks = new CafeDesks(config);
  const history = new OrderHistory(database, live);
  const advance = new AdvanceOrder({ desks, history, slots }, config, clock, log);
  const payments = new Payments(advance, log);
  const quotes = new QuoteOrder(catalogue, slots, config, clock);
  const placing = new PlaceOrder({ quotes, desks, history }, database, { clock, ids }, config);
  const acting = new ActOnOrder(advance, database, clock);
  const refunding = new RefundOrder(database, clock, ids);
  const reader = new OrderReader(database);
  const finding = new FindOrders(database);
  const queue = new CafeQueue(database, clock, config);
  const estimates = new FollowEstimate(database, history, queue);
  const due = new DueOrders(advance, database, config, { clock, log });

  return {
    name: 'orders',
    schema: createSchema({
      resolvers: [
        new OrderResolver(reader, finding, queue),
        new OrderLineResolver(),
        new OrderRefundResolver(reader),
        new OrderActionResolver(placing, acting, refunding),
        new QuoteResolver(quotes, queue),
        new CafeResolver(catalogue, queue, slots, clock),
        new UserResolver(finding),
        new StatusChangeResolver(reader),
      ],
      references: referencesOf(reader),
      subscriptions: subscriptionsOf(reader, history, estimates),
    }),
    consumers: [
      ...stockConsumers(advance, log),
      ...paymentConsumers(advance, payments, log),
      ...readModelConsumers(catalogue),
    ],
    projections: [
      {
        name: 'catalogue',
        group: 'orders.projections',
        entities: [MenuPrice, MenuOffer, CafeHours],
      },
    ],
    jobs: [{ name: 'orders.due', everyMs: DUE_EVERY_MS, run: () => due.run() }],
    close: async () => history.close(),
  };
}

export const orders: RelationalDefinition<OrdersConfig> = {
  name: 'orders',
  storage: 'relational',
  entities: [
    Order,
    OrderLine,
    OrderChange,
    OrderRefund,
    CafeDesk,
    SlotBooking,
    MenuPrice,
    MenuOffer,
    CafeHours,
    CatalogueVersion,
  ],
  migrations: [
    OrdersTables1764000000000,
    Refunds1765000000000,
    CafePace1765000000001,
    SlotItems1765000000002,
  ],
  settings,
  readConfig,
  create: createOrders,
};
