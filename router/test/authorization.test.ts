import { Issuer, TestClock } from './support/issuer.ts';
import { serve, type ServedRouter } from './support/serve.ts';
import type { SubgraphDefinitions } from './support/subgraphs.ts';

const accounts = [
  { __typename: 'User', id: '1', name: 'Ada', email: 'ada@x', phone: '1', salary: 1, note: 'n' },
  { __typename: 'Bot', id: '2', name: 'Bot', email: 'bot@x' },
];
const [ada] = accounts;

const definitions: SubgraphDefinitions = {
  people: {
    typeDefs: `
      type Query {
        me: User
        users: [User!]!
        matrix: [[User]]
        accounts: [Account!]!
        found: [Found]
        vault: Vault
        rank: Rank
        closed: String! @authenticated
        open: String
        either: String @requiresScopes(scopes: [["a", "b"], ["c"]])
        gold: String @policy(policies: [["gold"]])
      }
      type Mutation { open: String  closed: String @authenticated  make: User }
      interface Account { id: ID! name: String email: String }
      type User implements Account @key(fields: "id") {
        id: ID! name: String
        email: String @authenticated
        phone: String! @authenticated
        salary: Int @requiresScopes(scopes: [["hr"]])
        friends: [User!]
      }
      type Bot implements Account @key(fields: "id") { id: ID! name: String email: String }
      union Found = User | Bot | Vault
      type Vault @authenticated { code: String friend: User }
      enum Rank @requiresScopes(scopes: [["hr"]]) { HIGH LOW }`,
    resolvers: {
      Query: {
        me: () => ada,
        users: () => [ada, ada],
        matrix: () => [[ada, null], null, [ada]],
        accounts: () => accounts,
        found: () => [...accounts, { __typename: 'Vault', code: '42' }],
        vault: () => ({ code: '42' }),
        rank: () => 'HIGH',
        closed: () => 'closed',
        open: () => 'open',
        either: () => 'either',
        gold: () => 'gold',
      },
      Mutation: { open: () => 'open', closed: () => 'closed', make: () => ada },
      User: { __resolveReference: () => ada, friends: () => [ada] },
      Bot: { __resolveReference: () => accounts[1] },
    },
  },
  notes: {
    typeDefs: `type User @key(fields: "id") { id: ID! note: String @authenticated  nick: String }`,
    resolvers: { User: { __resolveReference: () => ({ note: 'n' }), nick: () => 'nick' } },
  },
};

let served: ServedRouter;
let tokens: Record<'visitor' | 'plain' | 'hr', string | undefined>;
let tokenOf: (claims: { scope?: string; policies?: string[] }) => Promise<string>;

beforeAll(async () => {
  const clock = new TestClock();
  const issuer = new Issuer(clock);
  const key = await issuer.newKey('k1');
  served = await serve(definitions, { jwt: issuer.jwt, clock, timers: clock });
  tokenOf = (claims) => issuer.token(key, claims);
  tokens = {
    visitor: undefined,
    plain: await tokenOf({ scope: 'other' }),
    hr: await tokenOf({ scope: 'other hr' }),
  };
});

beforeEach(() => {
  served.subgraphs.get('people').requests.length = 0;
  served.subgraphs.get('notes').requests.length = 0;
});

afterAll(() => served.router.close());

async function ask(query: string, token?: string, variables?: Record<string, unknown>) {
  const headers: Record<string, string> = token ? { authorization: 'Bearer ' + token } : {};
  const { body } = await served.post({ query, variables }, headers);
  return {
    data: body.data,
    errors: (body.errors ?? []).map(({ path, extensions }) => [
      path?.join('.'),
      extensions['code'],
    ]),
  };
}

const asked = (): string =>
  ['people', 'notes']
    .flatMap((name) => served.subgraphs.get(name).requests.map(({ query }) => query))
    .join(' ');

const NO = 'UNAUTHENTICATED';

