import { createHash } from 'node:crypto';
import type { Ids } from '../system/ids.ts';
import type { RedisServer } from './redis-server.ts';
import {
  StoreUnavailableError,
  type Lookup,
  type Moment,
  type ResponseStore,
  type StoredAnswer,
} from './response-store.ts';

/** A hash: of each tag when it was invalidated last, of `@count` how often anything was, and which count that is. */
const LOG = 'invalidations';

/** So many invalidated tags are remembered; beyond that everything is forgotten at once. */
const MAX_TAGS = 100_000;

/**
 * The count begins anew, and with it everything that was stored is void, when the log was lost, and when the server is not the
 * one that wrote it: one that comes back, or takes over, may have lost what it had acknowledged.
 */
const BEGIN = `
local log = KEYS[1]
local server = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
local function forget()
  redis.call('DEL', log)
  redis.call('HSET', log, '@server', server, '@age', ARGV[1], '@count', 0)
end
local head = redis.call('HMGET', log, '@server', '@age')
if head[1] ~= server or not head[2] then forget() end
local age = redis.call('HGET', log, '@age')`;

/** Answers with the moment, and the value of each key or nil. */
const READ = `${BEGIN}
local answer = { age .. ':' .. redis.call('HGET', log, '@count') }
for i = 2, #KEYS do
  local entry = redis.call('HMGET', KEYS[i], 'moment', 'tags')
  local counts = false
  if entry[1] then
    local entryAge, since = string.match(entry[1], '^(.*):(%d+)$')
    counts = entryAge == age
    if counts then
      local tags = cjson.decode(entry[2])
      for _, at in ipairs(redis.call('HMGET', log, unpack(tags))) do
        if at and tonumber(at) > tonumber(since) then counts = false end
      end
    end
    if not counts then redis.call('DEL', KEYS[i]) end
  end
  answer[i] = counts and redis.call('HGET', KEYS[i], 'value')
end
return answer`;

const WRITE = `
for i, key in ipairs(KEYS) do
  redis.call('DEL', key)
  redis.call('HSET', key, 'moment', ARGV[1], 'tags', ARGV[3 * i - 1], 'value', ARGV[3 * i])
  redis.call('PEXPIRE', key, ARGV[3 * i + 1])
end`;

const INVALIDATE = `${BEGIN}
local count = redis.call('HINCRBY', log, '@count', 1)
for i = 3, #ARGV do redis.call('HSET', log, ARGV[i], count) end
if redis.call('HLEN', log) > tonumber(ARGV[2]) then forget() end
return 1`;

/** Answers that all replicas of the router share. */
export class RedisStore implements ResponseStore {
  constructor(
    private readonly server: RedisServer,
    private readonly ids: Ids,
    private readonly maxTags = MAX_TAGS,
  ) {}

  async read(keys: readonly string[]): Promise<Lookup | undefined> {
    const names = [LOG, ...keys.map(nameOf)];
    const answer = await this.server.ask((redis) =>
      redis.eval(READ, names.length, ...names, this.ids.next()),
    );
    if (!answer) return undefined;
    const [moment = '', ...texts] = answer as [string, ...(string | null)[]];
    const values = texts.map((text) => (text === null ? undefined : JSON.parse(text)) as unknown);
    return { moment, values };
  }

  async write(moment: Moment, answers: readonly StoredAnswer[]): Promise<void> {
    const names = answers.map(({ key }) => nameOf(key));
    const args = answers.flatMap(({ tags, value, ttlMs }) => [
      JSON.stringify(tags),
      JSON.stringify(value),
      Math.ceil(ttlMs),
    ]);
    await this.server.ask((redis) => redis.eval(WRITE, names.length, ...names, moment, ...args));
  }

  async invalidate(tags: readonly string[]): Promise<void> {
    const args = [this.ids.next(), this.maxTags, ...tags];
    const answer = await this.server.ask((redis) => redis.eval(INVALIDATE, 1, LOG, ...args));
    if (answer === undefined) throw new StoreUnavailableError();
  }
}

/** Keys hold what was asked for, which is long, and nobody else's business. */
const nameOf = (key: string): string =>
  'response:' + createHash('sha256').update(key).digest('base64url');
