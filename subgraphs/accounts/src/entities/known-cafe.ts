import { Entity } from 'typeorm';
import { KeyColumn } from '@crema/kit';

/** That a café exists, as cafes told. */
@Entity('known_cafes')
export class KnownCafe {
  @KeyColumn()
  id!: string;
}
