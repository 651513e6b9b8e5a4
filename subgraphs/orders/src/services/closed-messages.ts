import type { Order } from '../entities/order.ts';
import { OrderClosedReason } from '../entities/order-status.ts';

/** What a customer reads when an order ends early. `detail` is what the one who ended it had to say. */
export function closedMessage(
  reason: OrderClosedReason,
  order: Pick<Order, 'paidMinor'>,
  detail: string | null,
): string {
  const paid = order.paidMinor > 0;
  const money = paid
    ? 'Your money is on its way back to your wallet.'
    : 'You have not been charged.';
  switch (reason) {
    case OrderClosedReason.OUT_OF_STOCK:
      return `Sorry, we have just run out of ${detail ?? 'something in your order'}. ${money}`;
    case OrderClosedReason.INSUFFICIENT_FUNDS:
      return detail ?? `There is not enough money in your wallet. ${money}`;
    case OrderClosedReason.CAFE_CLOSED:
      return `Sorry, the café has closed. ${money}`;
    case OrderClosedReason.CANCELLED_BY_CUSTOMER:
      return `You cancelled this order${detail === null ? '' : ` (${withoutStop(detail)})`}. ${money}`;
    case OrderClosedReason.CANCELLED_BY_CAFE: {
      const why = detail === null ? '' : `: ${withoutStop(detail)}`;
      return `Sorry, the café had to cancel your order${why}. ${money}`;
    }
    case OrderClosedReason.TIMED_OUT:
      return 'Sorry, your order could not be accepted in time. If anything was charged, it is on its way back to your wallet.';
    case OrderClosedReason.NOT_COLLECTED:
      return 'Your order was ready, but nobody came for it. Please talk to the café if this is wrong.';
  }
}

const withoutStop = (text: string): string => text.trim().replace(/[.!]+$/, '');
