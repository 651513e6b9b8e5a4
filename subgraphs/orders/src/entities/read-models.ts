import { BigIntColumn, JsonColumn, KeyColumn } from '@crema/kit';
import type { CafeChanged, CafeOfferChanged, ProductChanged } from '@crema/schema/events';
import { Entity } from 'typeorm';
import type { z } from 'zod';

/** What one row of a read model holds: the latest fact about its subject. */
abstract class Known<Fact> {
  @KeyColumn()
  id!: string;

  /** The catalogue's version that brought it. */
  @BigIntColumn()
  version!: number;

  @JsonColumn()
  fact!: Fact;
}

export type ProductFact = z.output<(typeof ProductChanged)['data']>;
export type OfferFact = z.output<(typeof CafeOfferChanged)['data']> & { productId: string };
export type CafeFact = z.output<(typeof CafeChanged)['data']>;

/** What the menu says about a product. Key: the product's id. */
@Entity('menu_prices')
export class MenuPrice extends Known<ProductFact> {}

/** How one café sells a product. Key: a digest of café and product. */
@Entity('menu_offers')
export class MenuOffer extends Known<OfferFact> {}

/** Opening hours, tax and currency of a café. Key: the café's id. */
@Entity('cafe_hours')
export class CafeHours extends Known<CafeFact> {}

/** How far the catalogue is; its row is locked by whoever changes the catalogue. */
@Entity('catalogue_versions')
export class CatalogueVersion {
  @KeyColumn()
  id!: string;

  @BigIntColumn()
  version!: number;
}
