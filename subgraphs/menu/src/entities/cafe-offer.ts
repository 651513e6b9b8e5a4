import { BigIntColumn, BooleanColumn } from '@crema/kit';
import { Entity, PrimaryColumn } from 'typeorm';

/** How one café sells a product other than all cafés do. */
@Entity('cafe_offers')
export class CafeOffer {
  @PrimaryColumn({ type: 'varchar', length: 64, name: 'product_id' })
  productId!: string;

  @PrimaryColumn({ type: 'varchar', length: 64, name: 'cafe_id' })
  cafeId!: string;

  /** In the product's currency; null where the product's own price holds. */
  @BigIntColumn({ name: 'price_minor', nullable: true })
  priceMinor!: number | null;

  @BooleanColumn({ name: 'sold_out' })
  soldOut!: boolean;
}
