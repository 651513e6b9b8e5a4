import type { Database } from '@crema/kit';
import type { EntityManager } from 'typeorm';
import { Reservation } from '../entities/reservation.ts';
import { StockLevel, stockLevelId } from '../entities/stock-level.ts';
import { StockMovement } from '../entities/stock-movement.ts';
import { quantityText } from './quantity.ts';

/** A kept number that is not what its history says. */
export interface StockDifference {
  readonly cafeId: string;
  readonly ingredientId: string;
  readonly what: 'onHand' | 'reserved';
  /** Decimal texts in the ingredient's unit. */
  readonly kept: string;
  readonly recomputed: string;
}

interface Sum {
  readonly cafeId: string;
  readonly ingredientId: string;
  readonly milli: number;
}

/**
 * Recomputes all stock: on hand from the movements (every level opens at nothing), reserved from what
 * orders hold. All of it is read as it was at one moment.
 */
export function verifyStock(database: Database): Promise<StockDifference[]> {
  return database.snapshot(async (manager) => {
    const levels = await manager.find(StockLevel, { order: { id: 'ASC' } });
    return [
      ...compare('onHand', levels, await movedBy(manager)),
      ...compare('reserved', levels, await heldBy(manager)),
    ];
  });
}

async function movedBy(manager: EntityManager): Promise<Sum[]> {
  const sums = await manager
    .createQueryBuilder(StockMovement, 'movement')
    .select('movement.cafeId', 'cafeId')
    .addSelect('movement.ingredientId', 'ingredientId')
    .addSelect('SUM(movement.quantityMilli)', 'milli')
    .groupBy('movement.cafeId')
    .addGroupBy('movement.ingredientId')
    .getRawMany<Record<keyof Sum, string>>();
  return sums.map((sum) => ({ ...sum, milli: Number(sum.milli) }));
}

async function heldBy(manager: EntityManager): Promise<Sum[]> {
  const held = await manager.findBy(Reservation, { status: 'HELD' });
  const sums = new Map<string, Sum>();
  for (const { cafeId, items } of held) {
    for (const { ingredientId, quantityMilli } of items) {
      const id = stockLevelId(cafeId, ingredientId);
      const milli = (sums.get(id)?.milli ?? 0) + quantityMilli;
      sums.set(id, { cafeId, ingredientId, milli });
    }
  }
  return [...sums.values()];
}

function compare(
  what: StockDifference['what'],
  levels: readonly StockLevel[],
  sums: readonly Sum[],
): StockDifference[] {
  const recomputed = new Map(
    sums.map((sum) => [stockLevelId(sum.cafeId, sum.ingredientId), sum] as const),
  );
  const kept = new Map(levels.map((level) => [level.id, level]));
  const keptMilli = (id: string): number => {
    const level = kept.get(id);
    return what === 'onHand' ? (level?.onHandMilli ?? 0) : (level?.reservedMilli ?? 0);
  };
  return [...new Set([...kept.keys(), ...recomputed.keys()])].flatMap((id) => {
    const expected = recomputed.get(id)?.milli ?? 0;
    if (keptMilli(id) === expected) return [];
    const { cafeId, ingredientId } = kept.get(id) ?? recomputed.get(id)!;
    return [
      {
        cafeId,
        ingredientId,
        what,
        kept: quantityText(keptMilli(id)),
        recomputed: quantityText(expected),
      },
    ];
  });
}
