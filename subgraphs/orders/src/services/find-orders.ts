import {
  forbidden,
  refused,
  readPage,
  toConnection,
  type Caller,
  type Connection,
  type Database,
  type PageRequest,
} from '@crema/kit';
import type { SelectQueryBuilder } from 'typeorm';
import { Order } from '../entities/order.ts';
import type { OrderStatus } from '../entities/order-status.ts';

export interface ListedOrders {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly status?: readonly OrderStatus[] | null;
}

export interface CafeOrders extends ListedOrders {
  readonly cafeId?: string | null;
  readonly placedFrom?: Date | null;
  readonly placedTo?: Date | null;
}

const keyOf = ({ placedAt, id }: Order): [number, string] => [placedAt.getTime(), id];

/** Lists of orders, newest first. Every page is read from an index, the thousandth as fast as the first. */
export class FindOrders {
  constructor(private readonly database: Database) {}

  /** A person's own orders; of somebody else's, staff sees those at its cafés. */
  async ofCustomer(
    caller: Caller,
    customerId: string,
    { first, after, status }: ListedOrders,
  ): Promise<Connection<Order>> {
    caller.requireId();
    const query = this.orders().where('o.customerId = :customerId', { customerId });
    if (!caller.is(customerId)) {
      if (!caller.has('orders:read') || caller.workplaces.size === 0) throw forbidden();
      if (!caller.workplaces.has('*')) {
        query.andWhere('o.cafeId IN (:...cafeIds)', { cafeIds: [...caller.workplaces] });
      }
    }
    return this.page(query, readPage(first, after), status);
  }

  /** What staff looks through: one café, or all of them for who works everywhere. */
  async ofCafes(
    caller: Caller,
    { first, after, status, cafeId, placedFrom, placedTo }: CafeOrders,
  ): Promise<Connection<Order>> {
    caller.require('orders:read');
    const query = this.orders();
    if (cafeId) {
      caller.requireAt('orders:read', cafeId);
      query.where('o.cafeId = :cafeId', { cafeId });
    } else if (!caller.workplaces.has('*')) {
      throw refused('INVALID_INPUT', 'Name one of your cafés.', ['cafeId']);
    }
    if (placedFrom) query.andWhere('o.placedAt >= :from', { from: placedFrom.getTime() });
    if (placedTo) query.andWhere('o.placedAt < :to', { to: placedTo.getTime() });
    return this.page(query, readPage(first, after), status);
  }

  private orders(): SelectQueryBuilder<Order> {
    return this.database.read.createQueryBuilder(Order, 'o');
  }

  private async page(
    query: SelectQueryBuilder<Order>,
    page: PageRequest,
    status: readonly OrderStatus[] | null | undefined,
  ): Promise<Connection<Order>> {
    if (status) {
      if (status.length === 0) return toConnection([], page, keyOf, (order: Order) => order);
      query.andWhere('o.status IN (:...status)', { status: [...status] });
    }
    if (page.after) {
      const [at, id] = page.after;
      if (typeof at !== 'number' || typeof id !== 'string') {
        throw refused('INVALID_INPUT', 'after must be a cursor of this list.', ['after']);
      }
      query.andWhere('o.placedAt <= :at AND (o.placedAt < :at OR o.id < :id)', { at, id });
    }
    const rows = await query
      .orderBy('o.placedAt', 'DESC')
      .addOrderBy('o.id', 'DESC')
      .limit(page.first + 1)
      .getMany();
    return toConnection(rows, page, keyOf, (order) => order);
  }
}
