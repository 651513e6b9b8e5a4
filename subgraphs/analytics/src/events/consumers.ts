import type { Consumer, ReceivedEvent } from '@crema/kit';
import type { Edition } from '../services/edition.ts';
import type { Editions } from '../services/editions.ts';
import type { BookedSale } from '../services/sales-book.ts';
import { catalogueConsumers } from './catalogue.ts';
import { pastSalesConsumers } from './past-sales.ts';
import { salesConsumers } from './sales.ts';

/** Who is told of sales as they are booked. */
export interface Ticks {
  tell(sale: BookedSale): Promise<void>;
}

export const SILENT: Ticks = { tell: async () => undefined };

/** What fills one edition. Every fact may come any number of times, from several processes at once, in any order. */
export const consumersInto = (edition: Edition, ticks: Ticks): Consumer[] => [
  ...catalogueConsumers(edition),
  ...salesConsumers(edition, ticks),
  ...pastSalesConsumers(edition),
];

/** Applies each fact to the edition that is told from, which ticks, and to the one that is being filled. */
export function liveConsumers(editions: Editions, ticks: Ticks): Consumer[] {
  const telling = new Map(editions.all.map((each) => [each, consumersInto(each, ticks)]));
  const silent = new Map(editions.all.map((each) => [each, consumersInto(each, SILENT)]));
  return telling.get(editions.all[0]!)!.map((consumer, index) => ({
    ...consumer,
    apply: {
      kind: 'idempotent',
      run: async (event) => {
        const { current, next } = await editions.atWork();
        await apply(telling.get(current)![index]!, event);
        if (next) await apply(silent.get(next)![index]!, event);
      },
    },
  }));
}

async function apply({ name, apply }: Consumer, event: ReceivedEvent<unknown>): Promise<void> {
  if (apply.kind !== 'idempotent') throw new Error(`${name} needs a database`);
  await apply.run(event);
}
