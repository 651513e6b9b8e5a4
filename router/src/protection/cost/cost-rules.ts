import type { Directive, Schema } from '@apollo/federation-internals';
import {
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** What `@listSize` says of the length of a list. */
export interface ListSize {
  readonly assumedSize: number | undefined;
  /** The arguments that ask for a length. */
  readonly slicingArguments: readonly string[];
  /** The fields of the value that are the list, when the value is not the list itself. */
  readonly sizedFields: ReadonlySet<string>;
  readonly requireOneSlicingArgument: boolean;
}

const COST_SPECIFICATION = 'https://specs.apollo.dev/cost';

/**
 * What things cost, from `@cost` and `@listSize` of the supergraph, after the cost specification of IBM as Apollo
 * reads it. Elements are named `Type`, `Type.field` and `Type.field.argument`.
 */
export class CostRules {
  private readonly weights = new Map<string, number>();
  private readonly lists = new Map<string, ListSize>();
  private inputWeights = 0;

  private constructor(private readonly apiSchema: GraphQLSchema) {}

  static read(supergraph: Schema, apiSchema: GraphQLSchema): CostRules {
    const rules = new CostRules(apiSchema);
    const feature = supergraph.coreFeatures?.getByIdentity(COST_SPECIFICATION);
    if (feature) {
      const cost = feature.directiveNameInSchema('cost');
      const listSize = feature.directiveNameInSchema('listSize');
      rules.fill(supergraph, cost, listSize);
    }
    return rules;
  }

  /** Whether any argument or input field has a weight of its own. */
  get weighsInput(): boolean {
    return this.inputWeights > 0;
  }

  /** The weight of one value of a field: its own, or that of its type. */
  ofField(parent: GraphQLCompositeType, fieldName: string, type: GraphQLNamedType): number {
    const own = this.heaviest(parent, fieldName);
    return own ?? this.ofType(type) ?? (isCompositeType(type) ? 1 : 0);
  }

  /** The weight of an argument or input field; nothing unless it or its type says so. */
  ofInput(path: string, type: GraphQLNamedType): number {
    return this.weights.get(path) ?? this.weights.get(type.name) ?? 0;
  }

  /** How long the list is that a field gives or holds. */
  listSize(parent: GraphQLCompositeType, fieldName: string): ListSize | undefined {
    for (const type of [parent, ...this.possibleTypes(parent)]) {
      const size = this.lists.get(`${type.name}.${fieldName}`);
      if (size) return size;
    }
    return undefined;
  }

  /** The weight of a type; of an abstract one, the greatest of its objects. */
  private ofType(type: GraphQLNamedType): number | undefined {
    const own = this.weights.get(type.name);
    if (own !== undefined || !isAbstractType(type)) return own;
    return greatest(this.possibleTypes(type).map((object) => this.weights.get(object.name) ?? 1));
  }

  /** On an interface a field may cost what it costs on any of the objects. */
  private heaviest(parent: GraphQLCompositeType, fieldName: string): number | undefined {
    const own = this.weights.get(`${parent.name}.${fieldName}`);
    if (own !== undefined || !isInterfaceType(parent)) return own;
    return greatest(
      this.possibleTypes(parent).flatMap(
        ({ name }) => this.weights.get(`${name}.${fieldName}`) ?? [],
      ),
    );
  }

  private possibleTypes(type: GraphQLNamedType): readonly GraphQLNamedType[] {
    return isAbstractType(type) ? this.apiSchema.getPossibleTypes(type) : [];
  }

  private fill(supergraph: Schema, cost: string, listSize: string): void {
    const read = (path: string, { appliedDirectives }: Weighable, isInput = false): void => {
      for (const directive of appliedDirectives) {
        if (directive.name === cost) {
          this.weights.set(path, Number(directive.arguments()['weight']));
          if (isInput) this.inputWeights += 1;
        } else if (directive.name === listSize) {
          this.lists.set(path, readListSize(directive));
        }
      }
    };
    for (const type of supergraph.types()) {
      read(type.name, type);
      if (type.kind === 'InputObjectType') {
        for (const field of type.fields()) read(`${type.name}.${field.name}`, field, true);
      }
      if (type.kind !== 'ObjectType' && type.kind !== 'InterfaceType') continue;
      for (const field of type.fields()) {
        read(`${type.name}.${field.name}`, field);
        for (const argument of field.arguments()) {
          read(`${type.name}.${field.name}.${argument.name}`, argument, true);
        }
      }
    }
  }
}

type Weighable = { readonly appliedDirectives: readonly Directive[] };

function readListSize(directive: Directive): ListSize {
  const given = directive.arguments() as {
    assumedSize?: number | null;
    slicingArguments?: readonly string[] | null;
    sizedFields?: readonly string[] | null;
    requireOneSlicingArgument?: boolean | null;
  };
  return {
    assumedSize: given.assumedSize ?? undefined,
    slicingArguments: given.slicingArguments ?? [],
    sizedFields: new Set(given.sizedFields ?? []),
    requireOneSlicingArgument: given.requireOneSlicingArgument ?? true,
  };
}

const greatest = (weights: readonly number[]): number | undefined =>
  weights.length > 0 ? Math.max(...weights) : undefined;
