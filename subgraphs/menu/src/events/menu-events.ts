import type { Transaction } from '@crema/kit';
import { CafeOfferChanged, ProductChanged } from '@crema/schema/events';
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
