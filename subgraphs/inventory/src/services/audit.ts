import type { Caller, Clock, Transaction } from '@crema/kit';
import { PrivilegedWriteMade } from '@crema/schema/events';

export interface PrivilegedWrite {
  /** The mutation. */
  action: string;
  /** `<Type>:<id>` */
  target: string;
  details: string;
}

/** Tells the audit log that somebody used a right that customers do not have. */
export function tellAudit(
  tx: Transaction,
  caller: Caller,
  clock: Clock,
  { action, target, details }: PrivilegedWrite,
): void {
  const actorId = caller.requireId();
  tx.publish(PrivilegedWriteMade, actorId, {
    actorId,
    action: `inventory.${action}`,
    target,
    details,
    at: clock.now().toISOString(),
  });
}
