import type { ResolveReference } from '@crema/kit';
import type { Order } from '../entities/order.ts';
import { maySee } from '../services/order-access.ts';
import type { OrderReader } from '../services/order-reader.ts';
import type { Cafe, User } from '../types/references.ts';

/** Entities that other subgraphs refer to. An order that is not the caller's is as absent as an unknown one. */
export const referencesOf = (reader: OrderReader) => ({
  Order: (async ({ id }, { caller, loaders }) => {
    const order = await loaders.load(reader.orders, id);
    return order && maySee(caller, order) ? order : null;
  }) satisfies ResolveReference<Order>,
  User: (({ id }) => ({ id })) satisfies ResolveReference<User>,
  Cafe: (({ id }) => ({ id })) satisfies ResolveReference<Cafe>,
});
