import { onIdempotent, type Consumer } from '@crema/kit';
import { OrderClosed, OrderConfirmed, OrderReady, PaymentRefunded } from '@crema/schema/events';
import type { z } from 'zod';
import type { SoldProduct } from '../entities/sale.ts';
import type { Edition } from '../services/edition.ts';
import type { BookedSale } from '../services/sales-book.ts';
import type { Ticks } from './consumers.ts';

export function salesConsumers({ sales }: Pick<Edition, 'sales'>, ticks: Ticks): Consumer[] {
  const tell = async (booked: BookedSale | null) => {
    if (booked) await ticks.tell(booked);
  };
  return [
    onIdempotent(OrderConfirmed, 'analytics.book-sale', async ({ key, data }) =>
      tell(
        await sales.confirm({
          id: key,
          cafeId: data.cafeId,
          customerId: data.customerId,
          soldAt: instant(data.at),
          revenue: data.amounts.subtotal.minor,
          products: productsOf(data.lines),
        }),
      ),
    ),
    onIdempotent(OrderClosed, 'analytics.cancel-sale', async ({ key, data }) => {
      // What nobody came for was made, and stays paid: it is a sale.
      if (data.wasConfirmed && data.refundDue) await tell(await sales.cancel(key, data.cafeId));
    }),
    onIdempotent(OrderReady, 'analytics.time-preparation', ({ key, data }) => {
      const seconds = (Date.parse(data.at) - Date.parse(data.confirmedAt)) / 1_000;
      return sales.ready(key, data.cafeId, instant(data.at), Math.max(0, Math.round(seconds)));
    }),
    onIdempotent(PaymentRefunded, 'analytics.book-refund', async ({ key: orderId, data }) => {
      // Without a refund's id the whole order was given back, because it ended early.
      if (data.refundId === null) return;
      const { refundId: id, cafeId, amount, at } = data;
      await sales.refund({ id, orderId, cafeId, amount: amount.minor, at: instant(at) });
    }),
  ];
}

/** One text for one instant, so that texts sort as time does. */
const instant = (text: string): string => new Date(text).toISOString();

/** The lines by product: one product may stand in several, with other options. */
function productsOf(lines: z.output<typeof OrderConfirmed.data>['lines']): SoldProduct[] {
  const products = new Map<string, SoldProduct>();
  for (const { productId, productName, quantity, total } of lines) {
    const sum = products.get(productId);
    products.set(productId, {
      productId,
      name: productName,
      revenue: (sum?.revenue ?? 0) + total.minor,
      items: (sum?.items ?? 0) + quantity,
    });
  }
  return [...products.values()];
}
