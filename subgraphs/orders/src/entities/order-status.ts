import { registerEnumType } from 'type-graphql';

export enum OrderStatus {
  PLACED = 'PLACED',
  RESERVED = 'RESERVED',
  CONFIRMED = 'CONFIRMED',
  PREPARING = 'PREPARING',
  READY = 'READY',
  COLLECTED = 'COLLECTED',
  REJECTED = 'REJECTED',
  CANCELLED = 'CANCELLED',
}

registerEnumType(OrderStatus, {
  name: 'OrderStatus',
  description:
    'PLACED → RESERVED → CONFIRMED → PREPARING → READY → COLLECTED; ends early in REJECTED or CANCELLED.',
  valuesConfig: {
    PLACED: { description: 'Accepted; nothing is set aside or paid yet.' },
    RESERVED: { description: 'The ingredients are set aside; the payment is due.' },
    CONFIRMED: { description: 'Paid; the café will make it.' },
    PREPARING: { description: 'A barista is making it.' },
    READY: { description: 'It can be collected.' },
    COLLECTED: { description: 'The customer has it.' },
    REJECTED: { description: 'It could not be accepted; nothing was charged.' },
    CANCELLED: { description: 'It ended early.' },
  },
});

export enum OrderClosedReason {
  OUT_OF_STOCK = 'OUT_OF_STOCK',
  INSUFFICIENT_FUNDS = 'INSUFFICIENT_FUNDS',
  CAFE_CLOSED = 'CAFE_CLOSED',
  CANCELLED_BY_CUSTOMER = 'CANCELLED_BY_CUSTOMER',
  CANCELLED_BY_CAFE = 'CANCELLED_BY_CAFE',
  TIMED_OUT = 'TIMED_OUT',
  NOT_COLLECTED = 'NOT_COLLECTED',
}

registerEnumType(OrderClosedReason, {
  name: 'OrderClosedReason',
  description: 'Why an order ended early.',
  valuesConfig: {
    OUT_OF_STOCK: { description: 'Some of it is not there any more.' },
    INSUFFICIENT_FUNDS: { description: 'The wallet holds too little.' },
    CAFE_CLOSED: { description: 'The café takes no orders.' },
    CANCELLED_BY_CUSTOMER: { description: 'The customer did not want it any more.' },
    CANCELLED_BY_CAFE: { description: 'The café could not make it.' },
    TIMED_OUT: { description: 'Stock or payment did not answer in time.' },
    NOT_COLLECTED: { description: 'Nobody came for it.' },
  },
});
