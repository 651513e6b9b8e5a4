import { Entity } from 'typeorm';
import { BigIntColumn, KeyColumn, StringColumn } from '@crema/kit';

/** The key of the one row. */
export const AUDIT_HEAD = 'audit';

/** Where the audit log ends. Whoever appends holds its lock until the commit: there is one chain, however many write. */
@Entity('audit_heads')
export class AuditHead {
  @KeyColumn()
  id!: string;

  /** How many entries there are. */
  @BigIntColumn()
  position!: number;

  /** Of the last entry. */
  @StringColumn(64)
  hash!: string;
}
