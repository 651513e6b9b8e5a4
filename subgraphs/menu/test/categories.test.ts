import { closeTestSubgraphs } from '@crema/kit/testing';
import { PrivilegedWriteMade } from '@crema/schema/events';
import { manager } from './product-writes.ts';
import { admin, ASTORIA, baristaOf, createTestMenu } from './support.ts';

afterEach(closeTestSubgraphs);

describe('making a category', () => {
  const CATEGORY =
    'mutation ($input: CategoryInput!) { createCategory(input: $input) { category { id name position } userErrors { code field } } }';

  it('puts it last unless told, and tells nobody but the audit', async () => {
    const test = await createTestMenu();
    const last = await test.mutate(manager, CATEGORY, { input: { name: ' Cakes ' } });
    expect(last).toMatchObject({ category: { name: 'Cakes', position: 9 }, userErrors: [] });
    await test.mutate(manager, CATEGORY, { input: { name: 'Specials', position: 0 } });
    const { categories } = await test.data<{ categories: { name: string }[] }>(
      null,
      '{ categories { name } }',
    );
    const names = categories.map(({ name }) => name);
    expect([names.slice(0, 2), names.at(-1)]).toEqual([['Coffee', 'Specials'], 'Cakes']);
    expect((await test.published(PrivilegedWriteMade)).map(({ data }) => data.action)).toEqual([
      'menu.createCategory',
      'menu.createCategory',
    ]);
  });

  it('refuses a name that is taken, wrong values, and who may not', async () => {
    const test = await createTestMenu();
    const wrong: [input: object, code: string, field: string][] = [
      [{ name: 'TEA ' }, 'NAME_TAKEN', 'name'],
      [{ name: '' }, 'INVALID_INPUT', 'name'],
      [{ name: 'x'.repeat(81) }, 'INVALID_INPUT', 'name'],
      [{ name: 'Cakes', position: -1 }, 'INVALID_INPUT', 'position'],
    ];
    for (const [input, code, field] of wrong) {
      const payload = await test.mutate(manager, CATEGORY, { input });
      expect([input, payload]).toEqual([input, expect.objectContaining({ category: null })]);
      expect(payload.userErrors).toEqual(expect.arrayContaining([{ code, field: [field] }]));
    }
    const input = { name: 'Cakes' };
    expect(await test.errors(null, CATEGORY, { input })).toEqual(['UNAUTHENTICATED']);
    expect(await test.errors(baristaOf(ASTORIA), CATEGORY, { input })).toEqual(['FORBIDDEN']);
    expect((await test.mutate(admin, CATEGORY, { input })).userErrors).toEqual([]);
  });

  it('takes one of equal names that come at once', async () => {
    const test = await createTestMenu();
    const answers = await Promise.all(
      ['Cakes', 'CAKES', ' cakes', 'Cakes'].map((name) =>
        test.mutate(manager, CATEGORY, { input: { name } }),
      ),
    );
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(
      Array(3).fill({ code: 'NAME_TAKEN', field: ['name'] }),
    );
  });
});
