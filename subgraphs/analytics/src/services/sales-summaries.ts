import { Money } from '@crema/kit';
import { bucketOfField } from '../entities/day-preparation.ts';
import type { SalesSummary } from '../types/sales-summary.ts';
import { countCustomers } from './customer-set.ts';
import { quantileOf, sketchOf } from './preparation-sketch.ts';
import type { Part, PartValue, Rollups } from './rollups.ts';
import type { SalesParts } from './sales-parts.ts';
import type { SalesScope } from './sales-scope.ts';

/** The totals of a range. */
export class SalesSummaries {
  constructor(
    private readonly rollups: Rollups,
    private readonly parts: SalesParts,
  ) {}

  async of(scope: SalesScope): Promise<SalesSummary> {
    const totals = await this.sumOf(this.parts.totals, scope);
    const total = (field: string) => Number(totals[field] ?? 0);
    const revenue = new Money(total('revenue'), scope.currency);
    const orders = total('orders');
    // Read together and once, and only when somebody asks for one of them.
    let sketch: ReturnType<SalesSummaries['sketch']> | undefined;
    const quantile = async (part: number) =>
      quantileOf(await (sketch ??= this.sketch(scope)), part);
    return {
      revenue,
      orders,
      items: total('items'),
      averageOrder: orders > 0 ? revenue.fraction(1, orders) : revenue,
      refunds: new Money(total('refunds'), scope.currency),
      customers: async () => countCustomers(await this.valuesOf(this.parts.customers, scope)),
      medianPreparationSeconds: () => quantile(0.5),
      p90PreparationSeconds: () => quantile(0.9),
    };
  }

  private async sketch(scope: SalesScope) {
    const counts = Object.entries(await this.sumOf(this.parts.preparation, scope));
    return sketchOf(counts.map(([field, count]) => [bucketOfField(field), Number(count)] as const));
  }

  private async sumOf(part: Part, scope: SalesScope): Promise<PartValue> {
    return part.merge(await this.valuesOf(part, scope));
  }

  private async valuesOf(part: Part, scope: SalesScope): Promise<PartValue[]> {
    return (await this.rollups.read(part, scope.cafes, scope)).map(({ value }) => value);
  }
}
