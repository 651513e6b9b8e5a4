import { Kind, parse } from 'graphql';
import type { SubgraphOperation } from '../planning/plan.ts';
import { untilAborted } from '../subscriptions/closable.ts';
import type { Subtypes } from '../supergraph/subtypes.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import type { ResponsePath } from './place.ts';
import type { ExecutionRequest, Run } from './run.ts';
import { isMeantForClient, toClientError, unavailable } from './subgraph-errors.ts';

/** What compiling the fetches of a plan needs to know. */
export interface FetchSurroundings {
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  readonly subtypes: Subtypes;
}

/** Where an error at a path of a subgraph's answer stands in the client's. */
export type ClientPaths = (path: ResponsePath | undefined) => readonly (ResponsePath | undefined)[];

/** One fetch of a plan, with what its subgraph is asked and how its failures are told. */
export class Fetch {
  readonly transport: SubgraphTransport;

  constructor(
    readonly node: SubgraphOperation,
    /** What is missing in the answer when the subgraph cannot be asked. */
    readonly affected: readonly ResponsePath[],
    { transports }: FetchSurroundings,
  ) {
    const transport = transports.get(node.subgraph);
    if (!transport) throw new Error(`No transport for the subgraph "${node.subgraph}"`);
    this.transport = transport;
  }

  /** Asks the subgraph. When it cannot be reached, that is told and nothing is returned. */
  async send(run: Run, extra?: Record<string, unknown>): Promise<SubgraphResponse | undefined> {
    try {
      const headers = run.request.headers();
      const known = headers instanceof Promise ? await headers : headers;
      const asked = this.request(run.request, known, extra);
      const response = await this.way(run.request).execute(asked);
      if (response.headers) collectCookies(response.headers, run.cookies);
      return response;
    } catch (reason) {
      this.reportUnavailable(run, reason);
      return undefined;
    }
  }

  /** Subscribes at the subgraph, with other values of some variables; how long to wait for it in milliseconds. */
  async open(
    request: ExecutionRequest,
    variables: Readonly<Record<string, unknown>>,
    patienceMs: number,
  ): Promise<AsyncIterable<SubgraphResponse>> {
    const asked = { ...this.request(request, await request.headers(), variables), patienceMs };
    return untilAborted(this.way(request).subscribe(asked), request.signal);
  }

  /** Tells the client what the subgraph said, at every path of the client's that it concerns. */
  reportErrors(run: Run, response: SubgraphResponse, toClientPaths: ClientPaths): void {
    for (const error of response.errors ?? []) {
      if (!isMeantForClient(error)) this.log(run.request, error, 'A subgraph failed');
      for (const path of toClientPaths(error.path)) run.errors.push(toClientError(error, path));
    }
  }

  reportUnavailable(run: Run, reason: unknown): void {
    // Nobody waits for the answer any more, and nothing is wrong with the subgraph.
    if (run.request.signal?.aborted) return;
    this.log(run.request, reason, 'A subgraph is unavailable');
    const paths = this.affected.length > 0 ? this.affected : [undefined];
    for (const path of paths) run.errors.push(unavailable(this.node.subgraph, path, reason));
  }

  private log(request: ExecutionRequest, reason: unknown, message: string): void {
    const { requestId } = request;
    request.log.warn({ requestId, subgraph: this.node.subgraph, err: reason }, message);
  }

  private way({ via }: ExecutionRequest): SubgraphTransport {
    return via ? via(this.node.subgraph, this.transport) : this.transport;
  }

  private request(
    request: ExecutionRequest,
    headers: Record<string, string>,
    extra?: Readonly<Record<string, unknown>>,
  ): SubgraphRequest {
    const variables: Record<string, unknown> = {};
    for (const name of this.node.variables) {
      if (request.variables[name] !== undefined) variables[name] = request.variables[name];
    }
    if (extra) Object.assign(variables, extra);
    const { operation: query, operationName } = this.node;
    const { signal, cacheUse } = request;
    return { query, variables, operationName, headers, signal, cacheUse };
  }
}

function collectCookies(
  headers: Readonly<Record<string, string | readonly string[]>>,
  cookies: string[],
): void {
  const set = headers['set-cookie'];
  if (typeof set === 'string') cookies.push(set);
  else if (set) cookies.push(...set);
}

/** The root fields that an operation asks a subgraph for, as paths of its answer. */
export function rootFields(operation: string): ResponsePath[] {
  const definition = parse(operation, { noLocation: true }).definitions[0];
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return [];
  return definition.selectionSet.selections.flatMap((selection) => {
    // Of the root, the router knows the type.
    if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') return [];
    return [[(selection.alias ?? selection.name).value]];
  });
}
