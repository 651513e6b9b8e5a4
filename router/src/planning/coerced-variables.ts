import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { RequestError } from '../errors.ts';
import type { Variables } from '../execution/conditions.ts';

/** Variables as the schema reads them, with defaults. Throws a `RequestError` that names what is wrong with them. */
export function coercedVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
  suggestions: boolean,
): Variables {
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
}
