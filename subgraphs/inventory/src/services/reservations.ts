import type { Clock, Logger, Transaction } from '@crema/kit';
import { StockRefused, StockReserved } from '@crema/schema/events';
import { Ingredient } from '../entities/ingredient.ts';
import {
  canBecome,
  Reservation,
  type ReservationStatus,
  type ReservedItem,
} from '../entities/reservation.ts';
import type { StockLevel } from '../entities/stock-level.ts';
import { StockMovementKind } from '../types/stock-movement-kind.ts';
import { addNeeds, type Needs } from './needs.ts';
import type { RecipeBook } from './recipe-book.ts';
import type { StockLedger } from './stock-ledger.ts';

export interface OrderedLine {
  readonly productId: string;
  readonly optionIds: readonly string[];
  readonly quantity: number;
}

/** What orders set aside, use up and give back. A fact that comes late or again changes nothing. */
export class Reservations {
  constructor(
    private readonly recipes: RecipeBook,
    private readonly ledger: StockLedger,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** Sets aside everything that an order takes, or nothing, and publishes which. */
  async hold(
    tx: Transaction,
    orderId: string,
    cafeId: string,
    lines: readonly OrderedLine[],
  ): Promise<void> {
    const known = await tx.lock(Reservation, orderId);
    if (known) return this.ignore(known, 'HELD');

    const needs = await this.needsOf(tx, lines);
    const levels = await this.ledger.lock(tx, cafeId, [...needs.keys()]);
    const missing = [...needs].flatMap(([ingredientId, quantityMilli]) =>
      (levels.get(ingredientId)?.availableMilli ?? 0) < quantityMilli ? [ingredientId] : [],
    );
    if (missing.length > 0) {
      tx.insert(Reservation, this.reservationOf(orderId, cafeId, 'REFUSED', []));
      const ingredients = await tx.findMany(Ingredient, missing);
      tx.publish(StockRefused, orderId, {
        cafeId,
        missing: ingredients.map(({ id, name }) => ({ ingredientId: id, name })),
      });
      return;
    }

    const items: ReservedItem[] = [];
    for (const [ingredientId, quantityMilli] of needs) {
      levels.get(ingredientId)!.reserve(quantityMilli);
      items.push({ ingredientId, quantityMilli });
    }
    await this.ledger.write(tx, levels.values());
    tx.insert(Reservation, this.reservationOf(orderId, cafeId, 'HELD', items));
    tx.publish(StockReserved, orderId, { cafeId });
  }

  /** Uses up what an order holds. */
  async consume(tx: Transaction, orderId: string): Promise<void> {
    const reservation = await tx.lock(Reservation, orderId);
    if (!reservation) {
      this.log.warn({ orderId }, 'an order is prepared that holds no stock');
      return;
    }
    if (!canBecome(reservation.status, 'CONSUMED')) return this.ignore(reservation, 'CONSUMED');

    const levels = await this.lockItems(tx, reservation);
    const whole: StockLevel[] = [];
    const short: StockLevel[] = [];
    for (const { ingredientId, quantityMilli } of reservation.items) {
      const level = levels.get(ingredientId)!;
      (level.consume(quantityMilli) ? whole : short).push(level);
    }
    const cause = { kind: StockMovementKind.CONSUMED, orderId };
    await this.ledger.write(tx, whole, cause);
    await this.ledger.write(tx, short, {
      ...cause,
      reason: 'Less was on hand than was reserved; a count had found so.',
    });
    await this.end(tx, orderId, 'CONSUMED');
  }

  /** Gives back what an order holds. What was used up does not come back. */
  async release(tx: Transaction, orderId: string, cafeId: string): Promise<void> {
    const reservation = await tx.lock(Reservation, orderId);
    if (!reservation) {
      // Should the order's beginning arrive after its end, it finds this and takes nothing.
      tx.insert(Reservation, this.reservationOf(orderId, cafeId, 'RELEASED', []));
      return;
    }
    if (!canBecome(reservation.status, 'RELEASED')) return this.ignore(reservation, 'RELEASED');

    const levels = await this.lockItems(tx, reservation);
    for (const { ingredientId, quantityMilli } of reservation.items) {
      levels.get(ingredientId)!.release(quantityMilli);
    }
    await this.ledger.write(tx, levels.values());
    await this.end(tx, orderId, 'RELEASED');
  }

  private async needsOf(tx: Transaction, lines: readonly OrderedLine[]): Promise<Needs> {
    const recipes = await this.recipes.of(
      tx,
      lines.map(({ productId }) => productId),
    );
    const needs: Needs = new Map();
    for (const { productId, optionIds, quantity } of lines) {
      addNeeds(needs, recipes.get(productId)!.rows, optionIds, quantity);
    }
    return needs;
  }

  private lockItems(tx: Transaction, { cafeId, items }: Reservation) {
    return this.ledger.lock(
      tx,
      cafeId,
      items.map(({ ingredientId }) => ingredientId),
    );
  }

  private reservationOf(
    id: string,
    cafeId: string,
    status: ReservationStatus,
    items: readonly ReservedItem[],
  ): Reservation {
    const now = this.clock.now();
    const endedAt = status === 'HELD' ? null : now;
    return Object.assign(new Reservation(), { id, cafeId, status, items, createdAt: now, endedAt });
  }

  private async end(tx: Transaction, id: string, status: ReservationStatus): Promise<void> {
    tx.update(Reservation, id, { status, endedAt: this.clock.now() });
  }

  private ignore({ id, status }: Reservation, wanted: ReservationStatus): void {
    this.log.debug({ orderId: id, status, wanted }, 'a late or repeated fact changed nothing');
  }
}
