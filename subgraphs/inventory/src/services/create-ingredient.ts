import { refused, type Caller, type Clock, type Database, type Ids } from '@crema/kit';
import { publishPrivilegedWrite } from '@crema/schema/events';
import { Ingredient } from '../entities/ingredient.ts';
import type { IngredientInput } from '../inputs/ingredient-input.ts';

/** Makes an ingredient known. No two have the same name. */
export class CreateIngredient {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  run(caller: Caller, { name, unit }: IngredientInput): Promise<Ingredient> {
    caller.require('stock:write');
    const ingredient = Ingredient.of(this.ids.next(), name.trim(), unit);
    if (ingredient.name === '') throw refused('INVALID_INPUT', 'The name is empty.', ['name']);
    return this.database.transaction(async (tx) => {
      const known = await tx.findMany(Ingredient, [ingredient.nameKey], { by: 'nameKey' });
      if (known.length > 0) {
        throw refused('NAME_TAKEN', 'There is an ingredient of this name already.', ['name']);
      }
      tx.insert(Ingredient, ingredient);
      publishPrivilegedWrite(tx, {
        at: this.clock.now(),
        actorId: caller.requireId(),
        action: 'inventory.createIngredient',
        target: `Ingredient:${ingredient.id}`,
        details: `${ingredient.name}, ${unit}`,
      });
      return ingredient;
    });
  }
}
