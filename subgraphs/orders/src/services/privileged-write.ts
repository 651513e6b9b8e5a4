import type { Transaction } from '@crema/kit';
import { PrivilegedWriteMade } from '@crema/schema/events';
import type { Order } from '../entities/order.ts';

/** Tells the audit log who used a right that customers do not have. */
export const noteForAudit = (
  tx: Transaction,
  actorId: string,
  mutation: string,
  order: Order,
  { details, at }: { details: string | null; at: Date },
): void =>
  tx.publish(PrivilegedWriteMade, actorId, {
    actorId,
    action: `orders.${mutation}`,
    target: `Order:${order.id}`,
    details,
    at: at.toISOString(),
  });
