import { Redis } from 'ioredis';
import type { Clock, Timers } from '../system/clock.ts';
import type { Logger } from '../system/logger.ts';

/** A server that is slower than this is as good as away. */
const CALL_MS = 250;
/** While the server is away one call of so many milliseconds tries it; the others do without. */
const TRY_EVERY_MS = 1_000;
const CONNECT_MS = 2_000;
/** What the server has not said when this is over is not waited for. A timer runs so long, also where no connection is left. */
const DISCONNECT_MS = 100;
const LONGEST_RECONNECT_MS = 2_000;
/** A connection that is silent for so long after a call in vain is made anew: its other end may have vanished. */
const SILENT_MS = 5_000;

const KEY_PREFIX = 'router:';

export interface RedisServerOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  /** How long a call may take. Default: 250 ms. */
  readonly callMs?: number;
}

/** A Redis that the replicas of the router share and that none of them depends on. */
export class RedisServer {
  private readonly redis: Redis;
  private tryAgainAt: number | undefined;
  /** Calls off that the connection is made anew. The client's own limit outlives its connection, and would break the next one. */
  private callOff: (() => void) | undefined;

  constructor(private readonly options: RedisServerOptions) {
    this.redis = new Redis(options.url, {
      keyPrefix: KEY_PREFIX,
      connectTimeout: CONNECT_MS,
      disconnectTimeout: DISCONNECT_MS,
      commandTimeout: options.callMs ?? CALL_MS,
      // What cannot be asked now is not asked later: the request has long gone on without it.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      retryStrategy: (times) => Math.min(50 * 2 ** times, LONGEST_RECONNECT_MS),
      // After a failover the old server takes no writes: the address leads to the new one.
      reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    });
    // Each call tells of its own failure.
    this.redis.on('error', () => undefined);
    this.redis.on('close', () => this.trust());
  }

  /** What the server answers; undefined when it does not. Never rejects. */
  async ask<Answer>(call: (redis: Redis) => Promise<Answer>): Promise<Answer | undefined> {
    const { clock, log } = this.options;
    const now = clock.now().getTime();
    if (this.tryAgainAt !== undefined && now < this.tryAgainAt) return undefined;
    if (this.tryAgainAt !== undefined) this.tryAgainAt = now + TRY_EVERY_MS;
    try {
      const answer = await call(this.redis);
      this.trust();
      if (this.tryAgainAt !== undefined) log.info({}, 'The cache is back');
      this.tryAgainAt = undefined;
      return answer;
    } catch (err) {
      // What is wrong with a call is an answer, too.
      if (err instanceof Error && err.name === 'ReplyError') this.trust();
      else this.suspect();
      if (this.tryAgainAt === undefined) {
        log.warn({ err }, 'The cache is away; going on without it');
      }
      this.tryAgainAt = now + TRY_EVERY_MS;
      return undefined;
    }
  }

  /** Resolves when the server can be asked, or cannot yet: within two seconds. */
  async tried(): Promise<void> {
    if (this.redis.status === 'ready') return;
    await new Promise((resolve) => this.redis.once('ready', resolve).once('close', resolve));
  }

  close(): void {
    this.trust();
    this.redis.disconnect();
  }

  private suspect(): void {
    if (this.redis.status !== 'ready') return;
    this.callOff ??= this.options.timers.after(SILENT_MS, () => {
      this.callOff = undefined;
      this.redis.disconnect(true);
    });
  }

  private trust(): void {
    this.callOff?.();
    this.callOff = undefined;
  }
}
