import fc from 'fast-check';
import { GraphQLError } from 'graphql';
import type { SubgraphDefinitions } from './subgraphs.ts';

/**
 * Four subgraphs over generated data: an interface whose fields are spread by `@interfaceObject`, `@requires`,
 * two keys, `@override`, `@provides`, unions of entities, lists in lists, nulls and errors at random places. The interface
 * object requires nothing, since Apollo's planner would forget its key; and no vessel is null where its type is asked for,
 * since the oracle makes an object without a type of it.
 */
export interface World {
  readonly vessels: readonly Vessel[];
  readonly sailors: readonly Sailor[];
  readonly rows: readonly (readonly (number | null)[] | null)[];
  /** Fields that fail with a code, such as `v0.stars`. */
  readonly failing: ReadonlySet<string>;
}

interface Vessel {
  readonly kind: 'Ship' | 'Boat';
  readonly name: string | null;
  readonly length: number | null;
  readonly stars: number | null;
  readonly rival: number | null;
  readonly crew: readonly number[] | null;
}

interface Sailor {
  readonly name: string;
  readonly passport: string;
  readonly rank: string | null;
  readonly boss: number | null;
}

interface Reference {
  readonly id?: string;
  readonly passport?: string;
  readonly length?: number | null;
  readonly name?: string | null;
}

const VESSELS = 4;
const SAILORS = 3;
const FAILING = ['v0.stars', 'v1.stars', 'v2.engine', 'v1.fee', 's0.rank', 's1.boss', 'v3.log'];

const vessel = fc.integer({ min: 0, max: VESSELS - 1 });
const sailor = fc.integer({ min: 0, max: SAILORS - 1 });
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(value, { freq: 4, nil: null });

export const worlds: fc.Arbitrary<World> = fc.record({
  vessels: fc.array(
    fc.record({
      kind: fc.constantFrom('Ship' as const, 'Boat' as const),
      name: orNull(fc.string()),
      length: orNull(fc.integer({ min: 1, max: 400 })),
      stars: orNull(fc.integer({ min: 1, max: 5 })),
      rival: orNull(vessel),
      crew: orNull(fc.array(sailor, { maxLength: 3 })),
    }),
    { minLength: VESSELS, maxLength: VESSELS },
  ),
  sailors: fc.array(
    fc.record({
      name: fc.string(),
      passport: fc.constant(''),
      rank: orNull(fc.constantFrom('MATE', 'CAPTAIN')),
      boss: orNull(sailor),
    }),
    { minLength: SAILORS, maxLength: SAILORS },
  ),
  rows: fc.array(orNull(fc.array(orNull(vessel), { maxLength: 3 })), { maxLength: 3 }),
  failing: fc.subarray(FAILING, { maxLength: 2 }).map((names) => new Set(names)),
});

