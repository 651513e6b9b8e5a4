import type { Clock, Transaction } from '@crema/kit';
import { PrivilegedWriteMade } from '@crema/schema/events';

export interface AuditedWrite {
  readonly actorId: string;
  readonly action: string;
  readonly target: string;
  readonly details: string | null;
}

/** Tells who did what with a right that customers do not have; accounts' own consumer writes it down. */
export function audit(tx: Transaction, clock: Clock, write: AuditedWrite): void {
  tx.publish(PrivilegedWriteMade, write.actorId, { ...write, at: clock.now().toISOString() });
}
