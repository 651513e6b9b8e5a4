import { Money, refused } from '@crema/kit';
import { productsOf, type ProductFigures } from '../entities/day-products.ts';
import type { CafeSales } from '../types/cafe-sales.ts';
import type { CategorySales } from '../types/category-sales.ts';
import type { ProductSales } from '../types/product-sales.ts';
import type { Products } from './products.ts';
import type { Rollups } from './rollups.ts';
import type { SalesParts } from './sales-parts.ts';
import type { SalesScope } from './sales-scope.ts';

const MOST_PRODUCTS = 100;

/** What brings in most: products, categories, cafés. */
export class SalesRankings {
  constructor(
    private readonly rollups: Rollups,
    private readonly parts: SalesParts,
    private readonly products: Products,
  ) {}

  async topProducts(scope: SalesScope, first: number): Promise<ProductSales[]> {
    if (first < 1 || first > MOST_PRODUCTS) {
      throw refused('INVALID_INPUT', `first must be from 1 to ${MOST_PRODUCTS}.`, ['first']);
    }
    return (await this.byProduct(scope)).slice(0, first);
  }

  async byCategory(scope: SalesScope): Promise<CategorySales[]> {
    const categories = new Map<string, CategorySales>();
    for (const { category, revenue, items } of await this.byProduct(scope)) {
      const sum = categories.get(category);
      categories.set(category, {
        category,
        revenue: sum ? sum.revenue.plus(revenue) : revenue,
        items: (sum?.items ?? 0) + items,
      });
    }
    return [...categories.values()].sort(
      (a, b) => byRevenue(a, b) || compare(a.category, b.category),
    );
  }

  /** Every café of the scope, those without sales last. */
  async byCafe(scope: SalesScope): Promise<CafeSales[]> {
    const { totals } = this.parts;
    const values = await this.rollups.read(totals, scope.cafes, scope);
    return scope.cafes
      .map((cafe) => {
        const own = values.filter(({ calendar }) => calendar === cafe);
        const sums = totals.merge(own.map(({ value }) => value));
        return {
          cafe: { id: cafe.cafeId },
          revenue: new Money(Number(sums['revenue'] ?? 0), scope.currency),
          orders: Number(sums['orders'] ?? 0),
          items: Number(sums['items'] ?? 0),
        };
      })
      .sort((a, b) => byRevenue(a, b) || compare(a.cafe.id, b.cafe.id));
  }

  private async byProduct(scope: SalesScope): Promise<ProductSales[]> {
    const sold = (await this.soldIn(scope)).filter(({ items }) => items > 0);
    const named = await this.products.named(sold.map(({ productId }) => productId));
    return sold
      .map(({ productId, revenue, items }, index) => ({
        product: { id: productId },
        productName: named[index]!.name,
        category: named[index]!.category,
        revenue: new Money(revenue, scope.currency),
        items,
      }))
      .sort((a, b) => byRevenue(a, b) || compare(a.product.id, b.product.id));
  }

  /** Each product's figures, over all days. */
  private async soldIn(scope: SalesScope): Promise<ProductFigures[]> {
    const { products } = this.parts;
    const values = await this.rollups.read(products, scope.cafes, scope);
    return productsOf(products.merge(values.map(({ value }) => value)));
  }
}

interface Ranked {
  readonly revenue: Money;
  readonly items: number;
}

const byRevenue = (a: Ranked, b: Ranked): number =>
  b.revenue.minor - a.revenue.minor || b.items - a.items;

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
