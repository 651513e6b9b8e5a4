import { KeyColumn, StringColumn } from '@crema/kit';
import { Entity } from 'typeorm';

/** By which e-mail a user can be sent money. A read model of accounts; it never leaves this subgraph. */
@Entity('contacts')
export class Contact {
  /** The user's id. */
  @KeyColumn()
  id!: string;

  @StringColumn(254)
  email!: string;
}
