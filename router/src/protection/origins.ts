import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** Which sites may use the router from a browser, besides its own. */
export class Origins {
  /** `localhost` allows every port of this machine, which is for development. */
  constructor(private readonly allowed: readonly string[] | 'localhost') {}

  /** The CORS headers of an answer; empty for a site that is not allowed. */
  corsHeaders(request: IncomingHttpHeaders): OutgoingHttpHeaders {
    const { origin } = request;
    if (!origin || !this.allows(origin)) return { vary: 'Origin' };
    return {
      vary: 'Origin',
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-request-id, retry-after',
    };
  }

  /** The answer to a browser that asks before it sends a request. */
  preflightHeaders(request: IncomingHttpHeaders): OutgoingHttpHeaders {
    const headers = this.corsHeaders(request);
    if (!headers['access-control-allow-origin']) return headers;
    return {
      ...headers,
      vary: 'Origin, Access-Control-Request-Headers',
      'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
      'access-control-allow-headers':
        request['access-control-request-headers'] ?? 'content-type, authorization',
      'access-control-max-age': '600',
    };
  }

  /** Browsers do not apply CORS to WebSockets, so an upgrade from another site is refused here. */
  allowsUpgrade({ origin, host }: IncomingHttpHeaders): boolean {
    return !origin || hostOf(origin) === host?.toLowerCase() || this.allows(origin);
  }

  private allows(origin: string): boolean {
    if (this.allowed !== 'localhost') return this.allowed.includes(origin);
    return /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
