import { multiplyDivide } from '@crema/kit';
import type { Order } from '../entities/order.ts';

/** What a part of an order's total is made of. */
export interface Parts {
  readonly subtotalMinor: number;
  readonly taxMinor: number;
  readonly tipMinor: number;
}

type Amounts = Pick<Order, 'subtotalMinor' | 'taxMinor'>;

/*
 * Rounding is cumulative: what all refunds so far are made of follows from their sum alone, and each one is the
 * difference that it makes. So each has its proportion of the tax to within a cent of its exact share, and
 * whatever came before, the last one brings every part to exactly what was paid.
 */

/** What goods of this price cost with their share of the order's tax, the share rounded half to even. */
export const withTax = ({ subtotalMinor, taxMinor }: Amounts, netMinor: number): number =>
  netMinor + (subtotalMinor === 0 ? 0 : multiplyDivide(taxMinor, netMinor, subtotalMinor));

/** What the first so many minor units of a total are made of: goods with their tax first, the tip last. */
function partsUpTo(order: Amounts, minor: number): Parts {
  const { subtotalMinor, taxMinor } = order;
  const goodsMinor = Math.min(minor, subtotalMinor + taxMinor);
  if (goodsMinor === 0) return { subtotalMinor: 0, taxMinor: 0, tipMinor: minor };
  // The least price that comes to this with its tax; what rounding leaves no price for takes from its tax.
  let netMinor = multiplyDivide(goodsMinor, subtotalMinor, subtotalMinor + taxMinor);
  while (netMinor > 0 && withTax(order, netMinor - 1) >= goodsMinor) netMinor--;
  while (netMinor < subtotalMinor && withTax(order, netMinor) < goodsMinor) netMinor++;
  return {
    subtotalMinor: netMinor,
    taxMinor: goodsMinor - netMinor,
    tipMinor: minor - goodsMinor,
  };
}

/** What an amount is made of that is given back after others. Parts are never negative and sum to the amount. */
export function partsOf(order: Amounts, beforeMinor: number, amountMinor: number): Parts {
  const before = partsUpTo(order, beforeMinor);
  const after = partsUpTo(order, beforeMinor + amountMinor);
  return {
    subtotalMinor: after.subtotalMinor - before.subtotalMinor,
    taxMinor: after.taxMinor - before.taxMinor,
    tipMinor: after.tipMinor - before.tipMinor,
  };
}

/**
 * What goods of this price give back with their tax after others; null when less than that of the order's goods
 * is left.
 */
export function worthAfter(order: Amounts, beforeMinor: number, netMinor: number): number | null {
  const before = partsUpTo(order, beforeMinor);
  const after = before.subtotalMinor + netMinor;
  if (after > order.subtotalMinor) return null;
  return withTax(order, after) - before.subtotalMinor - before.taxMinor;
}
