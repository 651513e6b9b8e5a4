import { Transaction, type Database } from '@crema/kit';
import { LRUCache } from 'lru-cache';
import { ProductOptions } from '../entities/product-options.ts';
import { Recipe, RecipeBookVersion, type RecipeRow } from '../entities/recipe.ts';

/** The only row of `recipe_book`. */
const BOOK = 'recipes';
const MOST_PRODUCTS = 10_000;

export interface ProductRecipe {
  readonly rows: readonly RecipeRow[];
  readonly defaultOptionIds: readonly string[];
}

type Reader = Pick<Database, 'findMany'>;
type Products = ReadonlyMap<string, ProductRecipe>;

/** What one version of all recipes says, as far as it was asked for. */
class Edition {
  readonly products = new LRUCache<string, ProductRecipe>({ max: MOST_PRODUCTS });
  constructor(readonly version: number) {}
}

/**
 * Recipes by product, kept in memory. Every transaction, and every read outside of one, asks once whether
 * the version of the book is still the one that is remembered; whoever changes a recipe or a product's
 * options, in whichever process, raises it.
 */
export class RecipeBook {
  private current = new Edition(0);
  private readonly opened = new WeakMap<Transaction, Promise<Edition>>();

  /** The recipes of these products; one that has none takes nothing. */
  async of(reader: Reader | Transaction, productIds: readonly string[]): Promise<Products> {
    const edition = await this.open(reader);
    const wanted = new Set(productIds);
    const found = new Map<string, ProductRecipe>();
    const missing: string[] = [];
    for (const id of wanted) {
      const recipe = edition.products.get(id);
      if (recipe) found.set(id, recipe);
      else missing.push(id);
    }
    if (missing.length > 0) {
      for (const [id, recipe] of await read(reader, missing)) {
        edition.products.set(id, recipe);
        found.set(id, recipe);
      }
    }
    return found;
  }

  /** Lets every memory of the book be read anew once this transaction is committed. */
  async revise(tx: Transaction): Promise<void> {
    const { version } = (await tx.lock(RecipeBookVersion, BOOK))!;
    tx.update(RecipeBookVersion, BOOK, { version: version + 1 });
    // It may still be undone: what it reads from here on is its own.
    this.opened.set(tx, Promise.resolve(new Edition(0)));
  }

  private open(reader: Reader | Transaction): Promise<Edition> {
    if (!(reader instanceof Transaction)) return this.latest(reader);
    let edition = this.opened.get(reader);
    if (!edition) {
      edition = this.latest(reader);
      this.opened.set(reader, edition);
    }
    return edition;
  }

  private async latest(reader: Reader | Transaction): Promise<Edition> {
    const [row] = await reader.findMany(RecipeBookVersion, [BOOK]);
    const version = row!.version;
    if (version === this.current.version) return this.current;
    const edition = new Edition(version);
    // What others in the same commit have revised may yet be undone.
    if (reader instanceof Transaction) reader.afterCommit(() => this.keep(edition));
    else this.keep(edition);
    return edition;
  }

  /** An older snapshot than the one remembered reads for itself alone. */
  private keep(edition: Edition): void {
    if (edition.version > this.current.version) this.current = edition;
  }
}

async function read(
  reader: Reader | Transaction,
  productIds: readonly string[],
): Promise<Products> {
  const recipes = await reader.findMany(Recipe, productIds);
  const options = await reader.findMany(ProductOptions, productIds);
  const rowsOf = new Map(recipes.map(({ id, items }) => [id, items]));
  const defaultsOf = new Map(
    options.map((product) => [
      product.id,
      product.options.filter(({ isDefault }) => isDefault).map(({ id }) => id),
    ]),
  );
  return new Map(
    productIds.map((id) => [
      id,
      { rows: rowsOf.get(id) ?? [], defaultOptionIds: defaultsOf.get(id) ?? [] },
    ]),
  );
}
