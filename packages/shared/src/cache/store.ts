import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/**
 * What stands under a key: a value, a lease (somebody is loading it; nobody else may store), a guard (somebody is writing
 * what it was loaded from; nobody may store), or nothing.
 */
export type Entry =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'lease'; readonly lease: string }
  | { readonly kind: 'guard' };

/** A value to store where the lease still stands, or null to give the lease back. */
export interface Stored {
  readonly key: string;
  readonly text: string | null;
  readonly ttlMs: number;
}

/** The keys of the cache in Redis. Each call is one round trip, and throws when Redis does not answer. */
export interface Store {
  /** What stands under the keys; under those that are empty the lease stands from now on, and is answered. */
  readonly take: (keys: readonly string[], lease: string) => Promise<Entry[]>;
  readonly peek: (keys: readonly string[]) => Promise<(Entry | null)[]>;
  /** Stores where the lease still stands: nothing has been written since it was taken. */
  readonly put: (lease: string, values: readonly Stored[]) => Promise<void>;
  /** Puts a guard in the place of whatever is there, beside the guards of others: each writer takes away its own alone. */
  readonly guard: (keys: readonly string[], guard: string) => Promise<void>;
  /** Empties the keys, but for guards of others. */
  readonly drop: (keys: readonly string[], guard: string) => Promise<void>;
}

/** How long a lease and a guard stand at most. */
export interface StoreTimes {
  /** Longer than loading takes; when it ends sooner, what was loaded is not stored. */
  readonly leaseMs: number;
  /** Longer than a COMMIT takes. */
  readonly guardMs: number;
}

const TAKE = `local found = redis.call('MGET', unpack(KEYS))
for place, text in ipairs(found) do
  if not text then
    redis.call('SET', KEYS[place], ARGV[1], 'PX', ARGV[2])
    found[place] = ARGV[1]
  end
end
return found`;

const PUT = `for place, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then
    local text = ARGV[2 * place]
    if text == '' then redis.call('DEL', key) else redis.call('SET', key, text, 'PX', ARGV[2 * place + 1]) end
  end
end`;

/** Guards of others than ARGV[1] that stand under a key and have not ended at ARGV[2]. */
const OTHERS = `local function others(text)
  local kept = ''
  if not text or string.sub(text, 1, 1) ~= 'G' then return kept end
  for guard, ends in string.gmatch(string.sub(text, 2), '([^@,]+)@(%d+),') do
    if guard ~= ARGV[1] and tonumber(ends) > tonumber(ARGV[2]) then kept = kept .. guard .. '@' .. ends .. ',' end
  end
  return kept
end`;

const GUARD = `${OTHERS}
for _, key in ipairs(KEYS) do
  local kept = others(redis.call('GET', key))
  redis.call('SET', key, 'G' .. kept .. ARGV[1] .. '@' .. ARGV[3] .. ',', 'PX', ARGV[4])
end`;

const DROP = `${OTHERS}
for _, key in ipairs(KEYS) do
  local text = redis.call('GET', key)
  local kept = others(text)
  if kept ~= '' then redis.call('SET', key, 'G' .. kept, 'KEEPTTL') elseif text then redis.call('DEL', key) end
end`;

/** Lua takes some 8,000 arguments at once; a long script also keeps everybody else waiting. */
const KEYS_AT_ONCE = 500;

/** Binds the operations to a client. Values are marked by their first letter: V, L or G. */
export function createStore(redis: Redis, { leaseMs, guardMs }: StoreTimes): Store {
  const run = scriptRunner(redis);
  return {
    take: async (keys, lease) => {
      const answers = await Promise.all(
        chunks(keys).map((part) => run(TAKE, part, [`L${lease}`, leaseMs]) as Promise<string[]>),
      );
      return answers.flat().map(entryOf);
    },
    peek: async (keys) => (await redis.mget([...keys])).map((text) => (text === null ? null : entryOf(text))),
    put: async (lease, values) => {
      await Promise.all(
        chunks(values).map((part) =>
          run(
            PUT,
            part.map(({ key }) => key),
            [`L${lease}`, ...part.flatMap(({ text, ttlMs }) => [text === null ? '' : `V${text}`, ttlMs])],
          ),
        ),
      );
    },
    guard: async (keys, guard) => {
      const now = Date.now();
      const times = [now, now + guardMs, guardMs];
      await Promise.all(chunks(keys).map((part) => run(GUARD, part, [guard, ...times])));
    },
    drop: async (keys, guard) =>
      void (await Promise.all(chunks(keys).map((part) => run(DROP, part, [guard, Date.now()])))),
  };
}

function entryOf(text: string): Entry {
  if (text.startsWith('L')) return { kind: 'lease', lease: text.slice(1) };
  if (text.startsWith('G')) return { kind: 'guard' };
  // Whatever else stands there is decoded as a value, and found not to be one.
  return { kind: 'value', text: text.startsWith('V') ? text.slice(1) : '' };
}

type Run = (
  script: string,
  keys: readonly string[],
  values: readonly (string | number)[],
) => Promise<unknown>;

/** Runs a script by its hash, and by its text when Redis does not know it yet (or any more). */
function scriptRunner(redis: Redis): Run {
  const hashes = new Map<string, string>();
  const hashOf = (script: string): string => {
    const hash = hashes.get(script) ?? createHash('sha1').update(script).digest('hex');
    hashes.set(script, hash);
    return hash;
  };
  return async (script, keys, values) => {
    try {
      return await redis.evalsha(hashOf(script), keys.length, ...keys, ...values);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return await redis.eval(script, keys.length, ...keys, ...values);
    }
  };
}

function chunks<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += KEYS_AT_ONCE)
    parts.push(all.slice(from, from + KEYS_AT_ONCE));
  return parts;
}
