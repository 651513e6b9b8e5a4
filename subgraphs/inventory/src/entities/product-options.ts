import { InstantColumn, JsonColumn, KeyColumn, StringColumn } from '@crema/kit';
import { Entity } from 'typeorm';

export interface ProductOption {
  readonly id: string;
  readonly isDefault: boolean;
}

/** What this subgraph knows of a product, from menu's facts. */
@Entity('product_options')
export class ProductOptions {
  /** The product's id. */
  @KeyColumn()
  id!: string;

  @StringColumn(200)
  name!: string;

  @JsonColumn()
  options!: readonly ProductOption[];

  /** When menu said so. */
  @InstantColumn({ name: 'changed_at' })
  changedAt!: Date;
}
