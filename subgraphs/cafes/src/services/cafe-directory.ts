import {
  inOrder,
  isOpen,
  refused,
  toConnection,
  type Clock,
  type Database,
  type PageRequest,
} from '@crema/kit';
import { Brackets, type SelectQueryBuilder } from 'typeorm';
import { Cafe, toMicroDegrees } from '../entities/cafe.ts';
import type { CafePage } from '../types/cafe-connection.ts';
import { boxAround, distanceKm, type Point } from './geo.ts';

export interface CafeFilter {
  /** Nearest first; by name without it. */
  readonly near?: Point | null;
  /** Only with `near`. */
  readonly radiusKm?: number | null;
  readonly openNow?: boolean | null;
}

/** A café that is in the list, and where it stands there. */
interface Found {
  readonly id: string;
  /** By which the list is ordered, then by id. */
  readonly place: number | string;
  readonly distance: number | null;
}

/** Half the earth's circumference: nothing is further away. */
const FURTHEST_KM = 20_038;

/** Finds cafés. */
export class CafeDirectory {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async bySlug(slug: string): Promise<Cafe | null> {
    return (await this.database.findMany(Cafe, [slug], { by: 'slug' }))[0] ?? null;
  }

  list(page: PageRequest, filter: CafeFilter): Promise<CafePage> {
    const { near, radiusKm } = filter;
    if (typeof radiusKm === 'number') {
      if (!near) throw refused('INVALID_INPUT', 'radiusKm needs near.', ['radiusKm']);
      if (!(radiusKm > 0 && radiusKm <= FURTHEST_KM)) {
        const message = `radiusKm must be more than 0 and at most ${FURTHEST_KM}.`;
        throw refused('INVALID_INPUT', message, ['radiusKm']);
      }
    }
    const [place, id] = page.after ?? [];
    const placeType = near ? 'number' : 'string';
    if (page.after && (typeof place !== placeType || typeof id !== 'string')) {
      throw refused('INVALID_INPUT', 'after must be a cursor of this list.', ['after']);
    }
    return near || filter.openNow ? this.listFiltered(page, filter) : this.listAll(page);
  }

  private async listAll(page: PageRequest): Promise<CafePage> {
    const query = this.query()
      .orderBy('cafe.name')
      .addOrderBy('cafe.id')
      .limit(page.first + 1);
    if (page.after) {
      const [name, id] = page.after;
      query.where('(cafe.name > :name OR (cafe.name = :name AND cafe.id > :id))', { name, id });
    }
    const rows = await query.getMany();
    return {
      ...pageOf(
        rows.map((cafe) => ({ id: cafe.id, place: cafe.name, distance: null, cafe })),
        page,
      ),
      totalCount: () => this.query().getCount(),
    };
  }

  /** What a database cannot compute the same everywhere is computed here, on few columns. */
  private async listFiltered(page: PageRequest, filter: CafeFilter): Promise<CafePage> {
    const found = await this.find(filter);
    const after = page.after as readonly [number | string, string] | null;
    const rest = after
      ? found.filter((each) => inListOrder(each, { place: after[0], id: after[1] }) > 0)
      : found;
    const shown = rest.slice(0, page.first + 1);
    const ids = shown.map(({ id }) => id);
    const cafes = inOrder(ids, await this.database.findMany(Cafe, ids), ({ id }) => id);
    const rows = shown.flatMap((each, index) => {
      const cafe = cafes[index];
      return cafe ? [{ ...each, cafe }] : [];
    });
    return { ...pageOf(rows, page), totalCount: found.length };
  }

  private async find({ near, radiusKm, openNow }: CafeFilter): Promise<Found[]> {
    const columns = ['id', 'name', 'latitudeE6', 'longitudeE6'];
    const hours = openNow ? ['timeZone', 'openingHours', 'specialHours'] : [];
    const query = this.query().select([...columns, ...hours].map((column) => `cafe.${column}`));
    if (near && typeof radiusKm === 'number') withinBox(query, near, radiusKm);

    const now = this.clock.now();
    const found: Found[] = [];
    for (const cafe of await query.getMany()) {
      if (openNow && !isOpen(cafe.hours, now)) continue;
      const distance = near ? distanceKm(near, cafe.location) : null;
      if (distance !== null && distance > (radiusKm ?? FURTHEST_KM)) continue;
      found.push({ id: cafe.id, place: distance ?? cafe.name, distance });
    }
    return found.sort(inListOrder);
  }

  private query(): SelectQueryBuilder<Cafe> {
    return this.database.read.createQueryBuilder(Cafe, 'cafe');
  }
}

/** Places are all numbers or all names. */
function inListOrder(a: Pick<Found, 'place' | 'id'>, b: Pick<Found, 'place' | 'id'>): number {
  if (a.place !== b.place) return a.place < b.place ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function withinBox(query: SelectQueryBuilder<Cafe>, near: Point, radiusKm: number): void {
  const { latitude, longitude } = boxAround(near, radiusKm);
  const [south, north] = latitude.map(toMicroDegrees);
  query.where('cafe.latitudeE6 BETWEEN :south AND :north', { south, north });
  if (longitude.length === 0) return;
  query.andWhere(
    new Brackets((either) => {
      longitude.forEach(([west, east], index) => {
        either.orWhere(`cafe.longitudeE6 BETWEEN :west${index} AND :east${index}`, {
          [`west${index}`]: toMicroDegrees(west),
          [`east${index}`]: toMicroDegrees(east),
        });
      });
    }),
  );
}

/** To the metre. */
const rounded = (km: number): number => Math.round(km * 1_000) / 1_000;

function pageOf(rows: readonly (Found & { cafe: Cafe })[], page: PageRequest) {
  const connection = toConnection(
    rows,
    page,
    ({ place, id }) => [place, id],
    ({ cafe }) => cafe,
  );
  const edges = connection.edges.map((edge, index) => {
    const { distance } = rows[index]!;
    return { ...edge, distanceKm: distance === null ? null : rounded(distance) };
  });
  return { ...connection, edges };
}
