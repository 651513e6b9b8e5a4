import { MASK } from '../mask.ts';
import type { Clock } from '../system.ts';

/** Vault cannot be asked now, but may be later: it is sealed, overloaded, or not to be reached. */
export class VaultAwayError extends Error {
  constructor(
    reason: string,
    /** How long Vault asks to be left alone. */
    readonly retryAfterMs = 0,
  ) {
    super(reason);
    this.name = 'VaultAwayError';
  }
}

/** Vault has answered, and asking again would change nothing: somebody has to put something right. */
export class VaultRefusal extends Error {
  constructor(
    reason: string,
    readonly status: number,
  ) {
    super(reason);
    this.name = 'VaultRefusal';
  }
}

export interface VaultRequest {
  readonly method: 'GET' | 'POST';
  /** Behind `/v1/`. */
  readonly path: string;
  readonly token?: string;
  readonly body?: Readonly<Record<string, string>>;
}

export interface VaultAnswer {
  readonly status: number;
  readonly body: unknown;
}

const TIMEOUT_MS = 10_000;
/** Who asks for more patience is asked again nevertheless. */
const LONGEST_WAIT_MS = 60_000;
const MOST_REDIRECTS = 2;
/** Statuses that tell of Vault's state and not of the request: eventual consistency, quotas, standby and sealed nodes. */
const PASSING = new Set([408, 412, 429, 472, 473]);

/** Vault's HTTP API: one request, with its failures told apart. https://developer.hashicorp.com/vault/api-docs */
export class VaultApi {
  constructor(
    private readonly address: string,
    private readonly namespace: string | undefined,
    private readonly clock: Clock,
  ) {}

  /** Resolves with what Vault has or does not have (200, 204, 404). Throws VaultAwayError or VaultRefusal. */
  async call(request: VaultRequest): Promise<VaultAnswer> {
    const answer = await this.inTime((signal) => this.send(request, signal));
    const { status, body, retryAfterMs } = answer;
    if (status === 200 || status === 204 || status === 404) return answer;
    const reason = redacted(reasonOf(status, body), request);
    if (status >= 500 || PASSING.has(status)) throw new VaultAwayError(reason, retryAfterMs);
    throw new VaultRefusal(reason, status);
  }

  /** The whole answer within the time: who sends a byte a minute is as far away as who sends none. */
  private async inTime<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const limit = new AbortController();
    const cancel = this.clock.after(TIMEOUT_MS, () => limit.abort());
    try {
      return await work(limit.signal);
    } catch (error) {
      if (error instanceof VaultAwayError || error instanceof VaultRefusal) throw error;
      const late = `does not answer within ${TIMEOUT_MS / 1_000} s`;
      throw new VaultAwayError(limit.signal.aborted ? late : unreachable(error));
    } finally {
      cancel();
    }
  }

  private async send({ method, path, token, body }: VaultRequest, signal: AbortSignal) {
    const headers = {
      // An agent in front of Vault may refuse what lacks it: no browser can be made to send it.
      'x-vault-request': 'true',
      ...(token !== undefined && { 'x-vault-token': token }),
      ...(this.namespace !== undefined && { 'x-vault-namespace': this.namespace }),
      ...(body && { 'content-type': 'application/json' }),
    };
    let url = new URL(`${this.address.replace(/\/+$/, '')}/v1/${path}`);
    for (let redirects = 0; ; redirects++) {
      const response = await fetch(url, {
        method,
        headers,
        signal,
        redirect: 'manual',
        ...(body && { body: JSON.stringify(body) }),
      });
      const location = response.headers.get('location');
      // A standby node names the active one; the token goes nowhere in the clear that began encrypted.
      if ((response.status === 307 || response.status === 308) && location !== null) {
        const next = new URL(location, url);
        const isSafe = next.protocol === 'https:' || url.protocol === 'http:';
        if (!isSafe || redirects >= MOST_REDIRECTS) {
          throw new VaultRefusal(
            `sends us on to ${next.origin}, where we do not go`,
            response.status,
          );
        }
        await response.body?.cancel();
        url = next;
        continue;
      }
      return {
        status: response.status,
        body: parsed(await response.text(), response.status),
        retryAfterMs: waitOf(response.headers.get('retry-after')),
      };
    }
  }
}

/** Seconds as milliseconds; Vault gives no dates. */
const waitOf = (retryAfter: string | null): number =>
  Math.min(Number(retryAfter ?? 0) * 1_000 || 0, LONGEST_WAIT_MS);

function parsed(text: string, status: number): unknown {
  if (status === 204 || text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A proxy in between speaks for itself, and in HTML.
    if (status >= 400) return {};
    throw new VaultAwayError(`answers ${status} with something that is not JSON`);
  }
}

/** `is sealed`, or the status with what Vault says of it, on one line. */
function reasonOf(status: number, body: unknown): string {
  const { errors } = body as { errors?: unknown };
  const said = Array.isArray(errors) ? errors.join('; ').replace(/\s+/g, ' ').trim() : '';
  if (status === 503 && /sealed/i.test(said)) return 'is sealed';
  return said === '' ? `answers ${status}` : `answers ${status}: ${said.slice(0, 200)}`;
}

/** Whatever Vault says, what it was told in confidence is not repeated. */
const redacted = (text: string, { token, body }: VaultRequest): string =>
  [token, body?.['jwt']].reduce<string>(
    (left, secret) => (secret ? left.replaceAll(secret, MASK) : left),
    text,
  );

function unreachable(error: unknown): string {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  return `cannot be reached: ${cause?.code || cause?.message || (error as Error).message}`;
}
