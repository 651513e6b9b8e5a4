import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../src/system.ts';

interface ServerToken {
  endsAt: number;
  /** No renewal leads beyond it. */
  readonly lastsUntil: number;
  readonly periodMs: number;
  readonly isRenewable: boolean;
}

interface Role {
  readonly jwts: readonly string[];
  readonly ttlS: number;
  readonly maxTtlS?: number;
  readonly isRenewable?: boolean;
}

type Mood = 'well' | 'sealed' | 'silent' | 'dripping' | 'limited' | 'confused';

/** Requests as they came: method and path. */
export interface Heard {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
}

/**
 * A server that answers as Vault does, by https://developer.hashicorp.com/vault/api-docs: KV version 2 at
 * `secret/`, the Kubernetes auth method at `kubernetes/`, tokens that end by the test's clock.
 */
export class VaultServer {
  readonly heard: Heard[] = [];
  readonly roles = new Map<string, Role>();
  readonly tokens = new Map<string, ServerToken>();
  /** Paths that no policy allows. */
  readonly forbidden = new Set<string>();
  mood: Mood = 'well';
  namespace: string | null = null;
  /** Where a standby node sends everybody. */
  activeNode: string | null = null;
  private readonly secrets = new Map<string, { data: object | null; version: number }>();
  private made = 0;

  private constructor(
    private readonly server: Server,
    private readonly clock: Pick<Clock, 'now'>,
    readonly url: string,
  ) {}

  static async listen(clock: Pick<Clock, 'now'>): Promise<VaultServer> {
    const http = createServer();
    await new Promise<void>((resolve) => {
      http.listen(0, '127.0.0.1', resolve);
    });
    const { port } = http.address() as AddressInfo;
    const vault = new VaultServer(http, clock, `http://127.0.0.1:${port}`);
    http.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void vault.answer(request, response);
    });
    return vault;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** Writes a new version. */
  put(path: string, data: object): void {
    const version = (this.secrets.get(path)?.version ?? 0) + 1;
    this.secrets.set(path, { data, version });
  }

  /** Deletes the newest version, which leaves its metadata. */
  delete(path: string): void {
    this.secrets.set(path, { ...this.secrets.get(path)!, data: null });
  }

  /** A token that somebody has made by hand; without a time it is for ever. */
  addToken(value: string, ttlS = 0, isRenewable = true, maxTtlS = Infinity): void {
    const now = this.clock.now().getTime();
    this.tokens.set(value, {
      endsAt: ttlS === 0 ? Infinity : now + ttlS * 1_000,
      lastsUntil: now + maxTtlS * 1_000,
      periodMs: ttlS * 1_000,
      isRenewable,
    });
  }

  count(line: string): number {
    return this.heard.filter((each) => each.line === line).length;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${request.method} ${request.url}`;
    let text = '';
    for await (const chunk of request) text += String(chunk);
    this.heard.push({ line, headers: request.headers });
    if (this.activeNode !== null) {
      response.writeHead(307, { location: this.activeNode + request.url }).end();
      return;
    }
    if (this.mood === 'silent') return;
    if (this.mood === 'dripping') {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":');
      return;
    }
    const [status, body] = this.answerTo(request, text);
    const wait = status === 429 ? { 'retry-after': '30' } : {};
    response.writeHead(status, { 'content-type': 'application/json', ...wait });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  private answerTo(request: IncomingMessage, text: string): [number, object | string] {
    if (this.mood === 'sealed') return failure(503, 'Vault is sealed');
    if (this.mood === 'limited') return failure(429, 'request path "x": rate limit quota exceeded');
    if (this.mood === 'confused') return [200, '<html>Welcome</html>'];
    const { 'x-vault-namespace': namespace, 'x-vault-token': token } = request.headers;
    if ((namespace ?? null) !== this.namespace) return failure(403, 'permission denied');
    if (request.url === '/v1/auth/kubernetes/login') return this.logIn(text);

    const known = this.tokens.get(String(token));
    const now = this.clock.now().getTime();
    if (!known || known.endsAt <= now) {
      return failure(403, '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n');
    }
    if (request.url === '/v1/auth/token/lookup-self') {
      const ttl = known.endsAt === Infinity ? 0 : Math.floor((known.endsAt - now) / 1_000);
      const data = {
        id: token,
        ttl,
        renewable: known.isRenewable,
        policies: ['crema'],
        num_uses: 0,
      };
      return [200, { ...EMPTY, data }];
    }
    if (request.url === '/v1/auth/token/renew-self') {
      if (!known.isRenewable) return failure(400, 'lease is not renewable');
      known.endsAt = Math.min(now + known.periodMs, known.lastsUntil);
      return [200, { ...EMPTY, auth: authOf(String(token), known, now) }];
    }
    return this.read(request.url!.replace('/v1/secret/data/', ''));
  }

  private logIn(text: string): [number, object] {
    const { role: name, jwt } = JSON.parse(text) as Record<string, string>;
    const role = this.roles.get(name!);
    if (!role) return failure(400, `invalid role name "${name}"`);
    if (!role.jwts.includes(jwt!)) return failure(403, 'permission denied');
    const value = `hvs.kubernetes-${++this.made}`;
    this.addToken(value, role.ttlS, role.isRenewable ?? true, role.maxTtlS);
    const now = this.clock.now().getTime();
    return [200, { ...EMPTY, auth: authOf(value, this.tokens.get(value)!, now) }];
  }

  private read(path: string): [number, object] {
    if (this.forbidden.has(path))
      return failure(403, '1 error occurred:\n\t* permission denied\n\n');
    const secret = this.secrets.get(path);
    if (!secret) return [404, { errors: [] }];
    const deletion_time = secret.data ? '' : '2026-03-02T15:00:00.000000000Z';
    const metadata = { created_time: '2026-03-01T00:00:00Z', custom_metadata: null, deletion_time };
    const data = {
      data: secret.data,
      metadata: { ...metadata, destroyed: false, version: secret.version },
    };
    return [secret.data ? 200 : 404, { ...EMPTY, data }];
  }
}

const EMPTY = {
  request_id: '3f9a2a1e-7c1e-7a6e-9a6c-1f1f5e9f0a11',
  lease_id: '',
  renewable: false,
  lease_duration: 0,
  data: null,
  wrap_info: null,
  warnings: null,
  auth: null,
};

const failure = (status: number, message: string): [number, object] => [
  status,
  { errors: [message] },
];

const authOf = (client_token: string, token: ServerToken, now: number) => ({
  client_token,
  accessor: 'M6uKbVqm4RnMwJSZ0pYXwjyK',
  policies: ['crema', 'default'],
  token_policies: ['crema', 'default'],
  metadata: { role: 'orders' },
  lease_duration: Math.floor((token.endsAt - now) / 1_000),
  renewable: token.isRenewable,
  token_type: 'service',
  orphan: true,
});
