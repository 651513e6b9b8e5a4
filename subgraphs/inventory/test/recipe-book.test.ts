import { closeTestSubgraphs } from '@crema/kit/testing';
import { Recipe } from '../src/entities/recipe.ts';
import { RecipeBook } from '../src/services/recipe-book.ts';
import { SetRecipe } from '../src/services/set-recipe.ts';
import { createTestInventory } from './support.ts';

afterEach(closeTestSubgraphs);

/** Two processes on one database, each with a memory of its own. */
async function twoBooks() {
  const shop = await createTestInventory();
  const database = shop.test.running.database!;
  const here = new RecipeBook();
  const there = new RecipeBook();
  const setting = new SetRecipe(database, there, shop.test.clock);
  const write = (quantityMilli: number) =>
    database.transaction(async (tx) => {
      await (await tx.direct()).delete(Recipe, { id: 'latte' });
      await setting.begin(
        tx,
        new Map([['latte', [{ ingredientId: 'beans', quantityMilli, optionId: null }]]]),
      );
    });
  const read = async (book: RecipeBook) =>
    (await book.of(database, ['latte'])).get('latte')!.rows[0]?.quantityMilli;
  const readInTransaction = (book: RecipeBook) =>
    database.transaction(
      async (tx) => (await book.of(tx, ['latte'])).get('latte')!.rows[0]?.quantityMilli,
    );
  return { shop, database, here, there, write, read, readInTransaction };
}

describe('the memory of recipes', () => {
  it('follows what another process changes', async () => {
    const { here, there, write, read, readInTransaction } = await twoBooks();
    expect(await read(here)).toBeUndefined();
    await write(18);
    expect(await read(here)).toBe(18);
    expect(await readInTransaction(here)).toBe(18);
    await write(20);
    expect(await readInTransaction(here)).toBe(20);
    expect(await read(there)).toBe(20);
  });

  it('does not keep what was undone', async () => {
    const { database, there, write, read } = await twoBooks();
    await write(18);
    const undone = database.transaction(async (tx) => {
      await (await tx.direct()).update(Recipe, { id: 'latte' }, { items: [] });
      await there.revise(tx);
      expect((await there.of(tx, ['latte'])).get('latte')!.rows).toEqual([]);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await read(there)).toBe(18);
    await write(20);
    expect(await read(there)).toBe(20);
  });

  it('asks for the version once in a transaction, and for a recipe once', async () => {
    const { shop, database, here, write } = await twoBooks();
    await write(18);
    await database.transaction(async (tx) => {
      await here.of(tx, ['latte']);
      shop.test.statements.length = 0;
      for (let n = 0; n < 10; n++) await here.of(tx, ['latte', 'latte']);
      expect(shop.test.statements).toEqual([]);
    });
  });
});
