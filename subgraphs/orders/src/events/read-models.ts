import { on, type Consumer } from '@crema/kit';
import { CafeChanged, CafeOfferChanged, ProductChanged } from '@crema/schema/events';
import type { Catalogue } from '../services/catalogue.ts';

/**
 * Beside the saga, so that a rebuild of the read models replays no order; one after the other, because each counts
 * the one version of the whole catalogue up.
 */
const BESIDE = { group: 'orders.projections', lane: () => 'catalogue' };

/** What quoting needs of menu and cafés. */
export const readModelConsumers = (catalogue: Catalogue): Consumer[] => [
  on(
    ProductChanged,
    'orders.keep-product',
    (tx, { key, data }) => catalogue.keepProduct(tx, key, data),
    BESIDE,
  ),
  on(
    CafeOfferChanged,
    'orders.keep-offer',
    (tx, { key, data }) => catalogue.keepOffer(tx, { ...data, productId: key }),
    BESIDE,
  ),
  on(
    CafeChanged,
    'orders.keep-cafe',
    (tx, { key, data }) => catalogue.keepCafe(tx, key, data),
    BESIDE,
  ),
];
