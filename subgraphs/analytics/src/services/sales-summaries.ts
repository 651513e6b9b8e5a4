import { Money, type Collection } from '@crema/kit';
import type { DaySales } from '../entities/day-sales.ts';
import type { Sale } from '../entities/sale.ts';
import type { SalesSummary } from '../types/sales-summary.ts';
import { instantsOf, type SalesScope } from './sales-scope.ts';

/** The totals of a range. */
export class SalesSummaries {
  constructor(
    private readonly days: Collection<DaySales>,
    private readonly sales: Collection<Sale>,
  ) {}

  async of(scope: SalesScope): Promise<SalesSummary> {
    const totals = await this.days.totals({
      by: 'calendar',
      sum: ['revenue', 'orders', 'items', 'refunds'],
      where: scope.where,
    });
    const sum = (field: string) => totals.reduce((total, { sums }) => total + sums[field]!, 0);
    const revenue = new Money(sum('revenue'), scope.currency);
    const orders = sum('orders');
    // Read together and once, and only when somebody asks for one of them.
    let times: Promise<readonly Share[]> | undefined;
    const preparation = () => (times ??= this.preparationTimes(scope));
    return {
      revenue,
      orders,
      items: sum('items'),
      averageOrder: orders > 0 ? revenue.fraction(1, orders) : revenue,
      refunds: new Money(sum('refunds'), scope.currency),
      customers: () => this.customers(scope),
      medianPreparationSeconds: async () => median(await preparation()),
      p90PreparationSeconds: async () => percentile(await preparation(), 0.9),
    };
  }

  private async customers(scope: SalesScope): Promise<number> {
    return new Set((await this.shares(scope, 'customerId')).map(({ key }) => key)).size;
  }

  private async preparationTimes(scope: SalesScope): Promise<readonly Share[]> {
    const shares = await this.shares(scope, 'preparationSeconds');
    return shares
      .flatMap(({ key, count }) => (typeof key === 'number' ? [{ seconds: key, count }] : []))
      .sort((a, b) => a.seconds - b.seconds);
  }

  /** How many sales of the range have each value. */
  private async shares(scope: SalesScope, by: 'customerId' | 'preparationSeconds') {
    const totals = await Promise.all(
      instantsOf(scope).map(({ cafeId, from, below }) =>
        this.sales.totals({
          by,
          where: { cafeId, soldAt: { from, below }, isCancelled: false },
        }),
      ),
    );
    return totals.flat();
  }
}

/** So many orders took so long. */
interface Share {
  readonly seconds: number;
  readonly count: number;
}

const countOf = (shares: readonly Share[]): number =>
  shares.reduce((sum, { count }) => sum + count, 0);

/** The value at a place, the first is 1, of all values in order. */
function valueAt(shares: readonly Share[], place: number): number {
  let passed = 0;
  for (const { seconds, count } of shares) {
    passed += count;
    if (passed >= place) return seconds;
  }
  throw new RangeError(`there is no value at ${place}`);
}

/** The middle one, or the mean of the two in the middle, to a whole second. */
function median(shares: readonly Share[]): number | null {
  const count = countOf(shares);
  if (count === 0) return null;
  const lower = valueAt(shares, Math.ceil(count / 2));
  return Math.round((lower + valueAt(shares, Math.floor(count / 2) + 1)) / 2);
}

/** The least value that this part of all does not exceed (nearest rank). */
function percentile(shares: readonly Share[], part: number): number | null {
  const count = countOf(shares);
  return count === 0 ? null : valueAt(shares, Math.ceil(count * part));
}
