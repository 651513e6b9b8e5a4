import fc from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isInterfaceType,
  parse,
  validate,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from 'graphql';

const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  id: ['"b1"', '"b2"', '"f1"', '"f2"', '"a1"', '"a2"', '"zz"'],
  isbn: ['"111"', '"222"', '"zz"'],
  first: ['0', '1', '3'],
  text: ['"x"', 'null'],
  vessel: ['"v0"', '"v1"', '"v3"'],
  unit: ['KW', 'HP'],
  calendar: ['"J"', '"G"'],
};

const MAX_DEPTH = 5;

/** Random valid queries over a schema, with aliases, fragments and conditions on `$a` and `$b`. */
export function operations(schema: GraphQLSchema): fc.Arbitrary<string> {
  const query = schema.getQueryType();
  if (!query) throw new Error('The schema has no queries');
  return selectionSet(schema, query, 0)
    .map((selections) => `query ($a: Boolean!, $b: Boolean = true) ${selections}`)
    .map((text) =>
      text.includes('$a') ? text : text.replace('{', '{ __typename @include(if: $a) '),
    )
    .map((text) => (text.includes('$b)') ? text : text.replace('{', '{ __typename @skip(if: $b) ')))
    .filter((text) => validate(schema, parse(text)).length === 0);
}

function selectionSet(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  depth: number,
): fc.Arbitrary<string> {
  const choices: fc.Arbitrary<string>[] = [fc.constant('__typename')];
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (one) => depth < MAX_DEPTH || !isCompositeType(getNamedType(one.type)),
    );
    const picked = fields.map((one) => field(schema, one, depth));
    if (picked.length > 0) choices.push(fc.oneof(...picked), fc.oneof(...picked));
  }
  if (depth < MAX_DEPTH) {
    const conditions = isAbstractType(type) ? [...schema.getPossibleTypes(type), type] : [type];
    choices.push(
      fc
        .constantFrom(...conditions)
        .chain((condition) =>
          fc
            .tuple(selectionSet(schema, condition, depth + 1), directive)
            .map(([selections, when]) => `... on ${condition.name}${when} ${selections}`),
        ),
    );
  }
  return fc
    .array(fc.oneof(...choices), { minLength: 1, maxLength: depth < 2 ? 5 : 3 })
    .map((selections) => `{ ${selections.join(' ')} }`);
}

const directive = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom(' @include(if: $a)', ' @skip(if: $a)') },
  { weight: 1, arbitrary: fc.constantFrom(' @include(if: $b)', ' @skip(if: $b)') },
);

/** The names of all fields: as aliases, they may stand where others are looked for. */
function namesOf(schema: GraphQLSchema): string[] {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  return types.flatMap((type) => (isObjectType(type) ? Object.keys(type.getFields()) : []));
}

function field(
  schema: GraphQLSchema,
  definition: GraphQLField<unknown, unknown>,
  depth: number,
): fc.Arbitrary<string> {
  const type = getNamedType(definition.type);
  const args = definition.args.map((argument) =>
    fc
      .constantFrom(...(ARGUMENTS[argument.name] ?? ['null']))
      .map((value) => `${argument.name}: ${value}`),
  );
  const selections = isCompositeType(type)
    ? selectionSet(schema, type, depth + 1)
    : fc.constant('');
  const alias = fc.oneof(
    { weight: 4, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('x: ', 'y: ', `${definition.name}2: `) },
    { weight: 1, arbitrary: fc.constantFrom(...namesOf(schema)).map((name) => `${name}: `) },
  );
  return fc
    .tuple(alias, fc.tuple(...args), directive, selections)
    .map(([name, values, when, inner]) => {
      const call = values.length > 0 ? `(${values.join(', ')})` : '';
      return `${name}${definition.name}${call}${when} ${inner}`;
    });
}
