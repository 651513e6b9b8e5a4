import {
  once,
  refused,
  type Caller,
  type Clock,
  type Database,
  type Transaction,
} from '@crema/kit';
import { publishPrivilegedWrite } from '@crema/schema/events';
import { Ingredient } from '../entities/ingredient.ts';
import { KnownCafe } from '../entities/known-cafe.ts';
import { StockLevel } from '../entities/stock-level.ts';
import type { StockInput } from '../inputs/stock-input.ts';
import { StockMovementKind } from '../types/stock-movement-kind.ts';
import { quantityText, readQuantity } from './quantity.ts';
import type { StockLedger } from './stock-ledger.ts';

/** One way in which a member of staff changes what is on hand. */
interface Change {
  readonly action: 'receiveStock' | 'recordWaste' | 'countStock';
  readonly kind: StockMovementKind;
  /** Whether a quantity of zero means something. */
  readonly zero: boolean;
  apply(level: StockLevel, milli: number): void;
}

const RECEIVE: Change = {
  action: 'receiveStock',
  kind: StockMovementKind.RECEIVED,
  zero: false,
  apply: (level, milli) => level.receive(milli),
};

const WASTE: Change = {
  action: 'recordWaste',
  kind: StockMovementKind.WASTED,
  zero: false,
  apply(level, milli) {
    if (milli > level.availableMilli) {
      throw refused(
        'INSUFFICIENT_STOCK',
        `Only ${level.available} is on hand and not reserved for orders.`,
        ['quantity'],
      );
    }
    level.waste(milli);
  },
};

const COUNT: Change = {
  action: 'countStock',
  kind: StockMovementKind.ADJUSTED,
  zero: true,
  apply: (level, milli) => level.count(milli),
};

/** What the staff of a café do with its stock. */
export class ManageStock {
  constructor(
    private readonly database: Database,
    private readonly ledger: StockLedger,
    private readonly clock: Clock,
  ) {}

  receive(caller: Caller, input: StockInput): Promise<StockLevel> {
    return this.change(caller, RECEIVE, input);
  }

  waste(caller: Caller, input: StockInput): Promise<StockLevel> {
    return this.change(caller, WASTE, input);
  }

  /** May find less than is reserved: then nothing is available, and orders use what there is. */
  count(caller: Caller, input: StockInput): Promise<StockLevel> {
    return this.change(caller, COUNT, input);
  }

  setReorderPoint(
    caller: Caller,
    cafeId: string,
    ingredientId: string,
    quantity: string,
  ): Promise<StockLevel> {
    caller.requireAt('stock:write', cafeId);
    return this.database.transaction(async (tx) => {
      const ingredient = await this.find(tx, cafeId, ingredientId);
      const { unit, name } = ingredient;
      const milli = readQuantity(quantity, { unit, field: ['quantity'], zero: true });
      const level = await this.open(tx, cafeId, ingredientId);
      level.reorderPointMilli = milli;
      await this.ledger.write(tx, [level]);
      publishPrivilegedWrite(tx, {
        at: this.clock.now(),
        actorId: caller.requireId(),
        action: 'inventory.setReorderPoint',
        target: targetOf(level),
        details: `${name}: ${quantityText(milli)} ${unit}`,
      });
      return level.copy();
    });
  }

  private change(caller: Caller, change: Change, input: StockInput): Promise<StockLevel> {
    const { cafeId, ingredientId, idempotencyKey } = input;
    const { action, kind, zero } = change;
    caller.requireAt('stock:write', cafeId);
    const owner = caller.requireId();
    const reason = input.reason?.trim() || null;
    return this.database.transaction(async (tx) => {
      const { unit, name } = await this.find(tx, cafeId, ingredientId);
      const milli = readQuantity(input.quantity, { unit, field: ['quantity'], zero });
      const request = {
        owner,
        operation: action,
        key: idempotencyKey,
        input: { cafeId, ingredientId, milli, reason },
        now: this.clock.now(),
      };
      const result = await once(tx, request, async () => {
        const level = await this.open(tx, cafeId, ingredientId);
        change.apply(level, milli);
        await this.ledger.write(tx, [level], { kind, actorId: owner, reason });
        publishPrivilegedWrite(tx, {
          at: this.clock.now(),
          actorId: caller.requireId(),
          action: `inventory.${action}`,
          target: targetOf(level),
          details: `${name}: ${quantityText(milli)} ${unit}${reason ? ` (${reason})` : ''}`,
        });
        return { ...level, updatedAt: level.updatedAt.toISOString() };
      });
      return Object.assign(new StockLevel(), result, { updatedAt: new Date(result.updatedAt) });
    });
  }

  /** The ingredient, where it and the café exist. Whoever changes this café's stock by hand takes turns. */
  private async find(tx: Transaction, cafeId: string, ingredientId: string): Promise<Ingredient> {
    if (!(await tx.lock(KnownCafe, cafeId))) {
      throw refused('NOT_FOUND', 'There is no such café.', ['cafeId']);
    }
    const ingredient = await tx.find(Ingredient, ingredientId);
    if (!ingredient) throw refused('NOT_FOUND', 'There is no such ingredient.', ['ingredientId']);
    return ingredient;
  }

  private async open(tx: Transaction, cafeId: string, ingredientId: string): Promise<StockLevel> {
    return (await this.ledger.open(tx, cafeId, [ingredientId])).get(ingredientId)!;
  }
}

const targetOf = ({ cafeId, ingredientId }: StockLevel): string =>
  `StockLevel:${cafeId}:${ingredientId}`;
