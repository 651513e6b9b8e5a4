import {
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph as FederationSupergraph,
  type Schema,
} from '@apollo/federation-internals';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Subgraph } from '../transport/subgraph-transport.ts';
import { AccessRules } from '../protection/access-rules.ts';
import { CostRules } from '../protection/cost/cost-rules.ts';
import { Subtypes } from './subtypes.ts';

/** A supergraph ready to serve: what clients see of it, who may see it and where it comes from. */
export interface Supergraph {
  /** The text that it was read from. */
  readonly sdl: string;
  readonly federation: FederationSupergraph;
  readonly apiSchema: GraphQLSchema;
  /** With what clients do not see. */
  readonly fullSchema: GraphQLSchema;
  /** Interfaces that are objects for some subgraphs, which do not know what implements them, with their names. */
  readonly interfaceObjects: ReadonlyMap<string, ReadonlySet<string>>;
  /** The names of fields that subgraphs need of each other: those of keys, of requirements and of contexts. */
  readonly neededFields: ReadonlySet<string>;
  readonly subgraphs: readonly Subgraph[];
  readonly subtypes: Subtypes;
  readonly rules: AccessRules;
  /** Whether arguments take values from around their object, by `@fromContext`. */
  readonly usesContext: boolean;
  /** The labels of progressive overrides, percentages among them, in the order of the alphabet. */
  readonly overrideLabels: readonly string[];
  readonly costs: CostRules;
}

/** A supergraph schema that cannot be served; the message says why in one line. */
export class InvalidSupergraphError extends Error {
  constructor(reason: string) {
    super(
      'Invalid supergraph: ' + reason.replace(/^Invalid supergraph: /, '').replace(/\s+/g, ' '),
    );
    this.name = 'InvalidSupergraphError';
  }
}

const CONTEXT = 'https://specs.apollo.dev/context';

/** Reads a supergraph schema of federation 1 or 2, security and cost directives included. */
export function loadSupergraph(sdl: string): Supergraph {
  try {
    const federation = FederationSupergraph.build(sdl, {
      supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
      validateSupergraph: true,
    });
    const apiSchema = federation.apiSchema().toGraphQLJSSchema();
    const fullSchema = federation.schema.toGraphQLJSSchema();
    return {
      sdl,
      federation,
      apiSchema,
      fullSchema,
      interfaceObjects: interfaceObjectsOf(federation.schema),
      neededFields: neededFieldsOf(federation.schema),
      subgraphs: federation.subgraphsMetadata(),
      subtypes: new Subtypes(fullSchema),
      rules: AccessRules.read(federation.schema, apiSchema),
      usesContext: !!federation.schema.coreFeatures?.getByIdentity(CONTEXT),
      overrideLabels: overrideLabelsOf(federation.schema),
      costs: CostRules.read(federation.schema, apiSchema),
    };
  } catch (thrown) {
    throw new InvalidSupergraphError(reasonOf(thrown));
  }
}

/** By the name of the interface, the names of the subgraphs. */
function interfaceObjectsOf(schema: Schema): Map<string, Set<string>> {
  const graphs = schema.type('join__Graph');
  const nameOf = (graph: unknown): string =>
    graphs?.kind === 'EnumType'
      ? String(
          graphs.value(String(graph))?.appliedDirectivesOf('join__graph')[0]?.arguments()['name'],
        )
      : '';
  const found = new Map<string, Set<string>>();
  for (const type of schema.interfaceTypes()) {
    const objects = type
      .appliedDirectivesOf('join__type')
      .map((joined) => joined.arguments())
      .filter((joined) => joined['isInterfaceObject'] === true);
    if (objects.length > 0)
      found.set(type.name, new Set(objects.map(({ graph }) => nameOf(graph))));
  }
  return found;
}

function neededFieldsOf(schema: Schema): Set<string> {
  const types = [...(schema.directive('join__type')?.applications() ?? [])];
  const fields = [...(schema.directive('join__field')?.applications() ?? [])];
  const selections = [
    ...types.map((type): unknown => type.arguments()['key']),
    ...fields.flatMap((field): unknown[] => {
      const { requires, contextArguments } = field.arguments() as JoinedField;
      return [requires, ...(contextArguments ?? []).map(({ selection }) => selection)];
    }),
  ];
  const isText = (selection: unknown) => typeof selection === 'string';
  return new Set(selections.filter(isText).flatMap((one) => one.match(/[_A-Za-z]\w*/g) ?? []));
}

interface JoinedField {
  readonly requires?: string;
  readonly contextArguments?: readonly { readonly selection?: string }[];
}

function overrideLabelsOf(schema: Schema): string[] {
  const fields = [...(schema.directive('join__field')?.applications() ?? [])];
  const labels = fields.flatMap((field): unknown => field.arguments()['overrideLabel'] ?? []);
  return [...new Set(labels.map(String))].sort();
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const causes = 'causes' in thrown && Array.isArray(thrown.causes) ? thrown.causes : [];
  const first: unknown = causes[0] ?? thrown;
  const message = first instanceof Error ? first.message : thrown.message;
  const location = first instanceof GraphQLError ? first.locations?.[0] : undefined;
  return location ? `${message} (line ${location.line})` : message;
}
