import { closeTestSubgraphs } from '@crema/kit/testing';
import { CafeOfferChanged, PrivilegedWriteMade } from '@crema/schema/events';
import {
  admin,
  ASTORIA,
  baristaOf,
  createTestMenu,
  customer,
  LOWER_MANHATTAN,
  managerOf,
  productId,
  type MenuTest,
  type UserErrors,
} from './support.ts';

afterEach(closeTestSubgraphs);

const LATTE = productId('latte');

interface Payload extends UserErrors {
  menuItem: { price: { amount: string }; soldOut: boolean; product: { sku: string } } | null;
}

const FIELDS = `{
  menuItem { price { amount currencyCode } soldOut product { sku price { amount } category { name } } }
  userErrors { code field }
}`;
const PRICE = `mutation ($cafeId: ID!, $productId: ID!, $price: MoneyInput) { setCafePrice(cafeId: $cafeId, productId: $productId, price: $price) ${FIELDS} }`;
const SOLD_OUT = `mutation ($cafeId: ID!, $productId: ID!, $soldOut: Boolean!) { setSoldOut(cafeId: $cafeId, productId: $productId, soldOut: $soldOut) ${FIELDS} }`;

const latte = { cafeId: ASTORIA, productId: LATTE };
const usd = (amount: string) => ({ amount, currencyCode: 'USD' });

const setPrice = (test: MenuTest, price: object | null, key: object = latte) =>
  test.mutate<Payload>(managerOf(ASTORIA), PRICE, { ...key, price });
const setSoldOut = (test: MenuTest, soldOut: boolean, caller = baristaOf(ASTORIA)) =>
  test.mutate<Payload>(caller, SOLD_OUT, { ...latte, soldOut });

/** The latte on a café's menu. */
async function latteAt(test: MenuTest, cafeId: string): Promise<unknown> {
  const { menu } = await test.data<{ menu: { sections: { items: Payload['menuItem'][] }[] } }>(
    null,
    `{ menu(cafeId: "${cafeId}") { sections { items { price { amount } soldOut product { sku } } } } }`,
  );
  const items = menu.sections.flatMap((section) => section.items);
  const { price, soldOut } = items.find((item) => item!.product.sku === 'latte')!;
  return [price.amount, soldOut];
}

