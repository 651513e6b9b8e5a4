import type { Transaction } from '@crema/kit';
import { StockMovementKind } from '../types/stock-movement-kind.ts';
import type { StockLedger } from './stock-ledger.ts';

export interface Opening {
  readonly ingredientId: string;
  readonly quantityMilli: number;
  readonly reorderPointMilli: number;
}

/** What a café begins with. An ingredient that it has had before is left as it is. */
export class OpenStock {
  constructor(private readonly ledger: StockLedger) {}

  async run(tx: Transaction, cafeId: string, openings: readonly Opening[]): Promise<void> {
    const ids = openings.map(({ ingredientId }) => ingredientId);
    const had = await this.ledger.lock(tx, cafeId, ids);
    const fresh = openings.filter(({ ingredientId }) => !had.has(ingredientId));
    const levels = await this.ledger.open(
      tx,
      cafeId,
      fresh.map(({ ingredientId }) => ingredientId),
    );
    for (const { ingredientId, quantityMilli, reorderPointMilli } of fresh) {
      const level = levels.get(ingredientId)!;
      level.receive(quantityMilli);
      level.reorderPointMilli = reorderPointMilli;
    }
    await this.ledger.write(tx, levels.values(), {
      kind: StockMovementKind.RECEIVED,
      reason: 'Opening stock',
    });
  }
}
