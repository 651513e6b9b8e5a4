import { connectionType, countedConnectionType, edgeType } from '@crema/kit';
import { AuditEntry } from '../entities/audit-entry.ts';
import { User } from '../entities/user.ts';

export const UserConnection = countedConnectionType(
  'User',
  () => User,
  edgeType('User', () => User),
);

export const AuditEntryConnection = connectionType(
  'AuditEntry',
  () => AuditEntry,
  edgeType('AuditEntry', () => AuditEntry),
);
