export const ORDER_FIELDS = `
  id number version status note placedAt pickupAt closedReason canBeCancelled estimatedReadyAt
  subtotal { amount } tax { amount } tip { amount } total { amount currencyCode } refunded { amount }
  lines { id productName quantity note unitPrice { amount } total { amount } product { id }
    options { optionId name priceDelta { amount } } }
  timeline { status at reason actor { id } }
  customer { id } cafe { id }`;

export interface OrderLineJson {
  id: string;
  productName: string;
  total: { amount: string };
}

export interface OrderJson {
  id: string;
  number: string;
  version: number;
  status: string;
  closedReason: string | null;
  canBeCancelled: boolean;
  estimatedReadyAt: string | null;
  total: { amount: string };
  refunded: { amount: string };
  lines: OrderLineJson[];
  timeline: { status: string; reason: string | null; actor: { id: string } | null }[];
}

export interface UserErrorJson {
  code: string;
  message: string;
  field: string[] | null;
}

export interface PayloadJson {
  order: OrderJson | null;
  userErrors: UserErrorJson[];
}

export type Json = Record<string, unknown>;

export const latte = (quantity = 1, optionIds: string[] = []): Json => ({
  productId: 'latte',
  quantity,
  optionIds,
});

export const minorOf = (amount: string): number => Math.round(Number(amount) * 100);
