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
  hourOfSlot,
  hoursOf,
  momentOf,
  monthOf,
  startOfDay,
  startOfSlot,
  weekOf,
} from './calendar.ts';
import type { CafeScope, SalesScope } from './sales-scope.ts';

const MOST_POINTS = 1_000;

/** Fewer hours than this no day has. */
const FEWEST_HOURS = 22;

/** Figures over time. Where nothing was sold, there is a point of zeros. */
export class SalesSeries {
  constructor(private readonly days: Collection<DaySales>) {}

  async of(scope: SalesScope, interval: SalesInterval): Promise<SalesPoint[]> {
    switch (interval) {
      case SalesInterval.HOUR:
        return this.byHour(scope);
      case SalesInterval.DAY:
        return this.byDays(scope, (day) => day);
      case SalesInterval.WEEK:
        return this.byDays(scope, weekOf);
      case SalesInterval.MONTH:
        return this.byDays(scope, monthOf);
    }
  }

  /** The 24 hours of the wall clock, over all days. */
  async byHourOfDay(scope: SalesScope): Promise<HourOfDaySales[]> {
    const hours = Array.from({ length: 24 }, () => NOTHING);
    for (const day of await this.days.find({ where: scope.where })) {
      for (const slot of slotsOf(day)) {
        const hour = hourOfSlot(slot);
        hours[hour] = plus(hours[hour]!, hourOf(day, slot));
      }
    }
    return hours.map(({ revenue, orders }, hour) => ({
      hour,
      revenue: new Money(revenue, scope.currency),
      orders,
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
    return pointOf(startsAt, figures, currency);
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
    bucketOf: (day: string) => string,
  ): Promise<SalesPoint[]> {
    const buckets = new Map<string, Figures>(
      daysBetween(scope.from, scope.to).map((day) => [bucketOf(day), NOTHING]),
    );
    bounded(buckets.size);
    const totals = await this.days.totals({
      by: 'day',
      sum: ['revenue', 'orders', 'items'],
      where: scope.where,
    });
    for (const { key, sums } of totals) {
      const bucket = bucketOf(String(key));
      buckets.set(bucket, plus(buckets.get(bucket)!, sums as unknown as Figures));
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
