import { forbidden, type Caller } from '@crema/kit';
import type { Order } from '../entities/order.ts';

const STAFF_SCOPES = ['queue:work', 'orders:read'] as const;

/** Works where the order is made and may read orders there. Administrators work everywhere. */
export const isStaffOf = (caller: Caller, cafeId: string): boolean =>
  STAFF_SCOPES.some((scope) => caller.hasAt(scope, cafeId));

/** An order is its customer's and its café's, nobody else's. */
export const maySee = (caller: Caller, order: Order): boolean =>
  caller.is(order.customerId) || isStaffOf(caller, order.cafeId);

/** Refuses with UNAUTHENTICATED or FORBIDDEN who may not see it. */
export function requireSight(caller: Caller, order: Order): void {
  caller.requireId();
  if (!maySee(caller, order)) throw forbidden('This order is not yours.');
}

/** Customers see what was done, not which member of staff did it. */
export const seesActor = (
  caller: Caller,
  { cafeId }: Order,
  actorId: string | null,
): actorId is string => actorId !== null && (isStaffOf(caller, cafeId) || caller.is(actorId));
