import { Pool } from 'undici';
import { systemTimers, type Timers } from '../../system/clock.ts';
import type {
  Subgraph,
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../subgraph-transport.ts';
import { subscribeOverWebSocket, type Heartbeat } from './websocket-subscription.ts';

/** How a subgraph is reached over HTTP. */
export interface HttpTransportOptions {
  /** Connections kept to one subgraph. */
  readonly connections?: number;
  readonly timeoutMs?: number;
  /** Time between the pings on a subscription's connection. */
  readonly heartbeatMs?: number;
  readonly timers?: Timers;
}

/** Asks one subgraph over HTTP, on connections that are kept open; subscribes over graphql-ws. */
export class HttpTransport implements SubgraphTransport {
  private readonly pool: Pool;
  private readonly path: string;
  private readonly url: URL;
  private readonly heartbeat: Heartbeat;

  constructor(subgraph: Subgraph, options: HttpTransportOptions = {}) {
    const { connections = 64, timeoutMs = 30_000 } = options;
    const { heartbeatMs = 12_000, timers = systemTimers } = options;
    this.heartbeat = { timers, everyMs: heartbeatMs };
    this.url = new URL(subgraph.url);
    this.path = this.url.pathname + this.url.search;
    this.pool = new Pool(this.url.origin, {
      connections,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      keepAliveTimeout: 30_000,
    });
  }

  async execute({
    query,
    variables,
    operationName,
    headers,
    signal,
  }: SubgraphRequest): Promise<SubgraphResponse> {
    const response = await this.pool.request({
      method: 'POST',
      path: this.path,
      headers: { ...headers, 'content-type': 'application/json', accept: ACCEPT },
      body: JSON.stringify({ query, variables, operationName }),
      signal,
    });
    const text = await response.body.text();
    const answer = parseAnswer(text);
    if (!answer) throw new Error(`Answered ${response.statusCode} without a GraphQL response`);
    const cookies = response.headers['set-cookie'];
    return cookies === undefined ? answer : { ...answer, headers: { 'set-cookie': cookies } };
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse> {
    return subscribeOverWebSocket(this.url, request, this.heartbeat);
  }

  async close(): Promise<void> {
    await this.pool.close();
  }
}

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

function parseAnswer(text: string): SubgraphResponse | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return undefined;
    return 'data' in answer || 'errors' in answer ? (answer as SubgraphResponse) : undefined;
  } catch {
    return undefined;
  }
}
