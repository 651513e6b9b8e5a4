import { Kind, parse, print, visit, type ExecutionResult } from 'graphql';

/**
 * A query by names that mean the same field wherever they stand. By names of clients, which may mean one field here and another
 * there, the oracle's planner mistakes one for another.
 */
export function byDistinctNames(query: string): string {
  const numbers = new Map<string, number>();
  const document = visit(parse(query), {
    Field(node) {
      if (node.name.value.startsWith('__')) return undefined;
      const responseName = (node.alias ?? node.name).value;
      const meaning = print({ ...node, alias: undefined, selectionSet: undefined, directives: [] });
      const number = numbers.get(meaning) ?? numbers.size;
      numbers.set(meaning, number);
      return { ...node, alias: { kind: Kind.NAME, value: `n${number}_${responseName}` } };
    },
  });
  return print(document);
}

/** The answer to it, by the names of the query. */
export function byOwnNames({ data, errors }: ExecutionResult): ExecutionResult {
  return {
    data: renamed(data) as ExecutionResult['data'],
    errors: errors?.map((error) => ({
      ...error,
      path: error.path?.map(ownName),
    })) as ExecutionResult['errors'],
  };
}

const ownName = <Step>(step: Step): Step | string =>
  typeof step === 'string' ? step.replace(/^n\d+_/, '') : step;

function renamed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(renamed);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [ownName(name), renamed(inner)]),
  );
}
