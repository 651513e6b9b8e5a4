import type { EventContract, EventLog, LoggedEvent } from '@crema/kit';
import { CafeChanged, ProductChanged } from '@crema/schema/events';
import type { z } from 'zod';

export interface KnownCafe {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
}

export interface KnownProduct {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly isArchived: boolean;
}

/** The cafés and products that there are, by their ids, as their owners have told of them. */
export interface Catalogue {
  readonly cafes: ReadonlyMap<string, KnownCafe>;
  readonly products: ReadonlyMap<string, KnownProduct>;
}

/** Reads it from the event log. */
export async function readCatalogue(events: EventLog): Promise<Catalogue> {
  const cafes = new Map<string, KnownCafe>();
  const products = new Map<string, KnownProduct>();
  await events.read([CafeChanged.topic, ProductChanged.topic], async (batch) => {
    for (const event of batch) {
      const cafe = dataOf(CafeChanged, event);
      if (cafe) cafes.set(event.key, { id: event.key, ...cafe });
      const product = dataOf(ProductChanged, event);
      if (!product) continue;
      const { sku, name, category, archived } = product;
      const known = { id: event.key, sku, name, category: category.name, isArchived: archived };
      products.set(event.key, known);
    }
  });
  return { cafes, products };
}

/** The data of an event when it is of this kind. */
export const dataOf = <Data>(
  contract: EventContract<Data>,
  { type, version, data }: LoggedEvent,
): z.output<EventContract<Data>['data']> | null =>
  type === contract.type && version === contract.version ? contract.data.parse(data) : null;
