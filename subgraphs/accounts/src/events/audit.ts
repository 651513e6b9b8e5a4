import { on, type Consumer } from '@crema/kit';
import { PrivilegedWriteMade } from '@crema/schema/events';
import type { AuditTrail } from '../services/audit-trail.ts';

/** Writes down every use of a right, whichever subgraph tells of it. */
export const keepAudit = (trail: AuditTrail): Consumer =>
  on(PrivilegedWriteMade, 'accounts.keep-audit', (tx, event) => trail.write(tx, event));
