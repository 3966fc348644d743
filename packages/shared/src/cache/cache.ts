import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { z } from 'zod';
import type { ChangeGuard } from '../database/index.ts';
import { whoeverLeaves } from '../departure/index.ts';
import { messageOf } from '../errors/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { decodeValue, encodeValue } from './encoding.ts';
import { countError, countReads } from './metrics.ts';
import { entryName, type NamedFamily } from './stale.ts';
import { createStore, type Store, type StoreTimes } from './store.ts';
import { createUnsettled, type Unsettled } from './unsettled.ts';
import { createWaiting, type Waiting } from './waiting.ts';

/** What the cache must know about one family of values. */
export interface CacheFamily<T> extends NamedFamily {
  /** Part of every key; bump the version in it when the shape changes, for example `profile.v1`. */
  readonly name: string;
  /** At most; up to a tenth less, so that what was loaded together does not run out together. */
  readonly ttlSeconds: number;
  /** Decodes what was stored; what does not fit counts as a miss. */
  readonly schema: z.ZodType<T>;
  /** What is longer as JSON is not stored. @default 262144 */
  readonly maxChars?: number;
  /** False for what spares no query when it is found: its reads are no hits and no misses. @default true */
  readonly counted?: boolean;
}

/** Loads values by id, from where they are kept; an absent id is absent in the answer. */
export type Load<T> = (missing: readonly string[]) => Promise<ReadonlyMap<string, T>>;

/**
 * Read-through cache in Redis: an optimization, never the only copy of anything. A read that begins after a write has
 * answered never gets what was there before it. See docs/caching.md.
 */
export interface Cache {
  /**
   * Values by id, from Redis or, for what is missing there, from `load`: one caller loads a missing value, others wait
   * briefly for what it found. Absent values are absent in the answer and are not cached (let `T` be nullable and answer
   * null for what shall be). With Redis down or slow, every id is loaded. Not to be called in a transaction that has
   * written: what it loads there is not committed yet.
   */
  readonly readThrough: <T>(
    family: CacheFamily<T>,
    ids: readonly string[],
    load: Load<T>,
  ) => Promise<ReadonlyMap<string, T>>;
  /**
   * Drops values after what they are made of was written; call it after the commit, or let {@link markStale} do so. Never
   * rejects: while Redis does not answer, this process does not read them, and drops them when it answers again.
   */
  readonly invalidate: (family: NamedFamily, ids: readonly string[]) => Promise<void>;
  /** What `transact` calls around the commit of changes that {@link markStale} noted. */
  readonly changes: ChangeGuard;
}

/** Options of {@link createCache}. */
export interface CacheOptions extends Partial<StoreTimes> {
  readonly redis: Redis;
  readonly logger: Logger;
  readonly keyPrefix: string;
  /** Between 0 and 1. @default Math.random */
  readonly random?: () => number;
}

const TIMES: StoreTimes = { leaseMs: 3_000, guardMs: 5_000 };
/** How long reads leave Redis alone after it has failed one: each would wait for its timeout. */
const REST_MS = 1_000;

/** Builds a cache over Redis; keys are `<namespace><service>:<family>:<id>`. */
export function createCache(options: CacheOptions): Cache {
  const { redis, logger, keyPrefix } = options;
  const store = createStore(redis, { ...TIMES, ...options });
  const unsettled = createUnsettled(
    (keys) => store.drop(keys, ''),
    () => redis.status === 'end',
  );
  const drop = async (keys: readonly string[], guard: string): Promise<void> => {
    try {
      // What waits already waits because Redis does not answer; no use in waiting for one more timeout.
      if (unsettled.size() === 0) return await store.drop(keys, guard);
    } catch (error) {
      countError('drop');
      logger.warn({ reason: messageOf(error), keys: keys.length }, 'cached values not dropped yet');
    }
    unsettled.add(keys);
  };
  const deps: ReadDeps = {
    store,
    unsettled,
    waiting: createWaiting(store),
    random: options.random ?? Math.random,
    failed: (operation, error) => {
      countError(operation);
      logger.debug({ reason: messageOf(error), operation }, 'cache skipped');
    },
  };
  const resting = { until: 0 };
  return {
    readThrough: (family, ids, load) => readThrough(deps, resting, { family, ids, load, keyPrefix }),
    invalidate: (family, ids) =>
      drop(
        ids.map((id) => `${keyPrefix}:${entryName(family, id)}`),
        '',
      ),
    changes: {
      begin: async (names) => {
        const keys = [...names].map((name) => `${keyPrefix}:${name}`);
        const guard = randomUUID();
        if (unsettled.size() === 0)
          await store.guard(keys, guard).catch((error: unknown) => deps.failed('guard', error));
        return () => drop(keys, guard);
      },
    },
  };
}

