import { Money, refused, type Collection } from '@crema/kit';
import { productsOf, type DayProducts, type ProductFigures } from '../entities/day-products.ts';
import type { DaySales } from '../entities/day-sales.ts';
import type { CafeSales } from '../types/cafe-sales.ts';
import type { CategorySales } from '../types/category-sales.ts';
import type { ProductSales } from '../types/product-sales.ts';
import type { Products } from './products.ts';
import type { SalesScope } from './sales-scope.ts';

const MOST_PRODUCTS = 100;

/** What brings in most: products, categories, cafés. */
export class SalesRankings {
  constructor(
    private readonly days: Collection<DaySales>,
    private readonly dayProducts: Collection<DayProducts>,
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
    const totals = await this.days.totals({
      by: 'calendar',
      sum: ['revenue', 'orders', 'items'],
      where: scope.where,
    });
    const sumsOf = new Map(totals.map(({ key, sums }) => [key, sums]));
    return scope.cafes
      .map(({ cafeId, calendar }) => {
        const sums = sumsOf.get(calendar);
        return {
          cafe: { id: cafeId },
          revenue: new Money(sums?.['revenue'] ?? 0, scope.currency),
          orders: sums?.['orders'] ?? 0,
          items: sums?.['items'] ?? 0,
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
    const sums = new Map<string, ProductFigures>();
    for (const day of await this.dayProducts.find({ where: scope.where })) {
      for (const { productId, revenue, items } of productsOf(day)) {
        const sum = sums.get(productId);
        sums.set(productId, {
          productId,
          revenue: (sum?.revenue ?? 0) + revenue,
          items: (sum?.items ?? 0) + items,
        });
      }
    }
    return [...sums.values()];
  }
}

interface Ranked {
  readonly revenue: Money;
  readonly items: number;
}

const byRevenue = (a: Ranked, b: Ranked): number =>
  b.revenue.minor - a.revenue.minor || b.items - a.items;

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
