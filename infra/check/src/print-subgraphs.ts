import type { SubgraphDefinition } from '@crema/kit';
import { createTestSubgraph } from '@crema/kit/testing';
import { Kind, parse, print } from 'graphql';

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

/** The printed schema in graphql-js's own style: what came from the code in the code's order. */
function tidied(sdl: string): string {
  const { definitions } = parse(sdl);
  const ours = definitions.filter(({ kind }) => kind !== Kind.DIRECTIVE_DEFINITION);
  return print({ kind: Kind.DOCUMENT, definitions: ours }) + '\n';
}
