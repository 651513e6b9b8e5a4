import { registerEnumType } from 'type-graphql';

export enum StockMovementKind {
  RECEIVED = 'RECEIVED',
  CONSUMED = 'CONSUMED',
  WASTED = 'WASTED',
  ADJUSTED = 'ADJUSTED',
  RETURNED = 'RETURNED',
}

registerEnumType(StockMovementKind, {
  name: 'StockMovementKind',
  description: 'Why what is on hand changed.',
  valuesConfig: {
    RECEIVED: { description: 'A delivery came in.' },
    CONSUMED: { description: 'An order was prepared.' },
    WASTED: { description: 'Spilled, spoiled or broken.' },
    ADJUSTED: { description: 'A count found another quantity.' },
    RETURNED: { description: 'What an order had taken came back unused.' },
  },
});
