import type { Cafe } from '../entities/cafe.ts';
import type { CafeOffer } from '../entities/cafe-offer.ts';
import type { Category } from '../entities/category.ts';
import type { Product } from '../entities/product.ts';
import { Menu, MenuItem, MenuSection } from '../types/menu.ts';
import { searchText } from './search-text.ts';

export interface MenuRows {
  readonly version: number;
  readonly categories: readonly Category[];
  readonly products: readonly Product[];
  readonly offers: readonly CafeOffer[];
  readonly cafes: readonly Cafe[];
}

/** A product of the list, with the text that it is found by. */
export interface Listed {
  readonly product: Product;
  readonly text: string;
}

const names = new Intl.Collator('en');

/** The order of lists: by name, then by id. */
export const byName = (
  a: { readonly name: string; readonly id: string },
  b: { readonly name: string; readonly id: string },
): number => names.compare(a.name, b.name) || (a.id < b.id ? -1 : Number(a.id > b.id));

/** The whole menu at one version, ready to be answered with. */
export class MenuSnapshot {
  readonly version: number;
  /** In the order of the menu. */
  readonly categories: readonly Category[];
  /** What is not archived, in the order of lists. */
  readonly listed: readonly Listed[];
  private readonly categoriesById: ReadonlyMap<string, Category>;
  private readonly productsById: ReadonlyMap<string, Product>;
  private readonly offers = new Map<string, Map<string, CafeOffer>>();
  private readonly cafes: ReadonlyMap<string, Cafe>;
  private readonly menus = new Map<string, Menu>();

  constructor({ version, categories, products, offers, cafes }: MenuRows) {
    this.version = version;
    this.categories = [...categories].sort((a, b) => a.position - b.position || byName(a, b));
    this.categoriesById = new Map(categories.map((category) => [category.id, category]));
    for (const product of products) {
      product.category = this.categoriesById.get(product.categoryId)!;
    }
    this.productsById = new Map(products.map((product) => [product.id, product]));
    this.listed = products
      .filter(({ archived }) => !archived)
      .sort(byName)
      .map((product) => ({ product, text: searchText(product) }));
    this.cafes = new Map(cafes.map((cafe) => [cafe.id, cafe]));
    for (const offer of offers) {
      const ofCafe = this.offers.get(offer.cafeId) ?? new Map<string, CafeOffer>();
      this.offers.set(offer.cafeId, ofCafe.set(offer.productId, offer));
    }
  }

  /** Archived ones too. */
  product(id: string): Product | null {
    return this.productsById.get(id) ?? null;
  }

  category(id: string): Category | null {
    return this.categoriesById.get(id) ?? null;
  }

  /** Null where there is no such café. */
  menuOf(cafeId: string): Menu | null {
    const cafe = this.cafes.get(cafeId);
    if (!cafe) return null;
    let menu = this.menus.get(cafeId);
    if (!menu) {
      menu = this.makeMenu(cafe);
      this.menus.set(cafeId, menu);
    }
    return menu;
  }

  private makeMenu(cafe: Cafe): Menu {
    const offers = this.offers.get(cafe.id);
    const items = new Map<string, MenuItem[]>(this.categories.map(({ id }) => [id, []]));
    for (const { product } of this.listed) {
      const item = new MenuItem(product, offers?.get(product.id) ?? null);
      items.get(product.categoryId)!.push(item);
    }
    const sections = this.categories
      .map((category) => new MenuSection(category, items.get(category.id)!))
      .filter((section) => section.items.length > 0);
    return new Menu(cafe, sections);
  }
}
