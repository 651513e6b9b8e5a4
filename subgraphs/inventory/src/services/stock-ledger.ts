import type { Clock, LiveFeed, Transaction } from '@crema/kit';
import { StockRanLow } from '@crema/schema/events';
import { Ingredient } from '../entities/ingredient.ts';
import { StockLevel, stockLevelId } from '../entities/stock-level.ts';
import { StockMovement } from '../entities/stock-movement.ts';
import type { StockMovementKind } from '../types/stock-movement-kind.ts';
import { quantityText } from './quantity.ts';

/** Why what is on hand changed. */
export interface Cause {
  kind: StockMovementKind;
  orderId?: string;
  actorId?: string;
  reason?: string | null;
}

const KEPT = ['onHandMilli', 'reservedMilli', 'reorderPointMilli', 'isLow', 'updatedAt'] as const;

/** A level that this transaction has locked, and what of it the database has. */
interface LockedLevel {
  readonly level: StockLevel;
  written: StockLevel | null;
}

/**
 * The only writer of stock. It turns whatever changed on hand into a movement of exactly that quantity, so
 * that on hand is always the sum of the movements, and tells when a level has run low.
 */
export class StockLedger {
  /** What a transaction has locked nobody else changes: it need not be read twice. */
  private readonly locked = new WeakMap<Transaction, Map<string, LockedLevel>>();

  constructor(
    private readonly clock: Clock,
    private readonly lowStock: LiveFeed<StockLevel>,
  ) {}

  /** The levels of these ingredients that the café has, by ingredient, locked in the order of their keys. */
  async lock(
    tx: Transaction,
    cafeId: string,
    ingredientIds: readonly string[],
  ): Promise<ReadonlyMap<string, StockLevel>> {
    const known = this.lockedBy(tx);
    const ids = ingredientIds.map((ingredientId) => stockLevelId(cafeId, ingredientId));
    const unread = ids.filter((id) => !known.has(id));
    for (const level of await tx.findMany(StockLevel, unread, { lock: true })) {
      if (!known.has(level.id)) known.set(level.id, { level, written: level.copy() });
    }
    const levels = new Map<string, StockLevel>();
    for (const id of ids) {
      const level = known.get(id)?.level;
      if (level) levels.set(level.ingredientId, level);
    }
    return levels;
  }

  /** The same with an empty level for what the café never had; `write` keeps it. */
  async open(
    tx: Transaction,
    cafeId: string,
    ingredientIds: readonly string[],
  ): Promise<ReadonlyMap<string, StockLevel>> {
    const levels = new Map(await this.lock(tx, cafeId, ingredientIds));
    for (const ingredientId of ingredientIds) {
      if (levels.has(ingredientId)) continue;
      const level = StockLevel.empty(cafeId, ingredientId, this.clock.now());
      this.lockedBy(tx).set(level.id, { level, written: null });
      levels.set(ingredientId, level);
    }
    return levels;
  }

  /** Keeps what changed of these locked levels. Without a cause nothing on hand may have changed. */
  async write(tx: Transaction, levels: Iterable<StockLevel>, cause?: Cause): Promise<void> {
    const now = this.clock.now();
    const fresh: StockLevel[] = [];
    const movements: StockMovement[] = [];
    const ranLow: StockLevel[] = [];

    for (const level of levels) {
      const locked = this.lockedBy(tx).get(level.id);
      if (locked?.level !== level) throw new Error(`${level.id} is not locked`);
      const { written } = locked;
      if (level.hasJustRunLow()) ranLow.push(level);
      const differing = written ? KEPT.filter((name) => level[name] !== written[name]) : KEPT;
      if (differing.length === 0) continue;

      level.updatedAt = now;
      if (written) tx.update(StockLevel, level.id, pick(level, [...differing, 'updatedAt']));
      else fresh.push(level);
      const quantityMilli = level.onHandMilli - (written?.onHandMilli ?? 0);
      if (quantityMilli !== 0) movements.push(movementOf(level, quantityMilli, cause, now));
      locked.written = level.copy();
    }

    tx.insert(StockLevel, ...fresh);
    tx.insert(StockMovement, ...movements);
    if (ranLow.length > 0) await this.tell(tx, ranLow);
  }

  private async tell(tx: Transaction, levels: readonly StockLevel[]): Promise<void> {
    const ingredients = await tx.findMany(
      Ingredient,
      levels.map(({ ingredientId }) => ingredientId),
    );
    for (const level of levels) {
      const { name, unit } = ingredients.find(({ id }) => id === level.ingredientId)!;
      tx.publish(StockRanLow, `${level.cafeId}:${level.ingredientId}`, {
        cafeId: level.cafeId,
        ingredientId: level.ingredientId,
        ingredientName: name,
        unit,
        available: quantityText(level.availableMilli),
        reorderPoint: quantityText(level.reorderPointMilli),
      });
      const asItIsNow = level.copy();
      tx.afterCommit(() => this.lowStock.publish(level.cafeId, asItIsNow));
    }
  }

  private lockedBy(tx: Transaction): Map<string, LockedLevel> {
    let known = this.locked.get(tx);
    if (!known) {
      known = new Map();
      this.locked.set(tx, known);
    }
    return known;
  }
}

const pick = (level: StockLevel, names: readonly (typeof KEPT)[number][]): Partial<StockLevel> =>
  Object.fromEntries(names.map((name) => [name, level[name]]));

function movementOf(
  { cafeId, ingredientId }: StockLevel,
  quantityMilli: number,
  cause: Cause | undefined,
  at: Date,
): StockMovement {
  if (!cause) throw new Error('what is on hand changes for a cause');
  const { kind, orderId = null, actorId = null, reason = null } = cause;
  return Object.assign(new StockMovement(), {
    at,
    kind,
    quantityMilli,
    cafeId,
    ingredientId,
    orderId,
    reason,
    actorId,
  });
}
