import {
  createSchema,
  type RelationalDefinition,
  type Subgraph,
  type SubgraphDeps,
} from '@crema/kit';
import { readConfig, settings, type MenuConfig } from './config.ts';
import { loadDemo } from './demo.ts';
import { Cafe } from './entities/cafe.ts';
import { CafeOffer } from './entities/cafe-offer.ts';
import { Category } from './entities/category.ts';
import { MenuVersion } from './entities/menu-version.ts';
import { Product } from './entities/product.ts';
import { knowCafe } from './events/cafes.ts';
import { takeInPastProduct } from './events/past-products.ts';
import { Menu1700000001101 } from './migrations/1700000001101-menu.ts';
import { MenuMutations } from './resolvers/menu-mutations.ts';
import { MenuResolver } from './resolvers/menu-resolver.ts';
import { ProductResolver } from './resolvers/product-resolver.ts';
import { createReferences } from './resolvers/references.ts';
import { CategoryService } from './services/category-service.ts';
import { MenuCache } from './services/menu-cache.ts';
import { OfferService } from './services/offer-service.ts';
import { ProductService } from './services/product-service.ts';

/** The same for everybody until it changes, which is told as an event. */
const SECONDS = 60;
const LIFETIMES = {
  'Query.menu': SECONDS,
  'Query.product': SECONDS,
  'Query.products': SECONDS,
  'Query.categories': SECONDS,
  Cafe: SECONDS,
  Category: SECONDS,
  Product: SECONDS,
};

async function createMenu(
  { database, clock, ids }: SubgraphDeps,
  config: MenuConfig,
): Promise<Subgraph> {
  const menus = new MenuCache(database, clock, config.MENU_FRESH_MS);

  return {
    name: 'menu',
    hasPlainData: true,
    lifetimes: LIFETIMES,
    schema: createSchema({
      resolvers: [
        new ProductResolver(menus),
        new MenuResolver(menus),
        new MenuMutations(
          new ProductService(database, menus, clock, ids),
          new CategoryService(database, menus, clock, ids),
          new OfferService(database, menus, clock),
        ),
      ],
      references: createReferences(menus),
    }),
    consumers: [knowCafe(menus), takeInPastProduct(menus, clock)],
    jobs: [],
    loadDemo: () => loadDemo(database, menus),
    close: async () => undefined,
  };
}

/** What is sold, with which options, at what price in which café. */
export const menu: RelationalDefinition<MenuConfig> = {
  name: 'menu',
  storage: 'relational',
  entities: [Cafe, CafeOffer, Category, MenuVersion, Product],
  migrations: [Menu1700000001101],
  settings,
  readConfig,
  create: createMenu,
};