/** The subgraphs over whatever the world is when they are asked. */
export function harbour(world: () => World): SubgraphDefinitions {
  const indexOf = (id: string): number => Number(id.slice(1));
  const known = (id: string) => {
    const { kind, ...rest } = world().vessels[indexOf(id)]!;
    return { __typename: kind, id, ...rest };
  };
  const at = (index: number | null) => (index === null ? null : known(`v${index}`));
  const person = (index: number | null) =>
    index === null ? null : { ...world().sailors[index]!, id: `s${index}`, passport: `p${index}` };
  const byKey = ({ id, passport }: Reference) => person(indexOf((id ?? passport)!));
  const telling =
    <T extends { id: string }, R>(field: string, value: (object: T) => R) =>
    (object: T): R => {
      if (!world().failing.has(`${object.id}.${field}`)) return value(object);
      throw new GraphQLError('Not today', { extensions: { code: 'NOT_TODAY' } });
    };
  const vesselFields = {
    __resolveReference: ({ id }: Reference) => known(id!),
    crew: ({ crew }: Vessel) => crew?.map(person),
    captain: ({ crew }: Vessel) => person(crew?.[0] ?? null),
    log: telling('log', ({ name }: Vessel & { id: string }) =>
      name === null ? null : [[name], null],
    ),
  };

  return {
    fleet: {
      typeDefs: `
        type Query { vessels: [Vessel!]! vessel(vessel: ID!): Vessel rows: [[Vessel]] found: [Found] }
        union Found = Ship | Boat | Sailor
        interface Named { name: String }
        interface Vessel implements Named @key(fields: "id") {
          id: ID! name: String length: Int crew: [Sailor!] captain: Sailor log: [[String!]]
        }
        type Ship implements Vessel & Named @key(fields: "id") {
          id: ID! name: String length: Int crew: [Sailor!] captain: Sailor @provides(fields: "name") log: [[String!]]
          engine: Engine
        }
        type Boat implements Vessel & Named @key(fields: "id") {
          id: ID! name: String length: Int crew: [Sailor!] captain: Sailor log: [[String!]] oars: Int
        }
        type Engine @shareable { power(unit: Unit = KW): Int }
        enum Unit { KW HP }
        type Sailor @key(fields: "id") @key(fields: "passport") {
          id: ID! passport: String! name: String! @external rank: String
        }`,
      resolvers: {
        Query: {
          vessels: () => world().vessels.map((_, index) => at(index)),
          vessel: (_: unknown, args: { vessel: string }) => known(args.vessel),
          rows: () => world().rows.map((row) => row && row.map(at)),
          found: () => [at(0), null, { __typename: 'Sailor', ...person(0) }, at(1)],
        },
        Vessel: vesselFields,
        Ship: { ...vesselFields, engine: telling('engine', ({ id }: { id: string }) => ({ id })) },
        Boat: { ...vesselFields, oars: ({ length }: Vessel) => length },
        Engine: {
          power: ({ id }: { id: string }, { unit }: { unit: string }) =>
            indexOf(id) * (unit === 'KW' ? 100 : 136),
        },
        Sailor: { __resolveReference: byKey, rank: () => 'from the wrong subgraph' },
      },
    },
    ratings: {
      typeDefs: `
        type Query { best: Vessel top: [Vessel!] }
        type Vessel @key(fields: "id") @interfaceObject { id: ID! stars: Int rival: Vessel }`,
      resolvers: {
        Query: { best: () => ({ id: 'v1' }), top: () => [{ id: 'v2' }, { id: 'v0' }] },
        Vessel: {
          __resolveReference: (reference: Reference) => reference,
          stars: telling('stars', ({ id }: { id: string }) => world().vessels[indexOf(id)]!.stars),
          rival: ({ id }: { id: string }) => {
            const { rival } = world().vessels[indexOf(id)]!;
            return rival === null ? null : { id: `v${rival}` };
          },
        },
      },
    },
    crews: {
      typeDefs: `
        type Query { sailors: [Sailor!]! }
        type Sailor @key(fields: "passport") {
          passport: String! name: String! @shareable rank: String @override(from: "fleet") boss: Sailor
        }`,
      resolvers: {
        Query: { sailors: () => world().sailors.map((_, index) => person(index)) },
        Sailor: {
          __resolveReference: byKey,
          rank: telling('rank', ({ rank }: Sailor & { id: string }) => rank),
          boss: telling('boss', ({ boss }: Sailor & { id: string }) => person(boss)),
        },
      },
    },
    docks: {
      typeDefs: `
        type Ship @key(fields: "id") {
          id: ID! length: Int @external fee: Int @requires(fields: "length") berth: Berth
        }
        type Boat @key(fields: "id") {
          id: ID! length: Int @external name: String @external
          label: String! @requires(fields: "name length") toll: Int! @requires(fields: "length") berth: Berth
        }
        type Berth { number: Int! neighbours: [[Boat]!] }`,
      resolvers: {
        Ship: {
          __resolveReference: (reference: Reference) => reference,
          fee: telling('fee', ({ length }: Reference & { id: string }) => length),
          berth: ({ id }: { id: string }) => (id === 'v0' ? null : { number: indexOf(id) }),
        },
        Boat: {
          __resolveReference: (reference: Reference) => reference,
          label: ({ name, length }: Reference) => `${String(name)}/${String(length)}`,
          toll: ({ length }: Reference) => length,
          berth: ({ id }: { id: string }) => ({ number: id === 'v3' ? null : indexOf(id) }),
        },
        Berth: {
          neighbours: () => [
            world().vessels.flatMap(({ kind }, index) =>
              kind === 'Boat' ? [{ id: `v${index}` }] : [],
            ),
            [null],
          ],
        },
      },
    },
  };
}
