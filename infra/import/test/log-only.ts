import { stableId } from '@crema/kit';
import {
  CafeChanged,
  PastProductFound,
  PastStoreFound,
  ProductChanged,
} from '@crema/schema/events';
import type { Crema } from '../src/crema.ts';
import { dataOf } from '../src/catalogue.ts';
import { logAt } from './support.ts';

/** An event log where cafés and products are made at once, and nothing else is done. */
export function logOnly(folder: string): Crema {
  const events = logAt(folder);
  const answer = async (): Promise<void> => {
    await events.read([PastStoreFound.topic], async (batch) => {
      for (const event of batch) {
        const { key } = event;
        const common = { ...event, id: stableId(`answer/${event.id}`) };
        const store = dataOf(PastStoreFound, event);
        const product = dataOf(PastProductFound, event);
        const data = store
          ? { ...store, openingHours: [], specialHours: [], orderingPausedReason: null }
          : {
              ...product,
              category: { id: key, name: product!.category },
              optionGroups: [],
              archived: true,
            };
        const { type, version, topic } = store ? CafeChanged : ProductChanged;
        await events.append([{ ...common, type, version, topic, data }]);
      }
    });
  };
  return {
    place: folder,
    events,
    tell: (facts) => events.append(facts),
    async until(isSo) {
      await answer();
      return isSo();
    },
    applied: async () => true,
  };
}
