import type { Caller, Transaction } from '@crema/kit';
import { CafeOfferChanged, PrivilegedWriteMade, ProductChanged } from '@crema/schema/events';
import type { CafeOffer } from '../entities/cafe-offer.ts';
import type { Product } from '../entities/product.ts';

/** Tells everybody what the product is like now. */
export function publishProduct(tx: Transaction, product: Product): void {
  const { sku, name, category, price, groups, archived } = product;
  tx.publish(ProductChanged, product.id, {
    sku,
    name,
    category: { id: category.id, name: category.name },
    price: price.toValue(),
    optionGroups: groups.map((group) => ({ ...group, options: [...group.options] })),
    archived,
  });
}

export function publishOffer(tx: Transaction, { currency }: Product, offer: CafeOffer): void {
  const { cafeId, productId, priceMinor, soldOut } = offer;
  tx.publish(CafeOfferChanged, productId, {
    cafeId,
    price: priceMinor === null ? null : { minor: priceMinor, currency },
    soldOut,
  });
}

/** What a member of staff did, for the audit log. */
export interface Deed {
  /** `menu.<mutation>`. */
  readonly action: string;
  /** `<Type>:<id>`. */
  readonly target: string;
  readonly details: string | null;
}

export function publishDeed(tx: Transaction, caller: Caller, deed: Deed, now: Date): void {
  const actorId = caller.requireId();
  tx.publish(PrivilegedWriteMade, actorId, { actorId, ...deed, at: now.toISOString() });
}
