import { Pool } from 'undici';
import { systemTimers, type Timers } from '../../system/clock.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../subgraph-transport.ts';
import { NotGraphQLError } from './failures.ts';
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

const PROBE_TIMEOUT_MS = 2_000;

/** Asks one instance of a subgraph over HTTP, on connections that are kept open; subscribes over graphql-ws. */
export class HttpTransport implements SubgraphTransport {
  readonly url: URL;
  private readonly pool: Pool;
  private readonly path: string;
  private readonly heartbeat: Heartbeat;

  constructor({ url }: { url: string }, options: HttpTransportOptions = {}) {
    const { connections = 64, timeoutMs = 30_000 } = options;
    const { heartbeatMs = 12_000, timers = systemTimers } = options;
    this.heartbeat = { timers, everyMs: heartbeatMs };
    this.url = new URL(url);
    this.path = this.url.pathname + this.url.search;
    this.pool = new Pool(this.url.origin, {
      connections,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      keepAliveTimeout: 30_000,
    });
  }

  async execute(request: SubgraphRequest): Promise<SubgraphResponse> {
    const { query, variables, operationName, headers, signal } = request;
    const response = await this.pool.request({
      method: 'POST',
      path: this.path,
      headers: { ...headers, 'content-type': 'application/json', accept: ACCEPT },
      body: JSON.stringify({ query, variables, operationName }),
      signal,
    });
    const text = await response.body.text();
    const answer = parseAnswer(text);
    if (!answer) {
      throw new NotGraphQLError(response.statusCode, 'retry-after' in response.headers);
    }
    const cookies = response.headers['set-cookie'];
    return cookies === undefined ? answer : { ...answer, headers: { 'set-cookie': cookies } };
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphResponse> {
    return subscribeOverWebSocket(this.url, request, this.heartbeat);
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

function parseAnswer(text: string): SubgraphResponse | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return undefined;
    return 'data' in answer || 'errors' in answer ? (answer as SubgraphResponse) : undefined;
  } catch {
    return undefined;
  }
}
