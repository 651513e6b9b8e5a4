import type { RequestHeaders } from '../rules/request-headers.ts';
import type { ResponseHeaders } from '../rules/response-headers.ts';
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from '../transport/subgraph-transport.ts';
import type { Asker, OnSubgraphRequest } from './hooks.ts';

/** What rules and hooks do to what one request asks of subgraphs. */
export interface Interception {
  readonly asker: Asker;
  readonly requestHeaders: RequestHeaders | undefined;
  readonly responseHeaders: ResponseHeaders | undefined;
  readonly onSubgraphRequest: OnSubgraphRequest | undefined;
}

/** The way of one request to a subgraph, through the rules for headers and the hook of whoever runs the router. */
export class InterceptedTransport implements SubgraphTransport {
  constructor(
    private readonly subgraph: string,
    private readonly transport: SubgraphTransport,
    private readonly interception: Interception,
  ) {}

  async execute(asked: SubgraphRequest): Promise<SubgraphResponse> {
    const { responseHeaders } = this.interception;
    let response: SubgraphResponse | undefined;
    try {
      const outcome = await this.through(asked);
      response =
        'response' in outcome ? outcome.response : await this.transport.execute(outcome.request);
      return response;
    } finally {
      responseHeaders?.add(this.subgraph, response);
    }
  }

  async *subscribe(asked: SubgraphRequest): AsyncGenerator<SubgraphResponse, void> {
    const outcome = await this.through(asked);
    yield* this.transport.subscribe('request' in outcome ? outcome.request : asked);
  }

  private async through(
    asked: SubgraphRequest,
  ): Promise<{ request: SubgraphRequest } | { response: SubgraphResponse }> {
    const { asker, requestHeaders, onSubgraphRequest } = this.interception;
    const { subgraph } = this;
    const headers = requestHeaders?.for(subgraph, asked.headers, asker.claims) ?? {
      ...asked.headers,
    };
    const request = { ...asked, headers };
    const given = await onSubgraphRequest?.({ ...asker, subgraph, request });
    if (!given) return { request };
    return 'response' in given ? given : { request: { ...request, ...given.request } };
  }
}
