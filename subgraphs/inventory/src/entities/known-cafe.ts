import { KeyColumn } from '@crema/kit';
import { Entity } from 'typeorm';

/** A café that exists, from the facts of cafes. Its row is locked while a member of staff changes its stock. */
@Entity('cafe_ids')
export class KnownCafe {
  @KeyColumn()
  id!: string;
}
