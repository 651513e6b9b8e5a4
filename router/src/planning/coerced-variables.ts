import {
  getVariableValues,
  Kind,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { RequestError } from '../errors.ts';
import type { Variables } from '../execution/conditions.ts';

/** Variables as the schema reads them, with defaults. Throws a `RequestError` that names what is wrong with them. */
export type CoerceVariables = (variables: Variables, suggestions: boolean) => Variables;

/** A variable whose values most often are already what they are coerced to. */
interface PlainVariable {
  readonly name: string;
  readonly isNullable: boolean;
  /** Whether a value that is not null is taken as it is. */
  readonly takes: (value: unknown) => boolean;
}

/** Compiles how the variables of an operation are read. */
export function compileVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): CoerceVariables {
  const plain = variableDefinitions.map(plainVariable);
  const arePlain = plain.every((variable) => variable !== undefined);
  return (variables, suggestions) => {
    const unchanged = arePlain ? unchangedIn(variables, plain) : undefined;
    if (unchanged) return unchanged;
    const { coerced, errors } = getVariableValues(schema, variableDefinitions, variables, {
      maxErrors: 50,
      hideSuggestions: !suggestions,
    });
    if (coerced) return coerced;
    const extensions = { code: 'BAD_USER_INPUT' };
    throw new RequestError(
      errors?.map(({ message, locations }) => ({ message, locations, extensions })) ?? [],
      400,
    );
  };
}

/** The variables where nothing is to be changed or refused; undefined where that takes a closer look. */
function unchangedIn(variables: Variables, plain: readonly PlainVariable[]): Variables | undefined {
  const values: Record<string, unknown> = {};
  for (const { name, isNullable, takes } of plain) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined || value === null) {
      if (!isNullable) return undefined;
      if (value === null) values[name] = null;
    } else if (takes(value)) values[name] = value;
    else return undefined;
  }
  return values;
}

const isString = (value: unknown): boolean => typeof value === 'string';

/** Built-in scalars, by the values that they give back as they are. */
const TAKEN: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: isString,
  ID: isString,
  Boolean: (value) => typeof value === 'boolean',
};

function plainVariable({
  variable,
  type,
  defaultValue,
}: VariableDefinitionNode): PlainVariable | undefined {
  const isNullable = type.kind !== Kind.NON_NULL_TYPE;
  const named = isNullable ? type : type.type;
  const takes = named.kind === Kind.NAMED_TYPE ? TAKEN[named.name.value] : undefined;
  if (!takes || defaultValue) return undefined;
  return { name: variable.name.value, isNullable, takes };
}
