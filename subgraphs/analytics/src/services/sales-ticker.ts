import type { LiveFeed } from '@crema/kit';
import { TICKS, type Tick } from './sales-book.ts';
import type { CafeScope } from './sales-scope.ts';

/** Sales of the cafés of a scope, as they are made. */
export function followSales(
  ticks: LiveFeed<Tick>,
  { cafes }: CafeScope,
): AsyncIterableIterator<Tick> {
  const wanted = new Set(cafes.map(({ cafeId }) => cafeId));
  const all = ticks.subscribe(TICKS);
  return {
    async next() {
      for (;;) {
        const result = await all.next();
        if (result.done || wanted.has(result.value.cafeId)) return result;
      }
    },
    return: () => all.return(),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
