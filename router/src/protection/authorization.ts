import {
  getNamedType,
  getOperationRootType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { Requirement } from './requirement.ts';

/** What is withheld from one kind of caller: every field or type whose requirement is listed. */
export type Withheld = ReadonlySet<Requirement>;

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Everything that an operation may ask a caller for, each requirement once. */
export function requirementsOf(supergraph: Supergraph, document: DocumentNode): Requirement[] {
  const { apiSchema, rules } = supergraph;
  if (!rules.any) return [];
  const found = new Set<Requirement>();
  const typeInfo = new TypeInfo(apiSchema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        for (const type of objectTypesOf(apiSchema, typeInfo.getParentType())) {
          const ofField = rules.ofField(type.name, node.name.value);
          const ofType = rules.ofType(type.name);
          if (ofField) found.add(ofField);
          if (ofType) found.add(ofType);
        }
      },
    }),
  );
  return [...found];
}

/**
 * The operation without the fields that are withheld, so that nothing of them is planned or
 * fetched. On an interface a field stays for those object types that do not withhold it.
 */
export function withoutWithheld(
  supergraph: Supergraph,
  document: DocumentNode,
  withheld: Withheld,
): DocumentNode {
  if (withheld.size === 0) return document;
  const removal = new Removal(supergraph, withheld);
  return {
    ...document,
    definitions: document.definitions.map((definition) => {
      if (definition.kind === Kind.OPERATION_DEFINITION) return removal.operation(definition);
      if (definition.kind === Kind.FRAGMENT_DEFINITION) return removal.fragment(definition);
      return definition;
    }),
  };
}

class Removal {
  private readonly schema: GraphQLSchema;

  constructor(
    private readonly supergraph: Supergraph,
    private readonly withheld: Withheld,
  ) {
    this.schema = supergraph.apiSchema;
  }

  operation(node: OperationDefinitionNode): OperationDefinitionNode {
    const root = getOperationRootType(this.schema, node);
    return { ...node, selectionSet: this.selectionSet(node.selectionSet, root) };
  }

  fragment(node: FragmentDefinitionNode): FragmentDefinitionNode {
    const type = this.schema.getType(node.typeCondition.name.value);
    return { ...node, selectionSet: this.selectionSet(node.selectionSet, type) };
  }

  private selectionSet(
    set: SelectionSetNode,
    parent: GraphQLNamedType | undefined,
  ): SelectionSetNode {
    if (!isCompositeType(parent)) return set;
    const selections = set.selections.flatMap((selection) => this.selection(selection, parent));
    // A selection set cannot be empty, and whether the object is there still has to be known.
    return { ...set, selections: selections.length > 0 ? selections : [TYPENAME] };
  }

  private selection(node: SelectionNode, parent: GraphQLCompositeType): SelectionNode[] {
    if (node.kind === Kind.FRAGMENT_SPREAD) return [node];
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const type = node.typeCondition ? this.schema.getType(node.typeCondition.name.value) : parent;
      return [{ ...node, selectionSet: this.selectionSet(node.selectionSet, type) }];
    }
    return this.field(node, parent);
  }

  private field(node: FieldNode, parent: GraphQLCompositeType): SelectionNode[] {
    if (node.name.value.startsWith('__')) return [node];
    const all = objectTypesOf(this.schema, parent);
    const open = all.filter((type) => !this.withholds(type, node.name.value));
    if (open.length === 0) return [];
    const kept = this.withSelections(node, parent);
    return open.length === all.length ? [kept] : open.map((type) => onlyOn(type, kept));
  }

  private withSelections(node: FieldNode, parent: GraphQLCompositeType): FieldNode {
    if (!node.selectionSet) return node;
    const field =
      isObjectType(parent) || isInterfaceType(parent)
        ? parent.getFields()[node.name.value]
        : undefined;
    const type = field && getNamedType(field.type);
    return { ...node, selectionSet: this.selectionSet(node.selectionSet, type) };
  }

  private withholds(type: GraphQLObjectType, fieldName: string): boolean {
    const requirement = this.supergraph.rules.ofField(type.name, fieldName);
    return !!requirement && this.withheld.has(requirement);
  }
}

function objectTypesOf(
  schema: GraphQLSchema,
  type: GraphQLCompositeType | null | undefined,
): readonly GraphQLObjectType[] {
  if (!type) return [];
  return isObjectType(type) ? [type] : schema.getPossibleTypes(type);
}

function onlyOn(type: GraphQLObjectType, field: FieldNode): InlineFragmentNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
}