describe("a café's own price", () => {
  it('holds there and nowhere else, until it is taken back', async () => {
    const test = await createTestMenu();
    const payload = await setPrice(test, usd('4.25'));
    expect(payload).toEqual({
      menuItem: {
        price: { amount: '4.25', currencyCode: 'USD' },
        soldOut: false,
        product: { sku: 'latte', price: { amount: '3.75' }, category: { name: 'Coffee' } },
      },
      userErrors: [],
    });
    expect(await latteAt(test, ASTORIA)).toEqual(['4.25', false]);
    expect(await latteAt(test, LOWER_MANHATTAN)).toEqual(['3.75', false]);

    expect((await setPrice(test, null)).menuItem!.price.amount).toBe('3.75');
    expect(await latteAt(test, ASTORIA)).toEqual(['3.75', false]);
    expect((await test.published(CafeOfferChanged)).map(({ key, data }) => [key, data])).toEqual([
      [LATTE, { cafeId: ASTORIA, price: { minor: 425, currency: 'USD' }, soldOut: false }],
      [LATTE, { cafeId: ASTORIA, price: null, soldOut: false }],
    ]);
    expect((await test.published(PrivilegedWriteMade))[0]!.data).toMatchObject({
      actorId: 'manager',
      action: 'menu.setCafePrice',
      target: `Product:${LATTE}`,
      details: `latte at ${ASTORIA}: 4.25 USD`,
    });
  });

  it('follows the product where there is none', async () => {
    const test = await createTestMenu();
    await setPrice(test, usd('4.25'));
    const query = `mutation { updateProduct(id: "${LATTE}", input: { price: { amount: "3.85", currencyCode: "USD" } }) { userErrors { code } } }`;
    await test.data(admin, query);
    expect(await latteAt(test, ASTORIA)).toEqual(['4.25', false]);
    expect(await latteAt(test, LOWER_MANHATTAN)).toEqual(['3.85', false]);
  });

  it('is told once however often it is set', async () => {
    const test = await createTestMenu();
    for (const price of [null, usd('4.25'), usd('4.250')]) await setPrice(test, price);
    expect(await test.published(CafeOfferChanged)).toHaveLength(1);
  });

  it('must bear the options that make it cheaper, and they it', async () => {
    const test = await createTestMenu();
    const groups = (amount: string) => ({
      id: LATTE,
      input: {
        optionGroups: [
          { name: 'Cup', min: 0, max: 1, options: [{ name: 'Own', priceDelta: usd(amount) }] },
        ],
      },
    });
    const update =
      'mutation ($id: ID!, $input: UpdateProductInput!) { updateProduct(id: $id, input: $input) { userErrors { code field } } }';
    await test.mutate(admin, update, groups('-1'));
    expect((await setPrice(test, usd('0.99'))).userErrors).toEqual([
      { code: 'NEGATIVE_PRICE', field: ['price', 'amount'] },
    ]);
    expect((await setPrice(test, usd('1'))).userErrors).toEqual([]);
    expect((await test.mutate(admin, update, groups('-1.01'))).userErrors).toEqual([
      { code: 'NEGATIVE_PRICE', field: ['optionGroups'] },
    ]);
  });

  it('refuses wrong amounts and what does not exist or is archived', async () => {
    const test = await createTestMenu();
    const mug = { cafeId: ASTORIA, productId: productId('crema-mug') };
    await test.data(
      admin,
      `mutation { archiveProduct(id: "${mug.productId}") { userErrors { code } } }`,
    );
    const wrong: [key: object, price: object | null, code: string, field: string][] = [
      [latte, usd('-1'), 'INVALID_AMOUNT', 'price.amount'],
      [latte, usd('10000.01'), 'INVALID_AMOUNT', 'price.amount'],
      [latte, { amount: '4', currencyCode: 'EUR' }, 'CURRENCY_MISMATCH', 'price.currencyCode'],
      [{ ...latte, productId: 'none' }, usd('4'), 'NOT_FOUND', 'productId'],
      [{ ...latte, cafeId: 'none' }, usd('4'), 'NOT_FOUND', 'cafeId'],
      [mug, null, 'PRODUCT_ARCHIVED', 'productId'],
    ];
    for (const [key, price, code, field] of wrong) {
      const payload = await test.mutate<Payload>(admin, PRICE, { ...key, price });
      expect(payload).toEqual({ menuItem: null, userErrors: [{ code, field: field.split('.') }] });
    }
    expect(await test.published(CafeOfferChanged)).toEqual([]);
  });

  it('is for those who may write the menu at that café', async () => {
    const test = await createTestMenu();
    const variables = { ...latte, price: usd('1') };
    expect(await test.errors(null, PRICE, variables)).toEqual(['UNAUTHENTICATED']);
    for (const caller of [customer, baristaOf(ASTORIA), managerOf(LOWER_MANHATTAN)]) {
      expect(await test.errors(caller, PRICE, variables)).toEqual(['FORBIDDEN']);
    }
    expect(await latteAt(test, ASTORIA)).toEqual(['3.75', false]);
  });
});

describe('being sold out', () => {
  it('is of one café, keeps its price, and ends', async () => {
    const test = await createTestMenu();
    await setPrice(test, usd('4.25'));
    expect((await setSoldOut(test, true)).menuItem).toMatchObject({
      price: { amount: '4.25' },
      soldOut: true,
    });
    expect(await latteAt(test, ASTORIA)).toEqual(['4.25', true]);
    expect(await latteAt(test, LOWER_MANHATTAN)).toEqual(['3.75', false]);
    await setSoldOut(test, true);
    await setSoldOut(test, false);
    expect(await latteAt(test, ASTORIA)).toEqual(['4.25', false]);
    const own = { minor: 425, currency: 'USD' };
    expect((await test.published(CafeOfferChanged)).map(({ data }) => data)).toEqual([
      { cafeId: ASTORIA, price: own, soldOut: false },
      { cafeId: ASTORIA, price: own, soldOut: true },
      { cafeId: ASTORIA, price: own, soldOut: false },
    ]);
    expect((await test.published(PrivilegedWriteMade)).at(-1)!.data).toMatchObject({
      actorId: 'barista',
      action: 'menu.setSoldOut',
      details: `latte at ${ASTORIA}: to be had again`,
    });
  });

  it('is not for customers or the baristas of another café', async () => {
    const test = await createTestMenu();
    const variables = { ...latte, soldOut: true };
    expect(await test.errors(null, SOLD_OUT, variables)).toEqual(['UNAUTHENTICATED']);
    for (const caller of [customer, baristaOf(LOWER_MANHATTAN), managerOf(LOWER_MANHATTAN)]) {
      expect(await test.errors(caller, SOLD_OUT, variables)).toEqual(['FORBIDDEN']);
    }
    expect(await latteAt(test, ASTORIA)).toEqual(['3.75', false]);
    expect(await test.published(CafeOfferChanged)).toEqual([]);
  });
});
