import { on, type Consumer, type Logger, type Transaction } from '@crema/kit';
import { StockRefused, StockReserved } from '@crema/schema/events';
import type { AdvanceOrder } from '../services/advance-order.ts';
import { withOrder } from './with-order.ts';

/** What inventory says to a placed order. */
export const stockConsumers = (advance: AdvanceOrder, log: Logger): Consumer[] => [
  on(StockReserved, 'orders.go-on-with-stock', (tx: Transaction, { key }) =>
    withOrder(tx, key, log, async (order) => {
      await advance.run(tx, order, 'STOCK_RESERVED');
    }),
  ),
  on(StockRefused, 'orders.reject-out-of-stock', (tx: Transaction, { key, data }) =>
    withOrder(tx, key, log, async (order) => {
      const names = [...new Set(data.missing.map(({ name }) => name))];
      await advance.run(tx, order, 'STOCK_REFUSED', { detail: inWords(names) });
    }),
  ),
];

/** "oat milk", "oat milk and cocoa", "oat milk, cocoa and matcha" */
const inWords = (names: readonly string[]): string | null => {
  const last = names.at(-1);
  if (last === undefined) return null;
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
};
