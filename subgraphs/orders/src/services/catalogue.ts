import { inOrder, stableId, type Clock, type Database, type Transaction } from '@crema/kit';
import type { EntityTarget } from 'typeorm';
import {
  CafeHours,
  CatalogueVersion,
  MenuOffer,
  MenuPrice,
  type CafeFact,
  type OfferFact,
  type ProductFact,
} from '../entities/read-models.ts';
import { KnownCafe } from './known-cafe.ts';

/** What quoting needs to know of products, cafés and what they sell. */
export interface Shelf {
  cafe(id: string): KnownCafe | null;
  product(id: string): ProductFact | null;
  offer(cafeId: string, productId: string): OfferFact | null;
}

const ROW = 'catalogue';
/** Other replicas' changes are noticed this often. */
const LOOK_EVERY_MS = 500;

type Kind = typeof MenuPrice | typeof MenuOffer | typeof CafeHours;
interface KnownRow {
  id: string;
  version: number;
  fact: unknown;
}

const offerKey = (cafeId: string, productId: string): string =>
  stableId(`offer/${cafeId}/${productId}`);

/**
 * The read models of menu and cafés, with a copy in memory, so that a quote costs no statement. The copy
 * follows this process's own commits at once and those of other replicas by the version row.
 */
export class Catalogue {
  private readonly memory = new Memory();
  /** The version up to which the copy is complete. */
  private version = -1;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The shelf as it is now, at most half a second behind another replica's changes. */
  async current(): Promise<Shelf> {
    const isDue = this.clock.now().getTime() - this.lookedAt >= LOOK_EVERY_MS;
    if (isDue || this.looking) await this.look();
    return this.memory;
  }

  keepProduct(tx: Transaction, id: string, fact: ProductFact): Promise<void> {
    return this.keep(tx, MenuPrice, id, fact);
  }

  keepOffer(tx: Transaction, fact: OfferFact): Promise<void> {
    return this.keep(tx, MenuOffer, offerKey(fact.cafeId, fact.productId), fact);
  }

  keepCafe(tx: Transaction, id: string, fact: CafeFact): Promise<void> {
    // What quoting could not read must not get in; the event is buried instead.
    new KnownCafe(id, fact);
    return this.keep(tx, CafeHours, id, fact);
  }

  private async keep(tx: Transaction, kind: Kind, id: string, fact: unknown): Promise<void> {
    const version = await this.nextVersion(tx);
    const row = { id, version, fact } as KnownRow;
    const entity = kind as EntityTarget<KnownRow>;
    if (await tx.find(entity, id)) tx.update(entity, id, { version, fact });
    else tx.insert(entity, row);
    tx.afterCommit(() => {
      if (version === this.version + 1) {
        this.memory.put(kind, row);
        this.version = version;
      } else if (version > this.version) {
        this.lookedAt = Number.NEGATIVE_INFINITY;
      }
    });
  }

  private async nextVersion(tx: Transaction): Promise<number> {
    const row = await tx.lock(CatalogueVersion, ROW);
    const version = (row?.version ?? 0) + 1;
    if (row) tx.update(CatalogueVersion, ROW, { version });
    else tx.insert(CatalogueVersion, { id: ROW, version });
    return version;
  }

  private look(): Promise<void> {
    this.looking ??= this.catchUp().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async catchUp(): Promise<void> {
    this.lookedAt = this.clock.now().getTime();
    const [row] = inOrder(
      [ROW],
      await this.database.findMany(CatalogueVersion, [ROW]),
      ({ id }) => id,
    );
    const version = row?.version ?? 0;
    if (version === this.version) return;
    for (const kind of [MenuPrice, MenuOffer, CafeHours]) {
      const rows = await this.database.read
        .createQueryBuilder(kind as EntityTarget<KnownRow>, 'known')
        .where('known.version > :version', { version: this.version })
        .getMany();
      for (const each of rows) this.memory.put(kind, each);
    }
    this.version = Math.max(this.version, version);
  }
}

/** Newer rows replace older ones, in whatever order they come. */
class Memory implements Shelf {
  private readonly products = new Map<string, { version: number; value: ProductFact }>();
  private readonly offers = new Map<string, { version: number; value: OfferFact }>();
  private readonly cafes = new Map<string, { version: number; value: KnownCafe }>();

  cafe(id: string): KnownCafe | null {
    return this.cafes.get(id)?.value ?? null;
  }

  product(id: string): ProductFact | null {
    return this.products.get(id)?.value ?? null;
  }

  offer(cafeId: string, productId: string): OfferFact | null {
    return this.offers.get(`${cafeId}/${productId}`)?.value ?? null;
  }

  put(kind: Kind, { id, version, fact }: KnownRow): void {
    if (kind === MenuPrice) {
      keepNewer(this.products, id, version, () => fact as ProductFact);
    } else if (kind === MenuOffer) {
      const offer = fact as OfferFact;
      keepNewer(this.offers, `${offer.cafeId}/${offer.productId}`, version, () => offer);
    } else {
      keepNewer(this.cafes, id, version, () => new KnownCafe(id, fact as CafeFact));
    }
  }
}

function keepNewer<Value>(
  map: Map<string, { version: number; value: Value }>,
  key: string,
  version: number,
  value: () => Value,
): void {
  const known = map.get(key);
  if (!known || known.version < version) map.set(key, { version, value: value() });
}
