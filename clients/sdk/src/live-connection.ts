import { createClient, type Client, type SubscribePayload } from 'graphql-ws/client';
import { areOfOne, factsOf } from './access-token.ts';
import type { Session } from './session.ts';
import type { Answers } from './subscription.ts';
import type { Timers } from './timers.ts';

/** What connections need. */
export interface LiveOptions {
  readonly url: string;
  readonly webSocketImpl: unknown;
  readonly session: Session;
  readonly timers: Timers;
}

/** A token is renewed so long before it ends, and one that is short-lived after half of its time. */
const MARGIN_MS = 30_000;

/** Closer to the end it is not tried again. */
const LAST_TRY_MS = 1_000;

/** Timers count in 32 bits. */
const MAX_DELAY_MS = 24 * 3_600_000;

/** The part of a WebSocket that the platforms have in common. */
interface Socket {
  readonly readyState: number;
  send(text: string): void;
}

const OPEN = 1;

/**
 * A connection to the router for subscriptions. It shows a newer token before its own ends, so that they go on. When that fails
 * it is tried again, each time after half of what is left.
 */
export class LiveConnection {
  private readonly client: Client;
  private cancelRenewal = (): void => undefined;
  private socket: Socket | undefined;
  private offered: string | undefined;

  constructor(
    private shown: string | null,
    private readonly options: LiveOptions,
    onClosed: () => void,
  ) {
    const { url, webSocketImpl } = options;
    this.client = createClient({
      url,
      webSocketImpl,
      ...(shown !== null && { connectionParams: { authorization: `Bearer ${shown}` } }),
      // Whoever listens knows what was seen last and where to go on from; nobody else does.
      retryAttempts: 0,
      on: {
        connected: (socket) => {
          this.socket = socket as Socket;
          this.renewLater();
        },
        pong: (isReceived, payload) => {
          if (isReceived) this.hearOf(payload);
        },
        closed: () => {
          this.cancelRenewal();
          onClosed();
        },
      },
    });
  }

  /** The token that the router knows; null for a visitor. */
  get token(): string | null {
    return this.shown;
  }

  iterate(payload: SubscribePayload): Answers {
    return this.client.iterate(payload);
  }

  async dispose(): Promise<void> {
    await this.client.dispose();
  }

  private renewLater(): void {
    this.cancelRenewal();
    const endsAtMs = this.shown === null ? undefined : factsOf(this.shown)?.endsAtMs;
    if (endsAtMs === undefined) return;
    const { timers } = this.options;
    const leftMs = endsAtMs - timers.now().getTime();
    if (leftMs < LAST_TRY_MS) return;
    const delayMs = leftMs > 2 * MARGIN_MS ? leftMs - MARGIN_MS : leftMs / 2;
    this.cancelRenewal = timers.after(Math.min(delayMs, MAX_DELAY_MS), () => void this.renew());
  }

  private async renew(): Promise<void> {
    const { shown, socket } = this;
    if (shown === null) return;
    const token = await this.options.session.newerThan(shown).catch(() => null);
    if (socket?.readyState !== OPEN) return;
    if (token !== null && areOfOne(token, shown)) {
      this.offered = token;
      const payload = { authorization: `Bearer ${token}` };
      socket.send(JSON.stringify({ type: 'ping', payload }));
    }
    this.renewLater();
  }

  /** What the router says of an offered token: until when it holds, or that it does not. */
  private hearOf({ expiresAt }: Record<string, unknown> = {}): void {
    if (this.offered === undefined || typeof expiresAt !== 'string') return;
    this.shown = this.offered;
    this.offered = undefined;
    this.renewLater();
  }
}
