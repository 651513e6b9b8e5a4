import type { Directive, Schema } from '@apollo/federation-internals';
import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import {
  AUTHENTICATED,
  both,
  implies,
  policyCredential,
  scopeCredential,
  type Requirement,
} from './requirement.ts';

type Read = (element: Guardable) => Requirement | undefined;
type Guardable = { appliedDirectives: readonly Directive[] };

/**
 * Who may see which field of which object type, from `@authenticated`, `@requiresScopes` and
 * `@policy` of the supergraph. Rules are kept by object type alone, so that a field asks for the
 * same rights on every way to it: directly, through an interface or in a fragment.
 */
export class AccessRules {
  private readonly fields = new Map<string, Requirement>();
  private readonly types = new Map<string, Requirement>();

  /** Reads the rules of a supergraph; `apiSchema` says which types and fields clients can ask for. */
  static read(supergraph: Schema, apiSchema: GraphQLSchema): AccessRules {
    const rules = new AccessRules();
    const requirementOf = directiveReader(supergraph);
    if (requirementOf) rules.fill(supergraph, apiSchema, requirementOf);
    return rules;
  }

  /** False for a supergraph without any rule. */
  get any(): boolean {
    return this.fields.size > 0;
  }

  /** What it takes to see a field of an object type, the type itself included. */
  ofField(typeName: string, fieldName: string): Requirement | undefined {
    return this.fields.get(typeName + '.' + fieldName);
  }

  /** What it takes to see that an object of this type is there. */
  ofType(typeName: string): Requirement | undefined {
    return this.types.get(typeName);
  }

  private fill(supergraph: Schema, apiSchema: GraphQLSchema, requirementOf: Read): void {
    const onType = (name: string): Requirement | undefined => {
      const type = supergraph.type(name);
      return type && requirementOf(type);
    };
    const onField = (typeName: string, fieldName: string): Requirement | undefined => {
      const type = supergraph.type(typeName);
      if (type?.kind !== 'ObjectType' && type?.kind !== 'InterfaceType') return undefined;
      const field = type.field(fieldName);
      return field && requirementOf(field);
    };

    const composites = Object.values(apiSchema.getTypeMap());
    const objects = composites.filter(isObjectType).filter((type) => !type.name.startsWith('__'));
    const interfaces = composites.filter(isInterfaceType);
    for (const type of objects) {
      set(this.types, type.name, onType(type.name));
      for (const field of Object.keys(type.getFields())) {
        set(this.fields, type.name + '.' + field, onField(type.name, field));
      }
    }
    const interfaceTypes = new Map<string, Requirement>();
    for (const type of interfaces) {
      this.inherit(apiSchema, type, onType(type.name), onField, interfaceTypes);
    }
    for (const type of objects)
      this.spread(type, (name) => interfaceTypes.get(name) ?? onLeaf(name));

    function onLeaf(name: string): Requirement | undefined {
      return supergraph.type(name)?.kind === 'InterfaceType' ? undefined : onType(name);
    }
  }

  /**
   * Composition gives an interface the sum of what its object types ask for. Such a rule says
   * nothing new and would refuse the open objects among them; one that was written on the
   * interface by hand says something new and holds for all of its objects.
   */
  private inherit(
    schema: GraphQLSchema,
    type: GraphQLInterfaceType,
    own: Requirement | undefined,
    onField: (typeName: string, fieldName: string) => Requirement | undefined,
    interfaceTypes: Map<string, Requirement>,
  ): void {
    const objects = schema.getPossibleTypes(type).map((object) => object.name);
    const ownSum = objects.map((name) => this.types.get(name)).reduce(both, undefined);
    if (own && !implies(ownSum, own)) {
      interfaceTypes.set(type.name, own);
      for (const name of objects) set(this.types, name, both(this.types.get(name), own));
    }
    for (const field of Object.keys(type.getFields())) {
      const rule = onField(type.name, field);
      if (!rule) continue;
      const keys = objects.map((name) => name + '.' + field);
      const sum = keys.map((key) => this.fields.get(key)).reduce(both, ownSum);
      if (implies(sum, rule)) continue;
      for (const key of keys) set(this.fields, key, both(this.fields.get(key), rule));
    }
  }

  /** Adds to each field what its own type and the type of its value ask for. */
  private spread(
    type: GraphQLObjectType,
    ofValue: (typeName: string) => Requirement | undefined,
  ): void {
    for (const [name, field] of Object.entries(type.getFields())) {
      const key = type.name + '.' + name;
      const around = both(this.types.get(type.name), ofValue(getNamedType(field.type).name));
      set(this.fields, key, both(this.fields.get(key), around));
    }
  }
}

function set(map: Map<string, Requirement>, key: string, value: Requirement | undefined): void {
  if (value) map.set(key, value);
}

/** Directives may be renamed where the supergraph links them, so names come from the links. */
function directiveReader(supergraph: Schema): Read | undefined {
  const nameOf = (name: string): string | undefined =>
    supergraph.coreFeatures
      ?.getByIdentity('https://specs.apollo.dev/' + name)
      ?.directiveNameInSchema(name);
  const authenticated = nameOf('authenticated');
  const scopes = nameOf('requiresScopes');
  const policy = nameOf('policy');
  if (!authenticated && !scopes && !policy) return undefined;

  return (element) =>
    element.appliedDirectives
      .map((directive): Requirement | undefined => {
        const args = directive.arguments() as { scopes?: string[][]; policies?: string[][] };
        if (directive.name === authenticated) return [[AUTHENTICATED]];
        if (directive.name === scopes) return credentials(args.scopes, scopeCredential);
        if (directive.name === policy) return credentials(args.policies, policyCredential);
        return undefined;
      })
      .reduce(both, undefined);
}

/** Scopes and policies are those of an authenticated caller, so they ask for one as well. */
function credentials(
  anyOf: string[][] | undefined,
  credential: (name: string) => string,
): Requirement {
  return (anyOf ?? []).map((allOf) => [AUTHENTICATED, ...allOf.map(credential)].sort());
}
