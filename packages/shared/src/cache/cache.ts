import { Redis } from 'ioredis';
import type { z } from 'zod';
import { messageOf } from '../errors/index.ts';
import { type Logger, meter } from '../telemetry/index.ts';

const reads = meter.createCounter('hoerok_cache_reads', { description: 'Cache reads, by outcome' });

/** A Redis client that fails at once instead of queueing: a cache that is down must not slow a request. */
export function connectRedis(url: string, logger: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 200,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(times * 100, 2_000),
  });
  // ioredis emits every failed reconnect; without a listener the first one would end the process.
  redis.on('error', (error: Error) => logger.debug({ reason: error.message }, 'redis not reachable'));
  return redis;
}

/** What the cache must know about one family of values. */
export interface CacheFamily<T> {
  /** Part of every key; bump the version in it when the shape changes, for example `profile.v1`. */
  readonly name: string;
  readonly ttlSeconds: number;
  /** Decodes what was stored; what does not fit counts as a miss. */
  readonly schema: z.ZodType<T>;
}

/** Read-through cache: an optimization, never the only copy of anything. */
export interface Cache {
  /**
   * Values by id, from Redis or, for what is missing there, from `load`. Absent values
   * are absent in the answer and are not cached. With Redis down every id is loaded.
   */
  readonly readThrough: <T>(
    family: CacheFamily<T>,
    ids: readonly string[],
    load: (missing: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ) => Promise<ReadonlyMap<string, T>>;
  /**
   * Drops values after they were written; call it after the commit. For {@link SETTLE_SECONDS} nothing is cached under
   * them, so that a read that began before the write cannot put the old value back.
   */
  readonly invalidate: (family: { readonly name: string }, ids: readonly string[]) => Promise<void>;
}

/** Longer than a request reads: what it loaded before an invalidation is not stored after it. */
const SETTLE_SECONDS = 5;
/** Stands where a value was; it decodes to nothing, so it counts as a miss. */
const TOMBSTONE = '';

/** Builds a cache over Redis; keys are `<namespace><service>:<family>:<id>`. */
export function createCache(deps: {
  readonly redis: Redis;
  readonly logger: Logger;
  readonly keyPrefix: string;
}): Cache {
  const keyOf = (family: { name: string }, id: string): string => `${deps.keyPrefix}:${family.name}:${id}`;
  const attempt = async <R>(work: () => Promise<R>, otherwise: R): Promise<R> => {
    try {
      return await work();
    } catch (error) {
      deps.logger.debug({ reason: messageOf(error) }, 'cache skipped');
      return otherwise;
    }
  };
  return {
    readThrough: async (family, ids, load) => {
      if (ids.length === 0) return new Map();
      const found = new Map<string, z.output<typeof family.schema>>();
      const stored = await attempt(() => deps.redis.mget(ids.map((id) => keyOf(family, id))), []);
      ids.forEach((id, index) => {
        const decoded = decode(family, stored[index] ?? null);
        if (decoded !== undefined) found.set(id, decoded);
      });
      const missing = ids.filter((id) => !found.has(id));
      reads.add(found.size, { family: family.name, outcome: 'hit' });
      reads.add(missing.length, { family: family.name, outcome: 'miss' });
      if (missing.length === 0) return found;
      const loaded = await load(missing);
      for (const [id, value] of loaded) {
        found.set(id, value);
        void attempt(
          () => deps.redis.set(keyOf(family, id), JSON.stringify(value), 'EX', family.ttlSeconds, 'NX'),
          null,
        );
      }
      return found;
    },
    invalidate: async (family, ids) => {
      const keys = ids.map((id) => keyOf(family, id));
      await Promise.all(
        keys.map((key) => attempt(() => deps.redis.set(key, TOMBSTONE, 'EX', SETTLE_SECONDS), null)),
      );
    },
  };
}

function decode<T>(family: CacheFamily<T>, stored: string | null): T | undefined {
  if (stored === null) return undefined;
  try {
    const result = family.schema.safeParse(JSON.parse(stored));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
