import type { Caller, Transaction } from '@crema/kit';
import { CafeChanged, PrivilegedWriteMade } from '@crema/schema/events';
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

/** What a member of staff did, for the audit log. */
export interface Deed {
  /** `cafes.<mutation>`. */
  readonly action: string;
  readonly details: string | null;
}

export function publishDeed(
  tx: Transaction,
  caller: Caller,
  cafeId: string,
  { action, details }: Deed,
  now: Date,
): void {
  const actorId = caller.requireId();
  tx.publish(PrivilegedWriteMade, actorId, {
    actorId,
    action,
    target: `Cafe:${cafeId}`,
    details,
    at: now.toISOString(),
  });
}
