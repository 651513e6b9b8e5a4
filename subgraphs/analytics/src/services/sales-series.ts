import { Money, refused, type Collection } from '@crema/kit';
import {
  dayId,
  hourOf,
  NOTHING,
  plus,
  slotsOf,
  type DaySales,
  type Figures,
} from '../entities/day-sales.ts';
import type { HourOfDaySales } from '../types/hour-of-day-sales.ts';
import { SalesInterval } from '../types/sales-interval.ts';
import type { SalesPoint } from '../types/sales-point.ts';
import {
  countDays,
  daysBetween,
  hoursOf,
  momentOf,
  monthOf,
  startOfDay,
  startOfSlot,
  weekOf,
} from './calendar.ts';
import { firstDayOf } from './periods.ts';
import type { Rollups } from './rollups.ts';
import type { SalesParts } from './sales-parts.ts';
import type { CafeScope, SalesScope } from './sales-scope.ts';

const MOST_POINTS = 1_000;

/** Fewer hours than this no day has. */
const FEWEST_HOURS = 22;

/** Figures over time. Where nothing was sold, there is a point of zeros. */
export class SalesSeries {
  constructor(
    private readonly days: Collection<DaySales>,
    private readonly rollups: Rollups,
    private readonly parts: SalesParts,
  ) {}

  async of(scope: SalesScope, interval: SalesInterval): Promise<SalesPoint[]> {
    switch (interval) {
      case SalesInterval.HOUR:
        return this.byHour(scope);
      case SalesInterval.DAY:
        return this.byDays(scope, interval, (day) => day);
      case SalesInterval.WEEK:
        return this.byDays(scope, interval, weekOf);
      case SalesInterval.MONTH:
        return this.byDays(scope, interval, monthOf);
    }
  }

  /** The 24 hours of the wall clock, over all days. */
  async byHourOfDay(scope: SalesScope): Promise<HourOfDaySales[]> {
    const { hours } = this.parts;
    const values = await this.rollups.read(hours, scope.cafes, scope);
    const sums = hours.merge(values.map(({ value }) => value));
    return Array.from({ length: 24 }, (_, hour) => ({
      hour,
      revenue: new Money(Number(sums[`revenue_${hour}`] ?? 0), scope.currency),
      orders: Number(sums[`orders_${hour}`] ?? 0),
    }));
  }

  /** The hour that begins at an instant, of all cafés together. */
  async hourFrom({ cafes, currency }: CafeScope, startsAt: Date): Promise<SalesPoint> {
    const moments = cafes.map(({ calendar, timeZone }) => ({
      calendar,
      ...momentOf(timeZone, startsAt),
    }));
    const days = await this.days.getMany(moments.map(({ calendar, day }) => dayId(calendar, day)));
    const figures = days.reduce(
      (sum, day, index) => (day ? plus(sum, hourOf(day, moments[index]!.slot)) : sum),
      NOTHING,
    );
    // A café may have moved to a time zone whose hours begin at another minute since the hour was told.
    const starts = moments.map(({ day, slot }) => startOfSlot(day, slot).getTime());
    return pointOf(new Date(Math.min(...starts)), figures, currency);
  }

  private async byHour(scope: SalesScope): Promise<SalesPoint[]> {
    bounded(countDays(scope.from, scope.to) * FEWEST_HOURS);
    const points = new Map<number, Figures>();
    for (const timeZone of scope.timeZones) {
      for (const day of daysBetween(scope.from, scope.to)) {
        for (const hour of hoursOf(timeZone, day)) points.set(hour.getTime(), NOTHING);
      }
    }
    bounded(points.size);
    for (const day of await this.days.find({ where: scope.where })) {
      for (const slot of slotsOf(day)) {
        const at = startOfSlot(day.day, slot).getTime();
        points.set(at, plus(points.get(at) ?? NOTHING, hourOf(day, slot)));
      }
    }
    return [...points]
      .sort(([a], [b]) => a - b)
      .map(([at, figures]) => pointOf(new Date(at), figures, scope.currency));
  }

  private async byDays(
    scope: SalesScope,
    interval: SalesInterval,
    bucketOf: (day: string) => string,
  ): Promise<SalesPoint[]> {
    const buckets = new Map<string, Figures>(
      daysBetween(scope.from, scope.to).map((day) => [bucketOf(day), NOTHING]),
    );
    bounded(buckets.size);
    const largest = interval === SalesInterval.MONTH ? 'month' : 'day';
    const values = await this.rollups.read(this.parts.totals, scope.cafes, scope, largest);
    for (const { period, value } of values) {
      const bucket = bucketOf(firstDayOf(period));
      const { revenue = 0, orders = 0, items = 0 } = value as Partial<Figures>;
      buckets.set(bucket, plus(buckets.get(bucket)!, { revenue, orders, items }));
    }
    return [...buckets].map(([day, figures]) => {
      const starts = scope.timeZones.map((timeZone) => startOfDay(timeZone, day).getTime());
      return pointOf(new Date(Math.min(...starts)), figures, scope.currency);
    });
  }
}

const pointOf = (
  startsAt: Date,
  { revenue, orders, items }: Figures,
  currency: string,
): SalesPoint => ({ startsAt, revenue: new Money(revenue, currency), orders, items });

function bounded(points: number): void {
  if (points > MOST_POINTS) {
    throw refused(
      'TOO_MANY_POINTS',
      `That would be more than ${MOST_POINTS} points: ask for a longer interval or for fewer days.`,
      ['interval'],
    );
  }
}