interface ReadDeps {
  readonly store: Store;
  readonly unsettled: Unsettled;
  readonly waiting: Waiting;
  readonly random: () => number;
  readonly failed: (operation: string, error: unknown) => void;
}

interface Read<T> {
  readonly family: CacheFamily<T>;
  readonly ids: readonly string[];
  readonly load: Load<T>;
  readonly keyPrefix: string;
}

async function readThrough<T>(
  deps: ReadDeps,
  resting: { until: number },
  { family, ids, load, keyPrefix }: Read<T>,
): Promise<ReadonlyMap<string, T>> {
  if (ids.length === 0) return new Map();
  const keyOf = (id: string): string => `${keyPrefix}:${entryName(family, id)}`;
  const lease = randomUUID();
  const askable = performance.now() < resting.until ? [] : ids.filter((id) => !deps.unsettled.has(keyOf(id)));
  const entries = await deps.store.take(askable.map(keyOf), lease).catch((error: unknown) => {
    resting.until = performance.now() + REST_MS;
    deps.failed('take', error);
    return [];
  });
  const found = new Map<string, T>();
  const leased: string[] = [];
  const foreign = new Map<string, string>();
  entries.forEach((entry, place) => {
    const id = askable[place] ?? '';
    if (entry.kind === 'value') {
      const value = decodeValue(family, entry.text);
      if (value !== undefined) found.set(id, value);
      else void deps.store.drop([keyOf(id)], '').catch(() => undefined);
    } else if (entry.kind === 'lease') {
      if (entry.lease === lease) leased.push(id);
      else foreign.set(id, entry.lease);
    }
  });
  const own = ids.filter((id) => !found.has(id) && !foreign.has(id));
  const loading = own.length === 0 ? undefined : whoeverLeaves(() => load(own));
  // It is awaited below, after what others load; until then a rejection must not end the process.
  loading?.catch(() => undefined);
  if (loading !== undefined && leased.length > 0)
    storeLoaded(deps, { family, leased, lease, loading, keyOf });
  const waited = await deps.waiting.forValues(family, foreign, keyOf);
  for (const [id, value] of waited) found.set(id, value);
  const late = [...foreign.keys()].filter((id) => !waited.has(id));
  const loaded = [await loading, late.length === 0 ? undefined : await load(late)];
  if (family.counted !== false) countReads(family, { hits: found.size, misses: own.length + late.length });
  for (const values of loaded) for (const [id, value] of values ?? []) found.set(id, value);
  return found;
}

/** Stores what is being loaded, for all, and lets those of this process wait for it. Nobody waits for the storing. */
function storeLoaded<T>(
  { store, waiting, random, failed }: ReadDeps,
  given: {
    readonly family: CacheFamily<T>;
    readonly leased: readonly string[];
    readonly lease: string;
    readonly loading: Promise<ReadonlyMap<string, T>>;
    readonly keyOf: (id: string) => string;
  },
): void {
  const { family, leased, lease, loading, keyOf } = given;
  const end = waiting.share(lease, loading);
  const settle = async (): Promise<void> => {
    const values: ReadonlyMap<string, T> = await loading.catch(() => new Map());
    const stored = leased.map((id) => ({
      key: keyOf(id),
      text: encodeValue(family, values.get(id)),
      ttlMs: Math.round(family.ttlSeconds * 1_000 * (1 - 0.1 * random())),
    }));
    await store.put(lease, stored);
  };
  void settle()
    .catch((error: unknown) => failed('put', error))
    .finally(end);
}
