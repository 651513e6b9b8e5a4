import {
  grouped,
  Loader,
  toConnection,
  type Caller,
  type Connection,
  type Database,
  type PageRequest,
} from '@crema/kit';
import { refused } from '@crema/kit';
import { Ingredient, nameKeyOf } from '../entities/ingredient.ts';
import { StockLevel } from '../entities/stock-level.ts';
import { StockMovement } from '../entities/stock-movement.ts';

/** What the staff see of stock. */
export class BrowseStock {
  constructor(private readonly database: Database) {}

  /** Ingredients by name; all, or those whose name has the text in it. */
  ingredients(caller: Caller, search?: string | null): Promise<Ingredient[]> {
    caller.require('stock:read');
    const query = this.database.read
      .createQueryBuilder(Ingredient, 'ingredient')
      .orderBy('ingredient.nameKey');
    const text = nameKeyOf(search ?? '');
    if (text !== '') {
      const pattern = `%${text.replace(/[!%_]/g, '!$&')}%`;
      query.where("ingredient.nameKey LIKE :pattern ESCAPE '!'", { pattern });
    }
    return query.getMany();
  }

  /** Newest first. */
  async movements(
    caller: Caller,
    cafeId: string,
    ingredientId: string | null | undefined,
    page: PageRequest,
  ): Promise<Connection<StockMovement>> {
    caller.requireAt('stock:read', cafeId);
    const query = this.database.read
      .createQueryBuilder(StockMovement, 'movement')
      .where('movement.cafeId = :cafeId', { cafeId })
      .orderBy('movement.position', 'DESC')
      .limit(page.first + 1);
    if (ingredientId) query.andWhere('movement.ingredientId = :ingredientId', { ingredientId });
    if (page.after) {
      const [position] = page.after;
      if (!Number.isSafeInteger(position)) {
        throw refused('INVALID_INPUT', 'after must be a cursor of this list.', ['after']);
      }
      query.andWhere('movement.position < :position', { position });
    }
    return toConnection(
      await query.getMany(),
      page,
      ({ position }) => [Number(position)],
      (movement) => movement,
    );
  }
}

/** What each café has, by the ingredients' names. */
export const stockLoader = (database: Database): Loader<StockLevel[]> =>
  new Loader(async (cafeIds) => {
    const levels = await database.findMany(StockLevel, cafeIds, { by: 'cafeId' });
    const ingredients = await database.findMany(Ingredient, [
      ...new Set(levels.map(({ ingredientId }) => ingredientId)),
    ]);
    const names = new Map(ingredients.map(({ id, nameKey }) => [id, nameKey]));
    const nameOf = ({ ingredientId }: StockLevel) => names.get(ingredientId) ?? '';
    levels.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    return grouped(cafeIds, levels, ({ cafeId }) => cafeId);
  });
