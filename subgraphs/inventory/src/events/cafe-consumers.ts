import { on, type Consumer } from '@crema/kit';
import { CafeChanged } from '@crema/schema/events';
import { KnownCafe } from '../entities/known-cafe.ts';

export const cafeConsumers = (): Consumer[] => [
  on(CafeChanged, 'inventory.know-cafe', async (tx, { key }) => {
    if (await tx.find(KnownCafe, key)) return;
    tx.insert(KnownCafe, Object.assign(new KnownCafe(), { id: key }));
  }),
];
