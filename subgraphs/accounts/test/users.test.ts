import { stableId } from '@crema/kit';
import { closeTestSubgraphs } from '@crema/kit/testing';
import { UserChanged, UserSignedUp } from '@crema/schema/events';
import { ADMIN, BARISTA, codesOf, createTestAccounts, type TestAccounts } from './support.ts';

afterEach(closeTestSubgraphs);

const CUSTOMER = { sub: stableId('user/customer@crema.test'), roles: ['CUSTOMER'] };
const ALL = 'id name email phone roles workplaces { id } createdAt sessions { id }';

describe('what others see of a person', () => {
  const asEntity = async (people: TestAccounts, caller: Parameters<TestAccounts['do']>[0]) =>
    people.do(
      caller,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { ${ALL} } } }`,
      {
        r: [{ __typename: 'User', id: CUSTOMER.sub }],
      },
    );
  const nothing = {
    email: null,
    phone: null,
    roles: null,
    workplaces: null,
    createdAt: null,
    sessions: null,
  };
  const name = { id: CUSTOMER.sub, name: 'Camila Torres' };

  it.each([
    ['a visitor', null],
    ['a stranger', { sub: 'stranger', roles: ['CUSTOMER'] }],
    ['a barista', BARISTA],
    [
      'a manager of all cafés',
      { sub: 'manager', scope: 'queue:work orders:read cafes:write', workplaces: ['*'] },
    ],
  ])('is the name alone for %s', async (_, caller) => {
    const people = await createTestAccounts({ demo: true });
    expect(await asEntity(people, caller)).toEqual([{ ...name, ...nothing }]);
  });

  it('is everything for themselves', async () => {
    const people = await createTestAccounts({ demo: true });
    await people.signIn({ email: 'customer@crema.test', password: 'espresso-macchiato-42' });
    expect(await asEntity(people, CUSTOMER)).toEqual([
      {
        ...name,
        email: 'customer@crema.test',
        phone: '+12125550101',
        roles: ['CUSTOMER'],
        workplaces: [],
        createdAt: '2026-03-02T15:00:00.000Z',
        sessions: [{ id: expect.any(String) }],
      },
    ]);
  });

  it('is everything but the sessions for who may read users', async () => {
    const people = await createTestAccounts({ demo: true });
    expect(await asEntity(people, ADMIN)).toEqual([
      expect.objectContaining({
        ...name,
        email: 'customer@crema.test',
        phone: '+12125550101',
        sessions: null,
      }),
    ]);
  });

  it('costs one statement for any number of people', async () => {
    const people = await createTestAccounts({ demo: true });
    await people.test.settle();
    people.test.statements.length = 0;
    const ids = ['customer', 'barista', 'manager', 'admin'].map((who) =>
      stableId(`user/${who}@crema.test`),
    );
    const r = [...ids, 'nobody', ...ids].map((id) => ({ __typename: 'User', id }));
    const names = await people.do(
      ADMIN,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { name roles } } }`,
      { r },
    );
    expect(names).toHaveLength(9);
    expect(names[4]).toBeNull();
    expect(people.test.statements).toHaveLength(1);
  });
});

