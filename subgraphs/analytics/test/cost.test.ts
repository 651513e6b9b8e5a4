import { closeTestSubgraphs } from '@crema/kit/testing';
import { ASTORIA, createTestAnalytics, LATTE, MUG, type LineOf } from './support.ts';

afterEach(closeTestSubgraphs);

const AT = '2026-03-02T15:00:00.000Z';
const line = (productId: string): LineOf => ({ productId, quantity: 1, total: 400 });

describe('the life of an order', () => {
  it.each([
    ['one product', [line(LATTE)]],
    ['several products', [line(LATTE), line(MUG), line(`${ASTORIA}/bagel`)]],
  ])('with %s costs ten operations on documents', async (_, lines) => {
    const test = await createTestAnalytics();
    await test.openCafe();
    for (const { productId } of lines) await test.nameProduct(productId, 'Latte', 'Coffee');
    await test.sell({ orderId: 'first', at: AT, lines });

    test.operations.length = 0;
    await test.sell({ orderId: 'order', at: AT, lines });
    await test.makeReady('order', AT, 60);

    expect([...test.operations].sort()).toEqual([
      'cafes.get',
      'cafes.get',
      'day_preparation.change',
      'day_products.change',
      'days.change',
      'editions.get',
      'editions.get',
      'sales.change',
      'sales.get',
      'sales.insert',
    ]);
    const { topProducts } = await test.report({ from: '2026-03-02', to: '2026-03-02' });
    expect(topProducts.map(({ product: { id } }) => id).sort()).toEqual(
      lines.map(({ productId }) => productId).sort(),
    );
  });
});
