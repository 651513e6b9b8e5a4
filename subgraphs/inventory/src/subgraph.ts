import {
  createSchema,
  inOrder,
  Loader,
  type Database,
  type RelationalDefinition,
  type Subgraph,
  type SubgraphDeps,
} from '@crema/kit';
import { loadDemo } from './demo.ts';
import { Ingredient } from './entities/ingredient.ts';
import { KnownCafe } from './entities/known-cafe.ts';
import { ProductOptions } from './entities/product-options.ts';
import { Recipe, RecipeBookVersion } from './entities/recipe.ts';
import { Reservation } from './entities/reservation.ts';
import { StockLevel } from './entities/stock-level.ts';
import { StockMovement } from './entities/stock-movement.ts';
import { cafeConsumers } from './events/cafe-consumers.ts';
import { whenStockRanLow } from './events/low-stock.ts';
import { orderConsumers } from './events/order-consumers.ts';
import { productConsumers } from './events/product-consumers.ts';
import { Stock1767000000001 } from './migrations/1767000000001-stock.ts';
import {
  RecipeItemResolver,
  StockLevelResolver,
  StockMovementResolver,
} from './resolvers/ingredient-of-resolvers.ts';
import { IngredientResolver } from './resolvers/ingredient-resolver.ts';
import { ProductResolver } from './resolvers/product-resolver.ts';
import { references } from './resolvers/references.ts';
import { StockResolver } from './resolvers/stock-resolver.ts';
import { Product } from './types/references.ts';
import { availabilityLoader } from './services/availability.ts';
import { BrowseStock, stockLoader } from './services/browse-stock.ts';
import { CreateIngredient } from './services/create-ingredient.ts';
import { ManageStock } from './services/manage-stock.ts';
import { OpenStock } from './services/open-stock.ts';
import { RecipeBook } from './services/recipe-book.ts';
import { Reservations } from './services/reservations.ts';
import { SetRecipe } from './services/set-recipe.ts';
import { StockLedger } from './services/stock-ledger.ts';

export { verifyStock, type StockDifference } from './services/verify-stock.ts';

export const inventory: RelationalDefinition<object> = {
  name: 'inventory',
  storage: 'relational',
  entities: [
    Ingredient,
    KnownCafe,
    ProductOptions,
    Recipe,
    RecipeBookVersion,
    Reservation,
    StockLevel,
    StockMovement,
  ],
  migrations: [Stock1767000000001],
  readConfig: () => ({}),
  create: createInventory,
};

/** Ingredients, recipes, and what each café has of them. */
async function createInventory({
  database,
  live,
  clock,
  ids,
  log,
}: SubgraphDeps): Promise<Subgraph> {
  const ingredients = rowLoader(database, Ingredient);
  const lowStock = live.feed([whenStockRanLow(database)]);
  const recipes = new RecipeBook();
  const ledger = new StockLedger(clock, lowStock);
  const browsing = new BrowseStock(database);
  const setting = new SetRecipe(database, recipes, clock);

  return {
    name: 'inventory',
    schema: createSchema({
      resolvers: [
        new IngredientResolver(browsing, new CreateIngredient(database, clock, ids)),
        new ProductResolver(
          rowLoader(database, Recipe),
          availabilityLoader(database, recipes),
          setting,
        ),
        new StockResolver(
          browsing,
          new ManageStock(database, ledger, clock),
          stockLoader(database),
        ),
        new StockLevelResolver(ingredients),
        new StockMovementResolver(ingredients),
        new RecipeItemResolver(ingredients),
      ],
      types: [Product],
      references: references(ingredients),
      subscriptions: {
        lowStock({ cafeId }, { caller }) {
          caller.requireAt('stock:read', cafeId as string);
          return lowStock.subscribe(cafeId as string);
        },
      },
    }),
    consumers: [
      ...orderConsumers(new Reservations(recipes, ledger, clock, log)),
      ...productConsumers(recipes),
      ...cafeConsumers(),
    ],
    jobs: [],
    loadDemo: () => loadDemo(database, setting, new OpenStock(ledger)),
    close: async () => lowStock.close(),
  };
}

const rowLoader = <Row extends { id: string }>(
  database: Database,
  entity: new () => Row,
): Loader<Row | null> =>
  new Loader(async (ids) => inOrder(ids, await database.findMany(entity, ids), ({ id }) => id));
