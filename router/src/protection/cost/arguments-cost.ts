import {
  getNamedType,
  isInputObjectType,
  valueFromASTUntyped,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
} from 'graphql';
import type { CostRules } from './cost-rules.ts';
import type { Estimate } from './estimate.ts';

/** What the arguments of a field cost, each field of an input object that is given included. */
export function argumentsCost(
  rules: CostRules,
  parent: GraphQLNamedType,
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): Estimate {
  const given = node.arguments ?? [];
  if (!rules.weighsInput || given.length === 0) return 0;
  return (variables) => {
    let cost = 0;
    for (const { name, value } of given) {
      const argument = definition.args.find((one) => one.name === name.value);
      if (!argument) continue;
      const path = `${parent.name}.${definition.name}.${name.value}`;
      cost += inputCost(rules, path, argument.type, valueFromASTUntyped(value, variables));
    }
    return cost;
  };
}

function inputCost(rules: CostRules, path: string, type: GraphQLInputType, value: unknown): number {
  if (value === undefined) return 0;
  const named = getNamedType(type);
  const own = rules.ofInput(path, named);
  if (!isInputObjectType(named)) return own;
  let cost = own;
  for (const item of Array.isArray(value) ? value.flat(Infinity) : [value]) {
    if (typeof item !== 'object' || item === null) continue;
    for (const [name, inner] of Object.entries(item)) {
      const field = named.getFields()[name];
      if (field) cost += inputCost(rules, `${named.name}.${name}`, field.type, inner);
    }
  }
  return cost;
}
