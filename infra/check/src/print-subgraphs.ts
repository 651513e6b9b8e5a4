import type { SubgraphDefinition } from '@crema/kit';
import { createTestSubgraph } from '@crema/kit/testing';
import {
  isTypeDefinitionNode,
  Kind,
  parse,
  print,
  visit,
  type ASTNode,
  type FieldDefinitionNode,
  type TypeDefinitionNode,
} from 'graphql';

/** A subgraph's SDL as its code has it, descriptions and federation directives included. */
export async function printSubgraph(name: string): Promise<string> {
  const subgraph = await createTestSubgraph(await definitionOf(name));
  try {
    const { data, errors } = await subgraph.ask(null, '{ _service { sdl } }');
    if (!data) throw new Error(errors?.map(({ message }) => message).join('\n'));
    return tidied((data['_service'] as { sdl: string }).sdl);
  } finally {
    await subgraph.close();
  }
}

/** A subgraph's package exports its definition by the subgraph's name. */
async function definitionOf(name: string): Promise<SubgraphDefinition> {
  const exported = (await import(`@crema/${name}`)) as Record<string, SubgraphDefinition>;
  const definition = exported[name];
  if (!definition) throw new Error(`@crema/${name} exports no ${name}`);
  return definition;
}

/** What a subgraph adds to every schema by itself, as federation tells it to. */
const FEDERATION = /^(_|link__|federation__)/;

/** The printed schema in graphql-js's own style: what came from the code in the code's order, and no more. */
function tidied(sdl: string): string {
  const ours = visit(parse(sdl), {
    enter(node) {
      const added =
        node.kind === Kind.DIRECTIVE_DEFINITION ||
        node.kind === Kind.SCHEMA_DEFINITION ||
        (isDefinition(node) && FEDERATION.test(node.name.value));
      return added ? null : undefined;
    },
  });
  return print(ours) + '\n';
}

const isDefinition = (node: ASTNode): node is TypeDefinitionNode | FieldDefinitionNode =>
  isTypeDefinitionNode(node) || node.kind === Kind.FIELD_DEFINITION;
