import { on } from '@crema/kit';
import { CafeChanged } from '@crema/schema/events';
import { KnownCafe } from '../entities/known-cafe.ts';

/** Keeps which cafés there are, so that nobody is sent to work at another. */
export const keepCafes = on(CafeChanged, 'accounts.keep-cafes', async (tx, { key: id }) => {
  if (!(await tx.find(KnownCafe, id))) tx.insert(KnownCafe, { id });
});
