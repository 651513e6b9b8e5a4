import { on, type Clock, type Consumer } from '@crema/kit';
import { PastStoreFound, publishPrivilegedWrite } from '@crema/schema/events';
import { Cafe } from '../entities/cafe.ts';
import { cafeOf } from '../services/cafe-service.ts';
import { publishCafe } from './cafe-events.ts';

const MOST_OF_SLUG = 60;

/** Opens the café that sales of the past need, without hours: it takes no orders until it is given some. */
export const openPastStore = (clock: Clock): Consumer =>
  on(PastStoreFound, 'cafes.open-past-store', async (tx, { key: id, data }) => {
    if (await tx.find(Cafe, id)) return;
    const { currency: currencyCode, ...store } = data;
    const [namesake] = await tx.findMany(Cafe, [store.slug], { by: 'slug' });
    const slug = namesake ? anotherSlug(store.slug, id) : store.slug;
    const cafe = cafeOf(id, { ...store, slug, currencyCode });
    tx.insert(Cafe, cafe);
    publishCafe(tx, cafe);
    publishPrivilegedWrite(tx, {
      actorId: 'import:sales',
      action: 'cafes.openPastStore',
      target: `Cafe:${id}`,
      details: slug,
      at: clock.now(),
    });
  });

function anotherSlug(slug: string, id: string): string {
  const ending = `-${id.slice(0, 8)}`;
  return slug.slice(0, MOST_OF_SLUG - ending.length).replace(/-$/, '') + ending;
}