describe('what a visitor may not see', () => {
  it.each<[string, string, unknown, unknown]>([
    ['a field', '{ me { name email } }', { me: { name: 'Ada', email: null } }, [['me.email', NO]]],
    ['an alias', '{ me { name: email } }', { me: { name: null } }, [['me.name', NO]]],
    [
      'a fragment',
      '{ me { ...F } } fragment F on User { id ...G } fragment G on User { email }',
      { me: { id: '1', email: null } },
      [['me.email', NO]],
    ],
    [
      'an inline fragment on an interface',
      '{ me { ... on Account { email } } }',
      { me: { email: null } },
      [['me.email', NO]],
    ],
    [
      'an interface, for the one type that withholds it',
      '{ accounts { id email } }',
      {
        accounts: [
          { id: '1', email: null },
          { id: '2', email: 'bot@x' },
        ],
      },
      [['accounts.0.email', NO]],
    ],
    [
      'an interface with fragments',
      '{ accounts { ... on User { e: email } ... on Bot { e: email } } }',
      { accounts: [{ e: null }, { e: 'bot@x' }] },
      [['accounts.0.e', NO]],
    ],
    [
      'a list, at each of its places',
      '{ users { name email } }',
      {
        users: [
          { name: 'Ada', email: null },
          { name: 'Ada', email: null },
        ],
      },
      [
        ['users.0.email', NO],
        ['users.1.email', NO],
      ],
    ],
    [
      'lists in lists',
      '{ matrix { email } }',
      { matrix: [[{ email: null }, null], null, [{ email: null }]] },
      [
        ['matrix.0.0.email', NO],
        ['matrix.2.0.email', NO],
      ],
    ],
    [
      'a field that is never null',
      '{ me { name phone } open }',
      { me: null, open: 'open' },
      [['me.phone', NO]],
    ],
    ['a root field that is never null', '{ closed open }', null, [['closed', NO]]],
    [
      'a field of another subgraph',
      '{ me { nick note } }',
      { me: { nick: 'nick', note: null } },
      [['me.note', NO]],
    ],
    ['a type', '{ vault { code } open }', { vault: null, open: 'open' }, [['vault', NO]]],
    [
      'a type in a union',
      '{ found { __typename ... on Vault { code } ... on Bot { name } } }',
      { found: [{ __typename: 'User' }, { __typename: 'Bot', name: 'Bot' }, null] },
      [['found.2', NO]],
    ],
    ['an enum', '{ rank }', { rank: null }, [['rank', NO]]],
    [
      'scopes',
      '{ either gold }',
      { either: null, gold: null },
      [
        ['either', NO],
        ['gold', NO],
      ],
    ],
    [
      'the same field asked for openly elsewhere',
      '{ me { friends { id email } } }',
      { me: { friends: [{ id: '1', email: null }] } },
      [['me.friends.0.email', NO]],
    ],
  ])('%s', async (_name, query, data, errors) => {
    expect(await ask(query)).toEqual({ data, errors });
    expect(asked()).not.toMatch(/\b(phone|note|closed|code|rank|either|gold)\b/);
    expect(asked().replace(/on Bot ?{[^}]*}/g, '')).not.toContain('email');
  });

  it('is not told of where a condition leaves it out', async () => {
    const query = 'query ($all: Boolean!) { me { name email @include(if: $all) } }';

    expect(await ask(query, undefined, { all: false })).toEqual({
      data: { me: { name: 'Ada' } },
      errors: [],
    });
    expect((await ask(query, undefined, { all: true })).errors).toEqual([['me.email', NO]]);
  });

  it('stays visible in the schema itself', async () => {
    const { data } = await ask('{ __type(name: "User") { fields { name } } }');

    expect(JSON.stringify(data)).toContain('email');
  });
});

describe('who may see what', () => {
  it.each<
    [keyof typeof tokens, string | null, string | undefined, number | null, string | undefined]
  >([
    ['visitor', null, NO, null, NO],
    ['plain', 'ada@x', undefined, null, 'FORBIDDEN'],
    ['hr', 'ada@x', undefined, 1, undefined],
  ])('%s', async (who, email, emailCode, salary, salaryCode) => {
    // The same operation for every kind of caller: what is cached for one must not serve another.
    const answer = await ask('{ me { email salary } }', tokens[who]);

    expect(answer).toEqual({
      data: { me: { email, salary } },
      errors: [
        ...(emailCode ? [['me.email', emailCode]] : []),
        ...(salaryCode ? [['me.salary', salaryCode]] : []),
      ],
    });
  });

  it.each([
    ['', false],
    ['a', false],
    ['b', false],
    ['a b', true],
    ['c', true],
    ['x c y', true],
    ['ab', false],
  ])('scopes "%s" of [[a, b], [c]]: %s', async (scope, isAllowed) => {
    const { data, errors } = await ask('{ either }', await tokenOf({ scope }));

    expect(data).toEqual({ either: isAllowed ? 'either' : null });
    expect(errors).toEqual(isAllowed ? [] : [['either', 'FORBIDDEN']]);
  });

  it('policies are those of the token', async () => {
    expect((await ask('{ gold }', await tokenOf({ policies: ['gold'] }))).data).toEqual({
      gold: 'gold',
    });
    expect((await ask('{ gold }', tokens.hr)).errors).toEqual([['gold', 'FORBIDDEN']]);
  });
});

describe('mutations', () => {
  it('run none of their fields when one is refused', async () => {
    expect(await ask('mutation { open made: make { name } shut: closed }')).toEqual({
      data: null,
      errors: [['shut', NO]],
    });
    expect(asked()).toBe('');
  });

  it('run when the refused field is left out by a condition', async () => {
    const query = 'mutation ($shut: Boolean!) { open closed @include(if: $shut) }';

    expect(await ask(query, undefined, { shut: false })).toEqual({
      data: { open: 'open' },
      errors: [],
    });
  });

  it('withhold fields of their results like queries', async () => {
    expect(await ask('mutation { make { name email } }')).toEqual({
      data: { make: { name: 'Ada', email: null } },
      errors: [['make.email', NO]],
    });
  });
});
