import { Redis } from 'ioredis';
import { LocalCounts } from './cache-counts.ts';
import type { Cache, CacheOptions, Count } from './cache.ts';
import { SilenceLimit } from './silence-limit.ts';
import { pause, type Clock } from '../clock.ts';
import type { Logger } from '../log.ts';

/** A cache that is slower than what it saves is none: no call takes longer. */
const CALL_MS = 250;
/** While the server is away, one call of so many milliseconds tries it; the others do without. */
const TRY_EVERY_MS = 1_000;
const LONGEST_RECONNECT_MS = 2_000;
/** What the server has not said when this is over is not waited for. A timer runs so long, also where no connection is left. */
const DISCONNECT_MS = 100;
/** What was written in vain is forgotten when the server is back; of more than so many keys the time decides. */
const MOST_UNWRITTEN = 10_000;

/** The first one starts the time; one step, so that no count is left without an end. */
const INCREMENT = `
local count = redis.call('INCR', KEYS[1])
local ttl = redis.call('PTTL', KEYS[1])
if ttl < 0 then
  ttl = tonumber(ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ttl)
end
return { count, ttl }`;

/** Connects in the background. While the server cannot be reached nothing is found, and counts go on in this process. */
export const openRedisCache = ({
  url,
  clock,
  log,
  prefix = 'crema:',
  callMs = CALL_MS,
}: CacheOptions): Cache =>
  new RedisCache(
    new Redis(url, {
      keyPrefix: prefix,
      disconnectTimeout: DISCONNECT_MS,
      commandTimeout: callMs,
      // What cannot be asked now is not asked later: the caller has long gone on without it.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      retryStrategy: (times) => Math.min(50 * 2 ** times, LONGEST_RECONNECT_MS),
      // After a failover the old server takes no writes: the address leads to the new one.
      reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    }),
    { clock, log, callMs },
  );

interface Outage {
  readonly since: number;
  failures: number;
  tryAgainAt: number;
}

class RedisCache implements Cache {
  private readonly clock: Clock;
  private readonly log: Logger;
  private readonly callMs: number;
  private readonly counts: LocalCounts;
  private readonly silence: SilenceLimit;
  private readonly unwritten = new Set<string>();
  private readonly firstTry: Promise<unknown>;
  private outage: Outage | null = null;

  constructor(
    private readonly redis: Redis,
    { clock, log, callMs }: { clock: Clock; log: Logger; callMs: number },
  ) {
    this.clock = clock;
    this.log = log;
    this.callMs = callMs;
    this.counts = new LocalCounts(clock);
    this.silence = new SilenceLimit(redis, clock);
    this.firstTry = new Promise((resolve) => {
      redis.once('ready', resolve).once('close', resolve);
    });
    // Each call tells of its own failure.
    redis.on('error', () => undefined);
  }

  async get(key: string): Promise<string | null> {
    const found = await this.ask(() => this.redis.get(key));
    return found ? found.answer : this.counts.get(key);
  }

  async set(key: string, value: string, ttlMs: number): Promise<void> {
    await this.write(key, () => this.redis.set(key, value, 'PX', ttlMs));
  }

  async add(key: string, value: string, ttlMs: number): Promise<void> {
    await this.ask(() => this.redis.set(key, value, 'PX', ttlMs, 'NX'));
  }

  async delete(key: string): Promise<void> {
    this.counts.delete(key);
    await this.write(key, () => this.redis.del(key));
  }

  /** Also counted here, so that nobody begins anew when the server goes away or comes back empty. */
  async increment(key: string, ttlMs: number): Promise<Count> {
    const here = this.counts.increment(key, ttlMs);
    const askedAt = this.clock.now().getTime();
    const shared = await this.ask(() => this.redis.eval(INCREMENT, 1, key, ttlMs));
    if (!shared) return here;
    const [count, leftMs] = shared.answer as [number, number];
    if (count < here.count) return here;
    // Counted from before the question, so that the count here ends no later than the shared one.
    const expiresAt = new Date(askedAt + leftMs);
    this.counts.learn(key, { count, expiresAt });
    return { count, expiresAt };
  }

  async close(): Promise<void> {
    this.redis.disconnect();
  }

  private async write(key: string, call: () => Promise<unknown>): Promise<void> {
    const written = await this.ask(call);
    if (written) this.unwritten.delete(key);
    else if (this.unwritten.size < MOST_UNWRITTEN) this.unwritten.add(key);
  }

  /** Null when the server did not answer. */
  private async ask<Answer>(call: () => Promise<Answer>): Promise<{ answer: Answer } | null> {
    if (this.redis.status === 'connecting' || this.redis.status === 'connect') {
      await Promise.race([this.firstTry, pause(this.clock, this.callMs)]);
    }
    if (this.outage && !(await this.isBack(this.outage))) {
      this.outage.failures++;
      return null;
    }
    try {
      return { answer: await this.silence.watch(call) };
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  private fail(error: unknown): void {
    const now = this.clock.now().getTime();
    if (!this.outage) {
      this.outage = { since: now, failures: 0, tryAgainAt: now + TRY_EVERY_MS };
      this.log.warn({ err: error }, 'the cache is away; going on without it');
    }
    this.outage.failures++;
  }

  /** Forgets what was written in vain before anything is read again. Only one caller at a time finds out. */
  private async isBack(outage: Outage): Promise<boolean> {
    const now = this.clock.now().getTime();
    if (now < outage.tryAgainAt) return false;
    outage.tryAgainAt = now + TRY_EVERY_MS;
    try {
      await this.silence.watch(() => this.redis.ping());
      while (this.unwritten.size > 0) await this.forget([...this.unwritten]);
    } catch {
      return false;
    }
    this.outage = null;
    const { failures, since } = outage;
    this.log.info({ failures, awayMs: now - since }, 'the cache is back');
    return true;
  }

  private async forget(keys: readonly string[]): Promise<void> {
    await this.silence.watch(() => this.redis.del(...keys));
    for (const key of keys) this.unwritten.delete(key);
  }
}
