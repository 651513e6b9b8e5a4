import type { Transaction } from '@crema/kit';
import { CafeChanged } from '@crema/schema/events';
import type { Cafe } from '../entities/cafe.ts';

/** Tells everybody what the café is like now. */
export function publishCafe(tx: Transaction, cafe: Cafe): void {
  const { slug, name, timeZone, currencyCode, taxRate, orderingPausedReason } = cafe;
  tx.publish(CafeChanged, cafe.id, {
    slug,
    name,
    timeZone,
    currency: currencyCode,
    taxRate,
    openingHours: cafe.openingHours,
    specialHours: cafe.specialHours,
    orderingPausedReason,
  });
}
