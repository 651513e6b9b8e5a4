import {
  refused,
  type Caller,
  type Clock,
  type Database,
  type MoneyInput,
  type Transaction,
} from '@crema/kit';
import { publishPrivilegedWrite } from '@crema/schema/events';
import { Cafe } from '../entities/cafe.ts';
import { CafeOffer } from '../entities/cafe-offer.ts';
import { Category } from '../entities/category.ts';
import type { Product } from '../entities/product.ts';
import { publishOffer } from '../events/menu-events.ts';
import { MenuItem } from '../types/menu.ts';
import type { MenuCache } from './menu-cache.ts';
import { readPrice, requireNoNegativePrice } from './option-groups.ts';
import { lockProduct } from './product-service.ts';

/** Which product at which café. */
export interface OfferKey {
  readonly cafeId: string;
  readonly productId: string;
}

type Change = Partial<Pick<CafeOffer, 'priceMinor' | 'soldOut'>>;

/** How each café sells what is on the menu of all. */
export class OfferService {
  constructor(
    private readonly database: Database,
    private readonly menus: MenuCache,
    private readonly clock: Clock,
  ) {}

  /** Null returns to the product's own price. */
  async setPrice(
    caller: Caller,
    key: OfferKey,
    price: MoneyInput | null | undefined,
  ): Promise<MenuItem> {
    caller.requireAt('menu:write', key.cafeId);
    return this.change(caller, key, 'menu.setCafePrice', ({ currency, groups }) => {
      if (!price) return [{ priceMinor: null }, "the product's own price"];
      const own = readPrice(price, ['price'], { currency });
      requireNoNegativePrice(own.minor, groups, ['price', 'amount']);
      return [{ priceMinor: own.minor }, own.toString()];
    });
  }

  async setSoldOut(caller: Caller, key: OfferKey, soldOut: boolean): Promise<MenuItem> {
    caller.requireAt('queue:work', key.cafeId);
    return this.change(caller, key, 'menu.setSoldOut', () => [
      { soldOut },
      soldOut ? 'sold out' : 'to be had again',
    ]);
  }

  /** The product's lock holds off every other change of its offers. */
  private change(
    caller: Caller,
    { cafeId, productId }: OfferKey,
    action: string,
    changeOf: (product: Product) => readonly [Change, string],
  ): Promise<MenuItem> {
    return this.database.transaction(async (tx) => {
      if (!(await tx.find(Cafe, cafeId))) {
        throw refused('NOT_FOUND', 'There is no such café.', ['cafeId']);
      }
      const product = await lockProduct(tx, productId, 'productId');
      product.category = (await tx.find(Category, product.categoryId))!;
      const [change, what] = changeOf(product);

      const known = await tx.lock(CafeOffer, [productId, cafeId]);
      const before = known ?? { cafeId, productId, priceMinor: null, soldOut: false };
      const offer: CafeOffer = { ...before, ...change };
      if (offer.priceMinor !== before.priceMinor || offer.soldOut !== before.soldOut) {
        this.write(tx, known !== null, offer);
        publishOffer(tx, product, offer);
        const details = `${product.sku} at ${cafeId}: ${what}`;
        const deed = {
          action,
          target: `Product:${productId}`,
          details,
          actorId: caller.requireId(),
          at: this.clock.now(),
        };
        publishPrivilegedWrite(tx, deed);
        await this.menus.touch(tx);
      }
      return new MenuItem(product, offer);
    });
  }

  private write(tx: Transaction, exists: boolean, offer: CafeOffer): void {
    const { cafeId, productId, priceMinor, soldOut } = offer;
    if (exists) {
      tx.update(CafeOffer, [productId, cafeId], { priceMinor, soldOut });
    } else {
      tx.insert(CafeOffer, offer);
    }
  }
}