describe('finding people', () => {
  it('answers nobody for a visitor who asks for themselves', async () => {
    const people = await createTestAccounts();
    expect(await people.do(null, '{ me { id } }')).toBeNull();
  });

  it.each(['user(id: "x") { id }', 'users { nodes { id } }'])(
    'refuses %s to who may not read users',
    async (field) => {
      const people = await createTestAccounts();
      const codeFor = async (caller: typeof BARISTA | null) =>
        (await people.ask(caller, `{ ${field} }`)).errors?.[0]?.extensions?.['code'];
      expect([await codeFor(null), await codeFor(CUSTOMER), await codeFor(BARISTA)]).toEqual([
        'UNAUTHENTICATED',
        'FORBIDDEN',
        'FORBIDDEN',
      ]);
    },
  );

  it('finds one by id, or null', async () => {
    const people = await createTestAccounts({ demo: true });
    expect(await people.do(ADMIN, `{ user(id: "${CUSTOMER.sub}") { email } }`)).toEqual({
      email: 'customer@crema.test',
    });
    expect(await people.do(ADMIN, '{ user(id: "nobody") { email } }')).toBeNull();
  });

  it('pages through all of them by name, each once, and counts when asked', async () => {
    const people = await createTestAccounts();
    const names = ['Zoë', 'anna', 'Bert', 'Anna', 'Émile', 'ben', 'Anna'];
    for (const [index, name] of names.entries())
      await people.signUp({ name, email: `person-${index}@example.test` });

    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await people.do(
        ADMIN,
        'query ($after: String) { users(first: 2, after: $after) { totalCount edges { cursor node { id name } } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      expect(page.totalCount).toBe(7);
      seen.push(...page.edges.map(({ node }: { node: { id: string } }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(7);

    await people.test.settle();
    people.test.statements.length = 0;
    const { nodes } = await people.do(
      ADMIN,
      '{ users(first: 100) { nodes { name email roles } } }',
    );
    expect(nodes.map(({ name }: { name: string }) => name.toLowerCase()).slice(0, 5)).toEqual([
      'anna',
      'anna',
      'anna',
      'ben',
      'bert',
    ]);
    expect(people.test.statements).toHaveLength(1);
  });

  it.each([
    ['ida', ['Ida Berg']],
    ['BERG', ['Ida Berg', 'Kim Bergström']],
    ['kim@', ['Kim Bergström']],
    ['erg', []],
    ['%', []],
    ['100%', ['100% Coffee']],
    ['_', []],
    ['!', []],
    ["' OR 1=1 --", []],
  ])('searches for %j', async (search, expected) => {
    const people = await createTestAccounts();
    await people.signUp();
    await people.signUp({ name: 'Kim Bergström', email: 'kim@example.test' });
    await people.signUp({ name: '100% Coffee', email: 'percent@example.test' });
    const { nodes, totalCount } = await people.do(
      ADMIN,
      'query ($search: String) { users(search: $search) { totalCount nodes { name } } }',
      { search },
    );
    const found = nodes.map(({ name }: { name: string }) => name).sort();
    expect(found).toEqual(expected);
    expect(totalCount).toBe(found.length);
  });

  it.each(['first: 0', 'first: 101', 'after: "nonsense"', `search: "${'a'.repeat(101)}"`])(
    'refuses %s',
    async (argument) => {
      const people = await createTestAccounts();
      const { errors } = await people.ask(ADMIN, `{ users(${argument}) { nodes { id } } }`);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    },
  );
});

describe('changing the profile', () => {
  const UPDATE =
    'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { name phone } userErrors { code field } } }';

  it('changes what is given, keeps what is left out, removes a phone that is null, and tells the others', async () => {
    const people = await createTestAccounts();
    const caller = await people.callerOf(await people.signUp({ phone: '+12125550199' }));
    const update = async (input: object) => (await people.do(caller, UPDATE, { input })).user;

    expect(await update({ name: ' Ida Holm' })).toEqual({
      name: 'Ida Holm',
      phone: '+12125550199',
    });
    expect(await update({ phone: null })).toEqual({ name: 'Ida Holm', phone: null });
    expect(await update({ name: null })).toEqual({ name: 'Ida Holm', phone: null });
    expect(await update({})).toEqual({ name: 'Ida Holm', phone: null });
    const told = await people.test.published(UserChanged);
    expect(told.map(({ data }) => [data.name, data.phone])).toEqual([
      ['Ida Holm', '+12125550199'],
      ['Ida Holm', null],
    ]);
  });

  it('refuses what is wrong', async () => {
    const people = await createTestAccounts();
    const caller = await people.callerOf(await people.signUp());
    const answer = await people.do(caller, UPDATE, { input: { name: '', phone: '12' } });
    expect(codesOf(answer)).toEqual(['INVALID_INPUT', 'INVALID_INPUT']);
    expect(answer.user).toBeNull();
  });

  it('refuses a visitor', async () => {
    const people = await createTestAccounts();
    const { errors } = await people.ask(null, UPDATE, { input: { name: 'Nobody' } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('the demo', () => {
  it('has one person of each role, and is loaded once', async () => {
    const people = await createTestAccounts({ demo: true });
    await people.accounts.loadDemo!();
    const { nodes } = await people.do(
      ADMIN,
      '{ users { nodes { id email roles workplaces { id } } } }',
    );
    const cafes = ['cafe/astoria', 'cafe/hells-kitchen', 'cafe/lower-manhattan'].map((name) => ({
      id: stableId(name),
    }));
    const person = (who: string, roles: string[], workplaces: object[]) => ({
      id: stableId(`user/${who}@crema.test`),
      email: `${who}@crema.test`,
      roles,
      workplaces,
    });
    expect(nodes).toHaveLength(4);
    expect(nodes).toEqual(
      expect.arrayContaining([
        person('customer', ['CUSTOMER'], []),
        person('barista', ['CUSTOMER', 'BARISTA'], cafes.slice(0, 1)),
        person('manager', ['CUSTOMER', 'BARISTA', 'MANAGER'], cafes),
        person('admin', ['CUSTOMER', 'BARISTA', 'MANAGER', 'ADMIN'], []),
      ]),
    );
    expect(await people.test.published(UserSignedUp)).toHaveLength(4);
    expect(await people.test.published(UserChanged)).toHaveLength(3);
  });
});
