import { OrderStatus } from '../src/entities/order-status.ts';
import { isFinal, ORDER_FACTS, stepOf, type OrderFact } from '../src/services/order-life.ts';

/** The saga as it was decided: order is | fact | order becomes | reason | fact published. */
const DECIDED = `
  PLACED    | STOCK_RESERVED        | RESERVED  | -                     | OrderPaymentDue
  PLACED    | STOCK_REFUSED         | REJECTED  | OUT_OF_STOCK          | OrderClosed
  RESERVED  | PAYMENT_CAPTURED      | CONFIRMED | -                     | OrderConfirmed
  RESERVED  | PAYMENT_REFUSED       | REJECTED  | INSUFFICIENT_FUNDS    | OrderClosed
  PLACED    | DEADLINE_PASSED       | REJECTED  | TIMED_OUT             | OrderClosed
  RESERVED  | DEADLINE_PASSED       | REJECTED  | TIMED_OUT             | OrderClosed
  CONFIRMED | PREPARATION_STARTED   | PREPARING | -                     | OrderPreparing
  PREPARING | MARKED_READY          | READY     | -                     | OrderReady
  READY     | RECALLED              | PREPARING | -                     | OrderRecalled
  READY     | MARKED_COLLECTED      | COLLECTED | -                     | OrderCollected
  READY     | NOT_COLLECTED_IN_TIME | CANCELLED | NOT_COLLECTED         | OrderClosed
  PLACED    | CANCELLED_BY_CUSTOMER | CANCELLED | CANCELLED_BY_CUSTOMER | OrderClosed
  RESERVED  | CANCELLED_BY_CUSTOMER | CANCELLED | CANCELLED_BY_CUSTOMER | OrderClosed
  CONFIRMED | CANCELLED_BY_CUSTOMER | CANCELLED | CANCELLED_BY_CUSTOMER | OrderClosed
  CONFIRMED | REJECTED_BY_CAFE      | CANCELLED | CANCELLED_BY_CAFE     | OrderClosed
  PREPARING | REJECTED_BY_CAFE      | CANCELLED | CANCELLED_BY_CAFE     | OrderClosed
  READY     | REJECTED_BY_CAFE      | CANCELLED | CANCELLED_BY_CAFE     | OrderClosed
`
  .trim()
  .split('\n')
  .map((row) => row.split('|').map((cell) => cell.trim()));

const STATUSES = Object.values(OrderStatus);
const pairs = STATUSES.flatMap((status) => ORDER_FACTS.map((fact) => [status, fact] as const));

describe('the life of an order', () => {
  it.each(pairs)('%s and %s', (status: OrderStatus, fact: OrderFact) => {
    const row = DECIDED.find(([from, what]) => from === status && what === fact);
    const step = stepOf(status, fact);
    expect(step && [step.to, step.closedReason ?? '-', step.announces]).toEqual(
      row?.slice(2) ?? null,
    );
  });

  it('is over in three ways', () => {
    expect(STATUSES.filter(isFinal)).toEqual(['COLLECTED', 'REJECTED', 'CANCELLED']);
  });
});
