import { isAbstractType, isInterfaceType, type GraphQLSchema } from 'graphql';

/** Answers whether an object of one type satisfies a type condition, in the supergraph's terms. */
export class Subtypes {
  private readonly namesUnder = new Map<string, Set<string>>();

  constructor(schema: GraphQLSchema) {
    for (const type of Object.values(schema.getTypeMap())) {
      const names = new Set([type.name]);
      if (isAbstractType(type)) {
        for (const possible of schema.getPossibleTypes(type)) names.add(possible.name);
      }
      if (isInterfaceType(type)) {
        for (const child of schema.getImplementations(type).interfaces) names.add(child.name);
      }
      this.namesUnder.set(type.name, names);
    }
  }

  /** Whether an object is of one of the types; one without a `__typename` is taken for what is asked. */
  fits(types: readonly string[], object: Readonly<Record<string, unknown>>): boolean {
    const typename = object['__typename'];
    return typename === undefined || types.some((type) => this.includes(type, typename));
  }

  includes(typeCondition: string, typename: unknown): boolean {
    return typeof typename === 'string' && !!this.namesUnder.get(typeCondition)?.has(typename);
  }
}
