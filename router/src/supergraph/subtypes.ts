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

  includes(typeCondition: string, typename: unknown): boolean {
    return typeof typename === 'string' && !!this.namesUnder.get(typeCondition)?.has(typename);
  }
}
