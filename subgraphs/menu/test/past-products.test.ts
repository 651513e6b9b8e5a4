import { closeTestSubgraphs } from '@crema/kit/testing';
import { PastProductFound, ProductChanged } from '@crema/schema/events';
import { categoryId, createTestMenu, productId, type MenuTest } from './support.ts';

afterEach(closeTestSubgraphs);

const found = {
  sku: 'pos-81',
  name: 'Mocha Rg',
  category: 'Iced Drinks',
  price: { minor: 450, currency: 'USD' },
  isSold: false,
};

const PRODUCT = `query ($id: ID!) {
  product(id: $id) { sku name archived category { id name position } price { amount currencyCode } }
}`;

const read = async (test: MenuTest, sku: string) =>
  (await test.data<{ product: unknown }>(null, PRODUCT, { id: productId(sku) })).product;

const SEARCH = '{ products(search: "Mocha Rg") { nodes { id } } }';

describe('a product of past sales', () => {
  it('is known and not on the menu, with a category made for it, once', async () => {
    const test = await createTestMenu();
    await test.tell(PastProductFound, productId('pos-81'), found);
    await test.tell(PastProductFound, productId('pos-81'), { ...found, name: 'Another' });

    expect(await read(test, 'pos-81')).toEqual({
      sku: 'pos-81',
      name: 'Mocha Rg',
      archived: true,
      category: { id: categoryId('iced-drinks'), name: 'Iced Drinks', position: 9 },
      price: { amount: '4.50', currencyCode: 'USD' },
    });
    expect(await test.data(null, SEARCH)).toEqual({ products: { nodes: [] } });
    const told = (await test.published(ProductChanged)).filter(
      ({ key }) => key === productId('pos-81'),
    );
    expect(told.map(({ data }) => [data.name, data.archived])).toEqual([['Mocha Rg', true]]);
  });

  it('is sold where it still is, in the category of its name, whatever the case', async () => {
    const test = await createTestMenu();
    const sold = { ...found, category: 'drinking chocolate', isSold: true };
    await test.tell(PastProductFound, productId('pos-81'), sold);

    expect(await read(test, 'pos-81')).toMatchObject({
      archived: false,
      category: { id: categoryId('drinking-chocolate'), name: 'Drinking Chocolate' },
    });
    expect(await test.data(null, SEARCH)).toEqual({
      products: { nodes: [{ id: productId('pos-81') }] },
    });
  });

  it('makes one category for many that come together', async () => {
    const test = await createTestMenu();
    const skus = ['pos-81', 'pos-82', 'pos-83'];
    await Promise.all(
      skus.map((sku) => test.tell(PastProductFound, productId(sku), { ...found, sku })),
    );
    const { categories } = await test.data<{ categories: { name: string }[] }>(
      null,
      '{ categories { name } }',
    );
    expect(categories.filter(({ name }) => name === 'Iced Drinks')).toHaveLength(1);
    for (const sku of skus) expect(await read(test, sku)).toMatchObject({ sku });
  });
});
