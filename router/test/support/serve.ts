import { createRouter, type Router, type RouterOptions } from '../../src/index.ts';
import { composed, localSubgraphs, type SubgraphDefinitions } from './subgraphs.ts';

/** A GraphQL answer as it came over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
  };
}

/** A router on a free port, over subgraphs in the same process. */
export interface ServedRouter {
  readonly router: Router;
  readonly url: string;
  readonly origin: string;
  readonly subgraphs: ReturnType<typeof localSubgraphs>;
  post(body: unknown, headers?: Record<string, string>): Promise<HttpAnswer>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export async function serve(
  definitions: SubgraphDefinitions,
  options: Partial<RouterOptions> = {},
): Promise<ServedRouter> {
  const subgraphs = localSubgraphs(definitions);
  const router = await createRouter({
    supergraph: composed(definitions),
    transports: subgraphs.transports,
    ...options,
  });
  const { url } = await router.listen(0, '127.0.0.1');
  const { origin } = new URL(url);
  return {
    router,
    url,
    origin,
    subgraphs,
    fetch: (path, init) => fetch(origin + path, init),
    async post(body, headers = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const answer = (await response.json()) as HttpAnswer['body'];
      return { status: response.status, headers: response.headers, body: answer };
    },
  };
}
