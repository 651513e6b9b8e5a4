import { Kind, visit, type DocumentNode, type ObjectTypeDefinitionNode } from 'graphql';

/**
 * An entity is described by the subgraph that has most of its fields; what the others say about it is for their
 * own readers. Composition by itself takes what most of them say, which may be "known here by its id alone".
 */
export function ownerDescriptions(documents: readonly DocumentNode[]): readonly DocumentNode[] {
  const owners = new Map<string, ObjectTypeDefinitionNode>();
  for (const type of documents.flatMap(entitiesOf)) {
    const owner = owners.get(type.name.value);
    if (!owner || fieldsOf(type).size > fieldsOf(owner).size) owners.set(type.name.value, type);
  }
  return documents.map((document) =>
    visit(document, {
      ObjectTypeDefinition(type) {
        const owner = owners.get(type.name.value);
        return owner && owner !== type ? withoutDescriptions(type, fieldsOf(owner)) : undefined;
      },
    }),
  );
}

const entitiesOf = ({ definitions }: DocumentNode): readonly ObjectTypeDefinitionNode[] =>
  definitions
    .filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
    .filter(({ directives }) => directives?.some(({ name }) => name.value === 'key'));

const fieldsOf = ({ fields }: ObjectTypeDefinitionNode): ReadonlySet<string> =>
  new Set(fields?.map(({ name }) => name.value));

const withoutDescriptions = (
  type: ObjectTypeDefinitionNode,
  known: ReadonlySet<string>,
): ObjectTypeDefinitionNode => ({
  ...type,
  description: undefined,
  fields: type.fields?.map((field) =>
    known.has(field.name.value) ? { ...field, description: undefined } : field,
  ),
});
