import { BigIntColumn, KeyColumn } from '@crema/kit';
import { Entity } from 'typeorm';

/** One row that rises with every change, so that every replica learns of it. */
@Entity('menu_version')
export class MenuVersion {
  static readonly ID = 'menu';

  @KeyColumn()
  id!: string;

  @BigIntColumn()
  version!: number;
}
