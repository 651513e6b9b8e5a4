import { closeTestSubgraphs } from '@crema/kit/testing';
import { PrivilegedWriteMade } from '@crema/schema/events';
import { StockLevel } from '../src/entities/stock-level.ts';
import { StockMovement } from '../src/entities/stock-movement.ts';
import {
  admin,
  CAFE,
  createTestInventory,
  manager,
  withLatte,
  type TestInventory,
} from './support.ts';

afterEach(closeTestSubgraphs);

describe('stock of a café', () => {
  let shop: TestInventory;
  let beans: string;
  let cups: string;

  beforeEach(async () => {
    shop = await createTestInventory();
    beans = await shop.createIngredient('Beans');
    cups = await shop.createIngredient('Cup', 'PIECE');
  });

  it('grows by what is received, shrinks by what is wasted, and is what was counted', async () => {
    expect(
      (await shop.receive(beans, '1000.5', { reason: ' Delivery 12 ' })).stockLevel,
    ).toMatchObject({
      onHand: '1000.5',
      reserved: '0',
      available: '1000.5',
      cafe: { id: CAFE },
      ingredient: { id: beans, name: 'Beans', unit: 'GRAM' },
    });
    shop.test.clock.advance(1_000);
    const wasted = await shop.waste(beans, '0.125', { reason: 'Spilled' });
    expect(wasted.stockLevel.onHand).toBe('1000.375');
    expect((await shop.count(beans, '990', { reason: ' ' })).stockLevel.onHand).toBe('990');

    expect(await shop.movements()).toMatchObject([
      { kind: 'ADJUSTED', quantity: '-10.375', reason: null },
      { kind: 'WASTED', quantity: '-0.125', reason: 'Spilled', at: '2026-03-02T15:00:01.000Z' },
      {
        kind: 'RECEIVED',
        quantity: '1000.5',
        reason: 'Delivery 12',
        actor: { id: 'manager' },
        order: null,
      },
    ]);
    expect(await shop.verify()).toEqual([]);
  });

  it('makes no movement when a count finds what is known', async () => {
    await shop.receive(beans, '100');
    await shop.count(beans, '100');
    expect(await shop.movements()).toHaveLength(1);
    expect((await shop.count(beans, '0')).stockLevel.onHand).toBe('0');
  });

  it('is kept for each café by itself', async () => {
    await shop.receive(beans, '100', { caller: admin });
    await shop.receive(beans, '7', { caller: admin, cafeId: 'cafe-2' });
    expect(await shop.stock('cafe-2')).toMatchObject([{ onHand: '7' }]);
    expect(await shop.movements('cafe-2')).toHaveLength(1);
    expect(await shop.stock('cafe-unknown')).toEqual([]);
  });

  it('is listed by name, and only what is low on request', async () => {
    await shop.receive(cups, '5');
    await shop.receive(beans, '1000');
    await shop.setReorderPoint(cups, '10');
    const names = (levels: { ingredient: { name: string } }[]) =>
      levels.map(({ ingredient }) => ingredient.name);
    expect(names(await shop.stock())).toEqual(['Beans', 'Cup']);
    expect(names(await shop.stock(CAFE, true))).toEqual(['Cup']);
  });

  it.each([
    ['0', 'above 0'],
    ['-1', 'above 0'],
    ['1000000.001', 'at most 1,000,000'],
    ['0.0001', 'at most 3 decimal places'],
  ])('refuses a quantity of %s, naming the field', async (quantity, message) => {
    const { stockLevel, userErrors } = await shop.receive(beans, quantity);
    expect(stockLevel).toBeNull();
    expect(userErrors).toEqual([
      { code: 'INVALID_QUANTITY', message: expect.stringContaining(message), field: ['quantity'] },
    ]);
    expect(await shop.movements()).toEqual([]);
  });

  it('takes the least and the most, and the same number written otherwise', async () => {
    await shop.receive(beans, '0.001');
    await shop.receive(beans, '1000000.000');
    expect(await shop.level(beans)).toMatchObject({ onHand: '1000000.001' });
  });

  it('counts pieces in whole numbers', async () => {
    const { userErrors } = await shop.receive(cups, '1.5');
    expect(userErrors).toMatchObject([{ code: 'INVALID_QUANTITY', field: ['quantity'] }]);
    expect((await shop.receive(cups, '2.0')).stockLevel.onHand).toBe('2');
  });

  it('refuses a count and a reorder point below zero, and takes zero', async () => {
    expect((await shop.count(beans, '-1')).userErrors).toHaveLength(1);
    expect((await shop.setReorderPoint(beans, '-1')).userErrors).toHaveLength(1);
    expect((await shop.count(beans, '0')).userErrors).toEqual([]);
    expect((await shop.setReorderPoint(beans, '0')).userErrors).toEqual([]);
  });

  it('refuses cafés and ingredients that do not exist, and texts that are too long', async () => {
    const unknownCafe = await shop.receive(beans, '1', { cafeId: 'nowhere', caller: admin });
    expect(unknownCafe.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['cafeId'] }]);
    const unknownIngredient = await shop.receive('nothing', '1');
    expect(unknownIngredient.userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['ingredientId'] },
    ]);
    const long = await shop.receive(beans, '1', { reason: 'x'.repeat(501) });
    expect(long.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['reason'] }]);
    const keyless = await shop.receive(beans, '1', { key: '' });
    expect(keyless.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', field: ['idempotencyKey'] },
    ]);
  });

  it('wastes no more than is on hand and not reserved', async () => {
    shop = await createTestInventory();
    const latte = await withLatte(shop);
    expect((await shop.waste(latte.beans, '1')).userErrors).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', field: ['quantity'] },
    ]);
    await shop.receive(latte.beans, '20');
    await shop.receive(latte.whole, '1000');
    await shop.place('order', [{ product: 'latte', options: ['milk-whole'] }]);

    expect((await shop.waste(latte.beans, '2.001')).userErrors).toMatchObject([
      { code: 'INSUFFICIENT_STOCK', field: ['quantity'] },
    ]);
    expect((await shop.waste(latte.beans, '2')).stockLevel).toMatchObject({
      onHand: '18',
      reserved: '18',
      available: '0',
    });
  });

  it('changes once for one key, however often and at once it is asked', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shop.receive(beans, '10', { key: 'delivery-1' })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await shop.movements()).toHaveLength(1);

    shop.test.clock.advance(60_000);
    await shop.receive(beans, '5');
    expect(await shop.receive(beans, '10.0', { key: 'delivery-1' })).toEqual(answers[0]);
  });

  it('refuses a key that was used for something else, and keeps keys by person and mutation', async () => {
    await shop.receive(beans, '10', { key: 'k' });
    expect((await shop.receive(beans, '11', { key: 'k' })).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
    ]);
    expect((await shop.waste(beans, '1', { key: 'k' })).userErrors).toEqual([]);
    expect((await shop.receive(beans, '11', { key: 'k', caller: admin })).userErrors).toEqual([]);
    expect(await shop.level(beans)).toMatchObject({ onHand: '20' });
  });

  it('leaves a key free when the change was refused', async () => {
    expect((await shop.waste(beans, '1', { key: 'k' })).userErrors).toHaveLength(1);
    await shop.receive(beans, '1');
    expect((await shop.waste(beans, '1', { key: 'k' })).userErrors).toEqual([]);
  });

  it('tells the audit log who changed what', async () => {
    await shop.receive(beans, '10', { reason: 'Delivery' });
    await shop.setReorderPoint(beans, '3');
    const entries = await shop.test.published(PrivilegedWriteMade);
    expect(entries.map(({ data }) => [data.action, data.target, data.details])).toEqual(
      expect.arrayContaining([
        ['inventory.receiveStock', `StockLevel:${CAFE}:${beans}`, 'Beans: 10 GRAM (Delivery)'],
        ['inventory.setReorderPoint', `StockLevel:${CAFE}:${beans}`, 'Beans: 3 GRAM'],
      ]),
    );
    expect(entries.every(({ key, data }) => key === 'manager' && data.actorId === 'manager')).toBe(
      true,
    );
  });

  it('has movements that nobody can change or take away', async () => {
    await shop.receive(beans, '10');
    const database = shop.test.running.database!;
    const change = database.transaction(async (tx) =>
      (await tx.direct()).update(StockMovement, { position: 1 }, { quantityMilli: 1 }),
    );
    await expect(change).rejects.toThrow('immutable');
    const removal = database.transaction(async (tx) =>
      (await tx.direct()).delete(StockMovement, { position: 1 }),
    );
    await expect(removal).rejects.toThrow('immutable');
  });

  it('is verified: what differs from its history is named', async () => {
    await shop.receive(beans, '10');
    await shop.test.running.database!.transaction(async (tx) =>
      (await tx.direct()).update(
        StockLevel,
        { ingredientId: beans },
        { onHandMilli: 9_000, reservedMilli: 500 },
      ),
    );
    expect(await shop.verify()).toEqual([
      { cafeId: CAFE, ingredientId: beans, what: 'onHand', kept: '9', recomputed: '10' },
      { cafeId: CAFE, ingredientId: beans, what: 'reserved', kept: '0.5', recomputed: '0' },
    ]);
  });

  it('shows movements page by page, newest first, of one ingredient or all', async () => {
    for (let n = 1; n <= 5; n++) await shop.receive(n % 2 ? beans : cups, String(n));
    const query = `query ($ingredientId: ID, $first: Int, $after: String) {
      stockMovements(cafeId: "${CAFE}", ingredientId: $ingredientId, first: $first, after: $after) {
        edges { cursor node { id } } nodes { quantity } pageInfo { hasNextPage hasPreviousPage endCursor }
      }
    }`;
    const page = async (variables: Record<string, unknown>) =>
      (await shop.ask(manager, query, variables)).stockMovements;
    const quantities = (answer: { nodes: { quantity: string }[] }) =>
      answer.nodes.map(({ quantity }) => quantity);

    const first = await page({ first: 2 });
    expect(quantities(first)).toEqual(['5', '4']);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(first.pageInfo.endCursor).toBe(first.edges[1].cursor);
    // What comes meanwhile moves no page.
    await shop.receive(beans, '6');
    const second = await page({ first: 3, after: first.pageInfo.endCursor });
    expect(quantities(second)).toEqual(['3', '2', '1']);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(quantities(await page({ ingredientId: cups }))).toEqual(['4', '2']);

    for (const wrong of [
      { first: 0 },
      { first: 101 },
      { after: 'nonsense' },
      { after: 'WyJhIl0' },
    ]) {
      const { errors } = await shop.test.ask(manager, query, wrong);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it('reads a page of stock and of movements in a constant number of statements', async () => {
    const countOf = async (read: () => Promise<unknown>) => {
      shop.test.statements.length = 0;
      await read();
      return shop.test.statements.length;
    };
    await shop.receive(beans, '1');
    const one = [await countOf(() => shop.stock()), await countOf(() => shop.movements())];
    for (let n = 0; n < 20; n++) await shop.receive(await shop.createIngredient(`Syrup ${n}`), '1');
    const many = [await countOf(() => shop.stock()), await countOf(() => shop.movements())];
    expect(many).toEqual(one);
    expect(Math.max(...many)).toBeLessThanOrEqual(3);
  });
});
