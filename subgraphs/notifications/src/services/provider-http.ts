import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type { Clock } from '@crema/kit';
import { NotSent, SEND_LIMIT_MS } from './message-provider.ts';

const CONNECT_LIMIT_MS = 5_000;

/** What went wrong before there was a connection that a request could have gone over. */
const beforeConnected = new WeakSet<object>();

/**
 * How one request to a provider travels: on a connection of its own, because one that was used before may end at the
 * very moment of the request, and then nobody knows whether it arrived. `signal` ends it, answered or not.
 */
export interface Travel {
  readonly signal: AbortSignal;
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
}

/** Makes a request that ends within SEND_LIMIT_MS, however slowly its answer comes. */
export async function travelling<Result>(
  clock: Clock,
  request: (travel: Travel) => Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  const cancel = clock.after(SEND_LIMIT_MS, () => limit.abort());
  const { signal } = limit;
  try {
    return await request({
      signal,
      httpAgent: new PlainAgent(clock),
      httpsAgent: new SecureAgent(clock),
    });
  } finally {
    cancel();
  }
}

class PlainAgent extends http.Agent {
  constructor(private readonly clock: Clock) {
    super();
  }

  override createConnection(...given: Parameters<http.Agent['createConnection']>) {
    return watched(super.createConnection(...given), 'connect', this.clock);
  }
}

class SecureAgent extends https.Agent {
  constructor(private readonly clock: Clock) {
    super();
  }

  override createConnection(...given: Parameters<https.Agent['createConnection']>) {
    return watched(super.createConnection(...given), 'secureConnect', this.clock);
  }
}

/** Notes what fails before the socket is ready, and does not wait for that longer than CONNECT_LIMIT_MS. */
function watched<Socket extends Duplex | null | undefined>(
  socket: Socket,
  ready: 'connect' | 'secureConnect',
  clock: Clock,
): Socket {
  const note = (error: Error): void => void beforeConnected.add(error);
  const cancel = clock.after(CONNECT_LIMIT_MS, () =>
    socket?.destroy(new Error('no connection in time')),
  );
  socket?.once('error', note);
  socket?.once('close', cancel);
  socket?.once(ready, () => {
    cancel();
    socket.off('error', note);
  });
  return socket;
}

const hasSentNothing = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  (beforeConnected.has(error) || hasSentNothing((error as { cause?: unknown }).cause));

/** What an HTTP client threw that got no answer: NotSent where no connection came about, else the error itself. */
export const withoutAnswer = (error: unknown): unknown =>
  hasSentNothing(error)
    ? new NotSent('The provider could not be reached.', true, { fault: 'PROVIDER' })
    : error;

/** An answer that is no success. */
export interface Answer {
  readonly status: number;
  /** The provider's own number for what is wrong, if it told one. */
  readonly code?: number | string | undefined;
  readonly retryAfter?: string | undefined;
}

/**
 * What an answer means that says nothing about the address. 4xx, 429, 500 and 503 are the provider's own word that
 * it took nothing. Any other, such as a gateway's 502 or 504, leaves it open.
 */
export function meaningOf({ status, code, retryAfter }: Answer, clock: Clock): Error {
  const told = { code: code === undefined ? String(status) : `${status}/${code}` };
  if (status === 401 || status === 403) {
    return new NotSent(SETTINGS_REASON, true, { ...told, fault: 'SETTINGS' });
  }
  if (status === 408 || status === 429 || status === 500 || status === 503) {
    const retryAfterMs = readRetryAfter(retryAfter, clock);
    return new NotSent('The provider takes no messages at the moment.', true, {
      ...told,
      fault: 'PROVIDER',
      ...(retryAfterMs !== null && { retryAfterMs }),
    });
  }
  if (status >= 400 && status < 500) {
    return new NotSent('The provider refused the message.', false, told);
  }
  return new Error(`answered ${status}`);
}

/** For people: they need not know that it is us. */
export const SETTINGS_REASON = 'The provider takes no messages from us at the moment.';

/** RFC 9110, 10.2.3: seconds, or the time of day. Null for anything else. */
function readRetryAfter(header: string | undefined, clock: Clock): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - clock.now().getTime());
}
