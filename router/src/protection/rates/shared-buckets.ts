import type { RedisServer } from '../../caching/redis-server.ts';
import type { Charge, Refusal } from './rate-limit.ts';

/** As `LocalBuckets.take`, by the server's clock. Answers with the place of what was refused and its wait, or with zeros. */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local ends = {}
for i, key in ipairs(KEYS) do
  local takes, period = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  ends[i] = math.max(tonumber(redis.call('GET', key) or now), now) + takes
  local wait = ends[i] - now - period
  if wait > 0 then return { i, math.ceil(wait) } end
end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.3f', ends[i]), 'PX', math.ceil(ends[i] - now))
end
return { 0, 0 }`;

/** Leaky buckets that all replicas of the router share. */
export class SharedBuckets {
  constructor(private readonly server: RedisServer) {}

  /** Makes all charges or none; while the server is away nothing is refused here. */
  async take(charges: readonly Charge[]): Promise<Refusal | undefined> {
    const keys = charges.map(({ key }) => 'rate:' + key);
    const args = charges.flatMap(({ limit, units }) => [
      (units * limit.periodMs) / limit.count,
      limit.periodMs,
    ]);
    const answer = await this.server.ask((redis) =>
      redis.eval(TAKE, keys.length, ...keys, ...args),
    );
    const [place = 0, waitMs = 0] = (answer ?? []) as number[];
    const charge = charges[place - 1];
    return charge && { charge, waitMs };
  }
}
