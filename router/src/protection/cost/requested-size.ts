import {
  Kind,
  valueFromASTUntyped,
  type ArgumentNode,
  type FieldNode,
  type GraphQLField,
} from 'graphql';
import { RequestError } from '../../errors.ts';
import type { Variables } from '../../execution/conditions.ts';
import type { ListSize } from './cost-rules.ts';
import type { Estimate } from './estimate.ts';

type Field = GraphQLField<unknown, unknown>;

/**
 * The length that a field's arguments ask for: the greatest of them, or else the assumed one, or else `otherwise`.
 * Throws a `RequestError`, now or once the variables are known, when exactly one argument has to be given and is not.
 */
export function requestedSize(
  list: ListSize,
  fieldName: string,
  definition: Field,
  node: FieldNode,
  otherwise: number,
): Estimate {
  const { slicingArguments, assumedSize = otherwise, requireOneSlicingArgument } = list;
  if (slicingArguments.length === 0) return assumedSize;
  const read = (variables: Variables): number => {
    const sizes = slicingArguments
      .map((name) => valueOfArgument(name, definition, node, variables))
      .filter((value) => typeof value === 'number');
    if (requireOneSlicingArgument && sizes.length !== 1) throw notOne(fieldName, slicingArguments);
    return sizes.length > 0 ? Math.max(0, ...sizes) : assumedSize;
  };
  const isOpen = slicingArguments.some(
    (name) => argumentNamed(name, node)?.value.kind === Kind.VARIABLE,
  );
  return isOpen ? read : read({});
}

/** What an argument is given, its default included. */
function valueOfArgument(
  name: string,
  definition: Field,
  node: FieldNode,
  variables: Variables,
): unknown {
  const given = argumentNamed(name, node)?.value;
  const value: unknown = given && valueFromASTUntyped(given, variables);
  if (value !== undefined) return value;
  return definition.args.find((argument) => argument.name === name)?.defaultValue;
}

const argumentNamed = (name: string, node: FieldNode): ArgumentNode | undefined =>
  node.arguments?.find((argument) => argument.name.value === name);

function notOne(fieldName: string, names: readonly string[]): RequestError {
  const which = names.length === 1 ? 'the argument' : 'exactly one of the arguments';
  const message = `The list ${fieldName} has to be given ${which} ${names.join(', ')}`;
  return RequestError.of('BAD_USER_INPUT', message);
}
