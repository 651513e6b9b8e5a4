import { on, type Consumer } from '@crema/kit';
import { CafeChanged } from '@crema/schema/events';
import { Cafe } from '../entities/cafe.ts';
import type { MenuCache } from '../services/menu-cache.ts';

/** Learns which cafés there are: only they have a menu. */
export const knowCafe = (menus: MenuCache): Consumer =>
  on(CafeChanged, 'menu.know-cafe', async (tx, { key: cafeId }) => {
    if (await tx.find(Cafe, cafeId)) return;
    tx.insert(Cafe, Cafe.of(cafeId));
    await menus.touch(tx);
  });
