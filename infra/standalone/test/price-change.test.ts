import { CALLER_HEADER, signCaller, systemClock } from '@crema/kit';
import { dollars, ids, signIn, startCrema, type TestCrema } from './support.ts';
import { graphql } from '@crema/sdk';

const SECRET = 'the-secret-of-the-router-and-the-subgraphs';

const SetPriceOfCafe = graphql(`
  mutation SetPriceOfCafe($cafeId: ID!, $productId: ID!, $price: MoneyInput) {
    setCafePrice(cafeId: $cafeId, productId: $productId, price: $price) {
      userErrors {
        code
      }
    }
  }
`);
const SET_PRICE = `mutation ($cafeId: ID!, $productId: ID!, $price: MoneyInput) {
  setCafePrice(cafeId: $cafeId, productId: $productId, price: $price) { userErrors { code } }
}`;
const MENU = `query ($cafeId: ID!) {
  menu(cafeId: $cafeId) { sections { items { price { amount } product { id } } } }
}`;

interface MenuData {
  readonly menu: {
    readonly sections: readonly {
      readonly items: readonly { price: { amount: string }; product: { id: string } }[];
    }[];
  };
}

describe('a price change with the cache on', () => {
  let shop: TestCrema;

  beforeAll(async () => {
    shop = await startCrema({
      RESPONSE_CACHE: 'true',
      RESPONSE_CACHE_TOLD: 'true',
      CALLER_SECRET: SECRET,
    });
  });

  afterAll(() => shop.close());

  /** The price of a latte in Astoria as anybody sees it, and what of the menu came from the cache. */
  async function latte() {
    const variables = { cafeId: ids.astoria };
    const { data, errors, extensions } = await shop.crema.router.execute({
      query: MENU,
      variables,
    });
    expect(errors).toBeUndefined();
    const { sections } = (data as unknown as MenuData).menu;
    const items = sections.flatMap((section) => section.items);
    const item = items.find(({ product }) => product.id === ids.latte);
    return { price: item?.price.amount, cache: extensions?.['cache'] };
  }

  const priced = (amount: string) => ({
    cafeId: ids.astoria,
    productId: ids.latte,
    price: dollars(amount),
  });

  it('is seen once its event is told, though it was not made by this router', async () => {
    await latte();
    expect((await latte()).cache).toEqual({ menu: { hits: 1, misses: 0 } });
    const boss = { sub: 'boss', scope: 'menu:write', workplaces: ['*'] };

    const { data } = await shop.crema.subgraphs.get('menu')!.endpoint.execute({
      query: SET_PRICE,
      variables: priced('9.99'),
      headers: { [CALLER_HEADER]: await signCaller(SECRET, boss, systemClock) },
    });
    await shop.crema.settle();

    expect(data).toEqual({ setCafePrice: { userErrors: [] } });
    expect((await latte()).price).toBe('9.99');
  });

  it('is seen at once by whoever makes it', async () => {
    const admin = await signIn(shop.url, 'admin');
    await latte();

    await admin.mutate(SetPriceOfCafe, priced('8.88'));

    expect((await latte()).price).toBe('8.88');
  });
});
