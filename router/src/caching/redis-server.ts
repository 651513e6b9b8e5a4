import { Redis } from 'ioredis';
import type { Clock } from '../system/clock.ts';
import type { Logger } from '../system/logger.ts';

/** A server that is slower than this is as good as away. */
const CALL_MS = 250;
/** While the server is away one call of so many milliseconds tries it; the others do without. */
const TRY_EVERY_MS = 1_000;
const CONNECT_MS = 2_000;
/** What the server has not said when this is over is not waited for. A timer runs so long, also where no connection is left. */
const DISCONNECT_MS = 100;
const LONGEST_RECONNECT_MS = 2_000;
/** A connection that is silent for so long after a call is made anew. */
const SILENT_MS = 5_000;

const KEY_PREFIX = 'router:';

export interface RedisServerOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a call may take. Default: 250 ms. */
  readonly callMs?: number;
}

/** A Redis that the replicas of the router share and that none of them depends on. */
export class RedisServer {
  private readonly redis: Redis;
  private tryAgainAt: number | undefined;

  constructor(private readonly options: RedisServerOptions) {
    this.redis = new Redis(options.url, {
      keyPrefix: KEY_PREFIX,
      connectTimeout: CONNECT_MS,
      disconnectTimeout: DISCONNECT_MS,
      commandTimeout: options.callMs ?? CALL_MS,
      socketTimeout: SILENT_MS,
      // What cannot be asked now is not asked later: the request has long gone on without it.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      retryStrategy: (times) => Math.min(50 * 2 ** times, LONGEST_RECONNECT_MS),
      // After a failover the old server takes no writes: the address leads to the new one.
      reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    });
    // Each call tells of its own failure.
    this.redis.on('error', () => undefined);
  }

  /** What the server answers; undefined when it does not. Never rejects. */
  async ask<Answer>(call: (redis: Redis) => Promise<Answer>): Promise<Answer | undefined> {
    const { clock, log } = this.options;
    const now = clock.now().getTime();
    if (this.tryAgainAt !== undefined && now < this.tryAgainAt) return undefined;
    if (this.tryAgainAt !== undefined) this.tryAgainAt = now + TRY_EVERY_MS;
    try {
      const answer = await call(this.redis);
      if (this.tryAgainAt !== undefined) log.info({}, 'The cache is back');
      this.tryAgainAt = undefined;
      return answer;
    } catch (err) {
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
    this.redis.disconnect();
  }
}
