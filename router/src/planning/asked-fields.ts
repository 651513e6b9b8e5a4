import {
  getNamedType,
  getOperationAST,
  isAbstractType,
  isObjectType,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import {
  collectFields,
  fragmentsOf,
  type CollectedField,
  type Collecting,
} from '../execution/collect-fields.ts';
import type { PlanPath, PlanStep } from './plan.ts';
import type { Subtypes } from '../supergraph/subtypes.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** What is selected of objects, by their type. */
type SelectedOf = Map<GraphQLObjectType, SelectionSetNode[]>;

/** The fields that an operation asks for of the objects at one place of its answer, by their type. */
export class AskedFields {
  private readonly schema: GraphQLSchema;
  private readonly subtypes: Subtypes;
  private readonly fragments: Collecting['fragments'];
  private readonly root: SelectedOf;

  constructor(
    { fullSchema, subtypes }: Pick<Supergraph, 'fullSchema' | 'subtypes'>,
    document: DocumentNode,
    operationName: string | undefined,
  ) {
    this.schema = fullSchema;
    this.subtypes = subtypes;
    this.fragments = fragmentsOf(document);
    const operation = getOperationAST(document, operationName);
    const type = operation && this.schema.getRootType(operation.operation);
    const set = operation?.selectionSet;
    this.root = new Map(type && set ? [[type, [set]]] : []);
  }

  /** The names of the fields, whatever the answer calls them. */
  at(path: PlanPath): Map<string, Set<string>> {
    let place = this.root;
    for (const step of path) place = this.beneath(place, step);
    return new Map(
      [...place].map(([type, selected]) => {
        const fields = this.fieldsOf(type, selected);
        return [type.name, new Set(fields.map(({ node }) => node.name.value))];
      }),
    );
  }

  private beneath(place: SelectedOf, step: PlanStep): SelectedOf {
    if (step === '@') return place;
    const next: SelectedOf = new Map();
    for (const [type, selected] of place) {
      if (typeof step !== 'string') {
        const fits = step.types.some((one) => this.subtypes.includes(one, type.name));
        if (fits) next.set(type, selected);
        continue;
      }
      for (const { responseName, node, children } of this.fieldsOf(type, selected)) {
        const field = type.getFields()[node.name.value];
        if (responseName !== step || !field) continue;
        for (const one of this.objectsOf(field.type)) {
          next.set(one, [...(next.get(one) ?? []), ...children]);
        }
      }
    }
    return next;
  }

  private fieldsOf(
    type: GraphQLObjectType,
    selected: readonly SelectionSetNode[],
  ): CollectedField[] {
    return collectFields({ schema: this.schema, fragments: this.fragments }, type, selected);
  }

  private objectsOf(type: GraphQLOutputType): readonly GraphQLObjectType[] {
    const named = getNamedType(type);
    if (isAbstractType(named)) return this.schema.getPossibleTypes(named);
    return isObjectType(named) ? [named] : [];
  }
}
