import type { Context } from '@crema/kit';
import { Arg, Ctx, Directive, ID, Int, Query, Resolver, Root, Subscription } from 'type-graphql';
import { SalesFilter } from '../inputs/sales-filter.ts';
import type { Editions } from '../services/editions.ts';
import type { Tick } from '../services/sales-ticker.ts';
import { CafeSales } from '../types/cafe-sales.ts';
import { CategorySales } from '../types/category-sales.ts';
import { HourOfDaySales } from '../types/hour-of-day-sales.ts';
import { ProductSales } from '../types/product-sales.ts';
import { SalesInterval } from '../types/sales-interval.ts';
import { SalesPoint } from '../types/sales-point.ts';
import { SalesSummary } from '../types/sales-summary.ts';

const READS_ANALYTICS = '@requiresScopes(scopes: [["analytics:read"]])';

const Filter = () =>
  Arg('filter', () => SalesFilter, { description: 'Which days, and of which café.' });

@Resolver()
export class SalesResolver {
  constructor(private readonly editions: Editions) {}

  @Directive(READS_ANALYTICS)
  @Query(() => SalesSummary, { description: 'The totals.' })
  async salesSummary(
    @Filter() filter: SalesFilter,
    @Ctx() { caller }: Context,
  ): Promise<SalesSummary> {
    const { scopes, summaries } = await this.editions.current();
    return summaries.of(await scopes.of(caller, filter));
  }

  @Directive(READS_ANALYTICS)
  @Query(() => [SalesPoint], {
    description: 'The sales over time: at most 1,000 points, of zeros where nothing was sold.',
  })
  async salesSeries(
    @Filter() filter: SalesFilter,
    @Arg('interval', () => SalesInterval, { description: 'What one point stands for.' })
    interval: SalesInterval,
    @Ctx() { caller }: Context,
  ): Promise<SalesPoint[]> {
    const { scopes, series } = await this.editions.current();
    return series.of(await scopes.of(caller, filter), interval);
  }

  @Directive(READS_ANALYTICS)
  @Query(() => [HourOfDaySales], { description: 'When on a day things are sold: 24 hours.' })
  async salesByHourOfDay(
    @Filter() filter: SalesFilter,
    @Ctx() { caller }: Context,
  ): Promise<HourOfDaySales[]> {
    const { scopes, series } = await this.editions.current();
    return series.byHourOfDay(await scopes.of(caller, filter));
  }

  @Directive(READS_ANALYTICS)
  @Query(() => [ProductSales], { description: 'The products that bring in most.' })
  async topProducts(
    @Filter() filter: SalesFilter,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 10,
      description: 'How many, at most 100.',
    })
    first: number | null,
    @Ctx() { caller }: Context,
  ): Promise<ProductSales[]> {
    const { scopes, rankings } = await this.editions.current();
    return rankings.topProducts(await scopes.of(caller, filter), first ?? 10);
  }

  @Directive(READS_ANALYTICS)
  @Query(() => [CategorySales], { description: 'The categories, the best first.' })
  async salesByCategory(
    @Filter() filter: SalesFilter,
    @Ctx() { caller }: Context,
  ): Promise<CategorySales[]> {
    const { scopes, rankings } = await this.editions.current();
    return rankings.byCategory(await scopes.of(caller, filter));
  }

  @Directive(READS_ANALYTICS)
  @Query(() => [CafeSales], {
    description: 'The cafés, the best first; those without sales are there as well.',
  })
  async salesByCafe(
    @Filter() filter: SalesFilter,
    @Ctx() { caller }: Context,
  ): Promise<CafeSales[]> {
    const { scopes, rankings } = await this.editions.current();
    return rankings.byCafe(await scopes.of(caller, filter));
  }

  @Directive(READS_ANALYTICS)
  @Subscription(() => SalesPoint, {
    topics: 'salesTicker',
    description:
      'With each sale, and each that is cancelled, the running point of its hour, of one café or of all that the caller works at together.',
  })
  async salesTicker(
    @Root() { startsAt }: Tick,
    @Arg('cafeId', () => ID, { nullable: true, description: 'One café.' }) cafeId: string | null,
    @Ctx() { caller }: Context,
  ): Promise<SalesPoint> {
    const { scopes, series } = await this.editions.current();
    return series.hourFrom(await scopes.ofCafes(caller, cafeId ?? null), startsAt);
  }
}
