import { execute, GraphQLError, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { World } from './harbour.ts';

/**
 * The harbour's data by one server that needs no plans: what the specification says of a query. It has its own idea of
 * each field, so that subgraphs and plans are tested, too.
 */
export function harbourAsOne(schema: GraphQLSchema, world: () => World) {
  const telling =
    <T>(id: string, field: string, value: () => T) =>
    (): T => {
      if (!world().failing.has(`${id}.${field}`)) return value();
      throw new GraphQLError('Not today', { extensions: { code: 'NOT_TODAY' } });
    };

  function sailor(index: number | null): object | null {
    const told = index === null ? undefined : world().sailors[index];
    if (!told) return null;
    const { name, rank, boss } = told;
    const id = `s${index}`;
    return {
      __typename: 'Sailor',
      id,
      passport: `p${index}`,
      name,
      rank: telling(id, 'rank', () => rank),
      boss: telling(id, 'boss', () => sailor(boss)),
    };
  }

  function vessel(index: number | null): object | null {
    const told = index === null ? undefined : world().vessels[index];
    if (index === null || !told) return null;
    const id = `v${index}`;
    const { kind, name, length, stars, rival, crew } = told;
    return {
      __typename: kind,
      id,
      name,
      length,
      stars: telling(id, 'stars', () => stars),
      rival: () => vessel(rival),
      crew: () => crew?.map(sailor),
      captain: () => sailor(crew?.[0] ?? null),
      log: telling(id, 'log', () => (name === null ? null : [[name], null])),
      engine: telling(id, 'engine', () => ({
        power: ({ unit }: { unit: string }) => index * (unit === 'KW' ? 100 : 136),
      })),
      oars: length,
      fee: telling(id, 'fee', () => length),
      label: `${String(name)}/${String(length)}`,
      toll: length,
      berth: () =>
        kind === 'Ship' ? (id === 'v0' ? null : berth(index)) : berth(id === 'v3' ? null : index),
    };
  }

  const berth = (number: number | null) => ({
    number,
    neighbours: () => [
      world().vessels.flatMap(({ kind }, index) => (kind === 'Boat' ? [vessel(index)] : [])),
      [null],
    ],
  });

  const rootValue = {
    vessels: () => world().vessels.map((_, index) => vessel(index)),
    vessel: ({ vessel: id }: { vessel: string }) => vessel(Number(id.slice(1))),
    rows: () => world().rows.map((row) => row && row.map(vessel)),
    found: () => [vessel(0), null, sailor(0), vessel(1)],
    best: () => vessel(1),
    top: () => [vessel(2), vessel(0)],
    sailors: () => world().sailors.map((_, index) => sailor(index)),
  };

  return (query: string, variableValues: Record<string, unknown>): ExecutionResult =>
    execute({ schema, document: parse(query), rootValue, variableValues }) as ExecutionResult;
}
