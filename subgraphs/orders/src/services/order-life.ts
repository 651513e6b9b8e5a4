import { OrderClosedReason, OrderStatus } from '../entities/order-status.ts';

/** What can happen to an order: facts of other subgraphs, the clock, and what people decide. */
export const ORDER_FACTS = [
  'STOCK_RESERVED',
  'STOCK_REFUSED',
  'PAYMENT_CAPTURED',
  'PAYMENT_REFUSED',
  'DEADLINE_PASSED',
  'PREPARATION_STARTED',
  'MARKED_READY',
  'RECALLED',
  'MARKED_COLLECTED',
  'NOT_COLLECTED_IN_TIME',
  'CANCELLED_BY_CUSTOMER',
  'REJECTED_BY_CAFE',
] as const;

export type OrderFact = (typeof ORDER_FACTS)[number];

/** What the order tells the others when it takes a step. */
export type Announcement =
  | 'OrderPaymentDue'
  | 'OrderConfirmed'
  | 'OrderPreparing'
  | 'OrderReady'
  | 'OrderRecalled'
  | 'OrderCollected'
  | 'OrderClosed';

export interface Step {
  readonly to: OrderStatus;
  readonly announces: Announcement;
  readonly closedReason: OrderClosedReason | null;
}

const to = (status: OrderStatus, announces: Announcement): Step => ({
  to: status,
  announces,
  closedReason: null,
});

const closes = (
  status: OrderStatus.REJECTED | OrderStatus.CANCELLED,
  closedReason: OrderClosedReason,
): Step => ({ to: status, announces: 'OrderClosed', closedReason });

const { RESERVED, CONFIRMED, PREPARING, READY, COLLECTED, REJECTED, CANCELLED } = OrderStatus;

const timedOut = closes(REJECTED, OrderClosedReason.TIMED_OUT);
const byCustomer = closes(CANCELLED, OrderClosedReason.CANCELLED_BY_CUSTOMER);
const byCafe = closes(CANCELLED, OrderClosedReason.CANCELLED_BY_CAFE);

/**
 * An order's whole life: what becomes of it when a fact arrives, and what the others are told. A pair that is
 * not here changes nothing. A status with nothing to come is final.
 */
export const ORDER_LIFE: Readonly<Record<OrderStatus, Readonly<Partial<Record<OrderFact, Step>>>>> =
  {
    PLACED: {
      STOCK_RESERVED: to(RESERVED, 'OrderPaymentDue'),
      STOCK_REFUSED: closes(REJECTED, OrderClosedReason.OUT_OF_STOCK),
      DEADLINE_PASSED: timedOut,
      CANCELLED_BY_CUSTOMER: byCustomer,
    },
    RESERVED: {
      PAYMENT_CAPTURED: to(CONFIRMED, 'OrderConfirmed'),
      PAYMENT_REFUSED: closes(REJECTED, OrderClosedReason.INSUFFICIENT_FUNDS),
      DEADLINE_PASSED: timedOut,
      CANCELLED_BY_CUSTOMER: byCustomer,
    },
    CONFIRMED: {
      PREPARATION_STARTED: to(PREPARING, 'OrderPreparing'),
      CANCELLED_BY_CUSTOMER: byCustomer,
      REJECTED_BY_CAFE: byCafe,
    },
    PREPARING: {
      MARKED_READY: to(READY, 'OrderReady'),
      REJECTED_BY_CAFE: byCafe,
    },
    READY: {
      RECALLED: to(PREPARING, 'OrderRecalled'),
      MARKED_COLLECTED: to(COLLECTED, 'OrderCollected'),
      NOT_COLLECTED_IN_TIME: closes(CANCELLED, OrderClosedReason.NOT_COLLECTED),
      REJECTED_BY_CAFE: byCafe,
    },
    COLLECTED: {},
    REJECTED: {},
    CANCELLED: {},
  };

export const stepOf = (status: OrderStatus, fact: OrderFact): Step | null =>
  ORDER_LIFE[status][fact] ?? null;

export const isFinal = (status: OrderStatus): boolean =>
  Object.keys(ORDER_LIFE[status]).length === 0;

/** Whether it is the café's work: paid for and not yet handed over. */
export const isInQueue = (status: OrderStatus): boolean =>
  status === CONFIRMED || status === PREPARING || status === READY;
