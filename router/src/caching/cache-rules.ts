import type { Directive } from '@apollo/federation-internals';
import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { readKey, type EntityKey } from './entity-key.ts';

/** What a supergraph says of what its answers hold: the keys of entities, and the tags that `@cacheTag` gives. */
export class CacheRules {
  readonly schema: GraphQLSchema;
  private readonly keys = new Map<string, readonly EntityKey[]>();
  /** By `subgraph Type` and `subgraph Type.field`. */
  private readonly tags = new Map<string, string[]>();
  private readonly subgraphs = new Map<string, string>();

  constructor({ federation }: Supergraph) {
    this.schema = federation.schema.toGraphQLJSSchema();
    const graphs = federation.subgraphNameToGraphEnumValue();
    for (const [name, graph] of graphs) this.subgraphs.set(graph, name);
    for (const type of federation.schema.allTypes()) {
      const keys = type.appliedDirectives.flatMap(keyOf);
      const distinct = new Map(keys.map((key) => [key.name, key]));
      if (distinct.size > 0) this.keys.set(type.name, [...distinct.values()]);
      this.addTags(type.name, type.appliedDirectives);
      if (!('fields' in type) || type.kind === 'InputObjectType') continue;
      for (const field of type.fields()) this.addTags(field.coordinate, field.appliedDirectives);
    }
  }

  get subgraphNames(): readonly string[] {
    return [...this.subgraphs.values()];
  }

  /** The keys of a type; none where it is no entity. */
  keysOf(type: string): readonly EntityKey[] {
    return this.keys.get(type) ?? [];
  }

  /** The formats of `@cacheTag` on a type, or on `Type.field`, in a subgraph. */
  formatsOf(subgraph: string, coordinate: string): readonly string[] {
    return this.tags.get(`${subgraph} ${coordinate}`) ?? [];
  }

  /** The formats of all types and fields. */
  get formats(): readonly string[] {
    return [...this.tags.values()].flat();
  }

  /** All types that objects of this type may be spoken of as: itself, what it may be, and what it is one of. */
  relatedTo(name: string): readonly string[] {
    const { schema } = this;
    const type = schema.getType(name);
    const related = new Set([name]);
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) related.add(possible.name);
    }
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const one of Object.values(schema.getTypeMap())) {
        if (isAbstractType(one) && schema.isSubType(one, type)) related.add(one.name);
      }
    }
    return [...related];
  }

  private addTags(coordinate: string, directives: readonly Directive[]): void {
    for (const directive of directives) {
      const { name, graphs, args } = directive.arguments() as {
        name?: string;
        graphs?: readonly string[];
        args?: { format?: unknown };
      };
      if (directive.name !== 'join__directive' || name !== 'federation__cacheTag') continue;
      if (typeof args?.format !== 'string') continue;
      for (const graph of graphs ?? []) {
        const key = `${this.subgraphs.get(graph) ?? graph} ${coordinate}`;
        this.tags.set(key, [...(this.tags.get(key) ?? []), args.format]);
      }
    }
  }
}

function keyOf(directive: Directive): EntityKey[] {
  const { key } = directive.arguments() as { key?: unknown };
  return directive.name === 'join__type' && typeof key === 'string' ? [readKey(key)] : [];
}
