import { planned, type Representation } from './support/planned.ts';
import { planners } from './support/planners.ts';
import type { SubgraphDefinitions } from './support/subgraphs.ts';

const rate = { EUR: 10, USD: 12, GBP: 8 };

/** The prices of a parcel are asked in several currencies, by the client and by what others require. */
const parcels: SubgraphDefinitions = {
  goods: {
    typeDefs: `
      type Query { parcel: Parcel parcels: [Parcel!]! }
      enum Currency { EUR USD GBP }
      type Parcel @key(fields: "id") {
        id: ID! price(in: Currency!): Int size: Size weight: Int boxes: [Box!]
      }
      type Size { height: Int width: Int }
      interface Box { weight: Int }
      type Crate implements Box { weight: Int wood: String }
      type Bag implements Box { weight: Int cloth: String }`,
    resolvers: {
      Query: { parcel: () => ({ id: 'p1' }), parcels: () => [{ id: 'p1' }, { id: 'p2' }] },
      Parcel: {
        __resolveReference: ({ id }: Representation) => ({ id }),
        price: (_: unknown, args: { in: keyof typeof rate }) => rate[args.in],
        size: ({ id }: Representation) => (id === 'p1' ? { height: 2, width: 3 } : null),
        weight: ({ id }: Representation) => (id === 'p1' ? 5 : null),
        boxes: () => [
          { __typename: 'Crate', weight: 1, wood: 'oak' },
          { __typename: 'Bag', weight: 2, cloth: 'jute' },
        ],
      },
    },
  },
  post: {
    typeDefs: `
      enum Currency { EUR USD GBP }
      type Parcel @key(fields: "id") {
        id: ID!
        price(in: Currency!): Int @external
        size: Size @external
        weight: Int @external
        boxes: [Box!] @external
        euros: String @requires(fields: "price(in: EUR)")
        dollars: String @requires(fields: "price(in: USD)")
        volume: String @requires(fields: "size { height width } weight")
        packed: String @requires(fields: "boxes { weight ... on Crate { wood } ... on Bag { cloth } }")
      }
      type Size { height: Int @external width: Int @external }
      interface Box { weight: Int }
      type Crate implements Box { weight: Int @external wood: String @external }
      type Bag implements Box { weight: Int @external cloth: String @external }`,
    resolvers: {
      Parcel: {
        __resolveReference: (representation: Representation) => representation,
        euros: ({ price }: Representation) => `${String(price)} EUR`,
        dollars: ({ price }: Representation) => `${String(price)} USD`,
        volume: ({ size, weight }: Representation) => JSON.stringify([size, weight]),
        packed: ({ boxes }: Representation) => JSON.stringify(boxes),
      },
    },
  },
  customs: {
    typeDefs: `type Parcel @key(fields: "id") {
      id: ID! volume: String @external form: String @requires(fields: "volume")
    }`,
    resolvers: {
      Parcel: {
        __resolveReference: (representation: Representation) => representation,
        form: ({ volume }: Representation) => `form of ${String(volume)}`,
      },
    },
  },
};

describe.each(planners)('@requires, planned by $name', (planner) => {
  it('gives a field what others know of its entity, objects in it and nothing included', async () => {
    const { ask } = await planned(planner, parcels);

    expect(await ask('{ parcels { volume } }')).toEqual({
      parcels: [{ volume: '[{"height":2,"width":3},5]' }, { volume: '[null,null]' }],
    });
  });

  it('asks for fields of the types that an object may have', async () => {
    const { ask } = await planned(planner, parcels);
    const { parcel } = (await ask('{ parcel { packed } }')) as { parcel: { packed: string } };

    expect(JSON.parse(parcel.packed)).toMatchObject([
      { weight: 1, wood: 'oak' },
      { weight: 2, cloth: 'jute' },
    ]);
  });

  it('goes on from what was itself required', async () => {
    const { ask } = await planned(planner, parcels);

    expect(await ask('{ parcel { form } }')).toEqual({
      parcel: { form: 'form of [{"height":2,"width":3},5]' },
    });
  });

  it('requires a field with an argument', async () => {
    const { ask } = await planned(planner, parcels);

    expect(await ask('{ parcel { euros } }')).toEqual({ parcel: { euros: '10 EUR' } });
    expect(await ask('{ parcel { euros price(in: EUR) } }')).toEqual({
      parcel: { euros: '10 EUR', price: 10 },
    });
    expect(await ask('{ parcel { euros pounds: price(in: GBP) } }')).toEqual({
      parcel: { euros: '10 EUR', pounds: 8 },
    });
  });

  it('keeps apart what is asked and what is required with other arguments', async () => {
    const { ask } = await planned(planner, parcels);

    expect(await ask('{ parcel { price(in: GBP) euros } }')).toEqual({
      parcel: { price: 8, euros: '10 EUR' },
    });
    const variables = { in: 'GBP' };
    expect(
      await ask('query ($in: Currency!) { parcel { price(in: $in) dollars } }', variables),
    ).toEqual({ parcel: { price: 8, dollars: '12 USD' } });
  });

  // Apollo's planner takes the one for the other.
  const check = planner.name === 'apollo' ? it.failing : it;
  check('keeps apart what is required with different arguments', async () => {
    const { ask } = await planned(planner, parcels);

    expect(await ask('{ parcel { euros dollars } }')).toEqual({
      parcel: { euros: '10 EUR', dollars: '12 USD' },
    });
  });
});
