import { LRUCache } from 'lru-cache';
import { Pool } from 'undici';
import { systemTimers, type Timers } from '../../system/clock.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../subgraph-transport.ts';
import { NotGraphQLError } from './failures.ts';
import { call } from './http-call.ts';
import { subscribeOverWebSocket, type Heartbeat } from './websocket-subscription.ts';

/** How a subgraph is reached over HTTP. */
export interface HttpTransportOptions {
  /** Connections kept to one subgraph. */
  readonly connections?: number;
  /** Time between the pings on a subscription's connection. */
  readonly heartbeatMs?: number;
  readonly timers?: Timers;
}

/** Operations that the plans of one supergraph ask of a subgraph; those beyond are written anew each time. */
const MAX_OPERATIONS = 4_000;

const PROBE_TIMEOUT_MS = 2_000;

/** Asks one instance of a subgraph over HTTP, on connections that are kept open; subscribes over graphql-ws. */
export class HttpTransport implements SubgraphTransport {
  readonly url: URL;
  private readonly pool: Pool;
  private readonly path: string;
  private readonly heartbeat: Heartbeat;
  /** What bodies begin with, by the operation that they ask for. */
  private readonly openings = new LRUCache<string, string>({ max: MAX_OPERATIONS });

  constructor({ url }: { url: string }, options: HttpTransportOptions = {}) {
    const { connections = 64, heartbeatMs = 12_000, timers = systemTimers } = options;
    this.heartbeat = { timers, everyMs: heartbeatMs };
    this.url = new URL(url);
    this.path = this.url.pathname + this.url.search;
    this.pool = new Pool(this.url.origin, {
      connections,
      // How long a call may take is decided by whoever makes it, and told by its signal.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 30_000,
    });
  }

  async execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    const { headers, signal } = request;
    const response = await call(
      this.pool,
      {
        method: 'POST',
        path: this.path,
        headers: { ...headers, 'content-type': 'application/json', accept: ACCEPT },
        body: this.bodyOf(request),
      },
      signal,
    );
    const answer = parseAnswer(response.text);
    if (!answer) {
      throw new NotGraphQLError(response.status, retryAfterMs(response.headers['retry-after']));
    }
    const { data, errors, extensions } = answer;
    const told = response.headers as NonNullable<SubgraphResponse['headers']>;
    return { data, errors, extensions, headers: told, isUnshared: true };
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse> {
    return subscribeOverWebSocket(this.url, request, this.heartbeat);
  }

  private bodyOf({ query, variables, variablesText, operationName }: SubgraphRequest): string {
    let opening = this.openings.get(query);
    if (opening === undefined) {
      opening = `{"query":${JSON.stringify(query)},"variables":`;
      this.openings.set(query, opening);
    }
    const name =
      operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
    return `${opening}${variablesText ?? JSON.stringify(variables)}${name}}`;
  }

  /** Whether it answers at all: a refusal to answer a stranger is an answer, too. Never rejects. */
  async probe(): Promise<boolean> {
    try {
      const response = await this.pool.request({
        method: 'POST',
        path: this.path,
        headers: { 'content-type': 'application/json', accept: ACCEPT },
        body: '{"query":"{ __typename }"}',
        headersTimeout: PROBE_TIMEOUT_MS,
        bodyTimeout: PROBE_TIMEOUT_MS,
      });
      await response.body.dump();
      return response.statusCode < 500;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    await this.pool.close();
  }
}

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

/** Seconds or a date (RFC 9110, 10.2.3). A date, which no clock of ours has to agree with, says no more than that it was told. */
function retryAfterMs(told: string | readonly string[] | undefined): number | undefined {
  if (told === undefined) return undefined;
  const seconds = Number(told);
  return seconds >= 0 ? seconds * 1_000 : 0;
}

function parseAnswer(text: string): SubgraphResponse | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return undefined;
    return 'data' in answer || 'errors' in answer ? (answer as SubgraphResponse) : undefined;
  } catch {
    return undefined;
  }
}
