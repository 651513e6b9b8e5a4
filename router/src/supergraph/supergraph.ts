import {
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph as FederationSupergraph,
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
  readonly subgraphs: readonly Subgraph[];
  readonly subtypes: Subtypes;
  readonly rules: AccessRules;
  /** Whether arguments take values from around their object, by `@fromContext`. */
  readonly usesContext: boolean;
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
    return {
      sdl,
      federation,
      apiSchema,
      subgraphs: federation.subgraphsMetadata(),
      subtypes: new Subtypes(federation.schema.toGraphQLJSSchema()),
      rules: AccessRules.read(federation.schema, apiSchema),
      usesContext: !!federation.schema.coreFeatures?.getByIdentity(CONTEXT),
      costs: CostRules.read(federation.schema, apiSchema),
    };
  } catch (thrown) {
    throw new InvalidSupergraphError(reasonOf(thrown));
  }
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const causes = 'causes' in thrown && Array.isArray(thrown.causes) ? thrown.causes : [];
  const first: unknown = causes[0] ?? thrown;
  const message = first instanceof Error ? first.message : thrown.message;
  const location = first instanceof GraphQLError ? first.locations?.[0] : undefined;
  return location ? `${message} (line ${location.line})` : message;
}
