import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type Cache, type CacheFamily, connectRedis, createCache } from '../src/cache/index.ts';
import { createLogger } from '../src/telemetry/index.ts';
import { testServers, until } from '../src/testing/index.ts';

const VERSIONS: CacheFamily<number> = { name: 'versions.v1', ttlSeconds: 60, schema: z.number() };
const logger = createLogger({ service: 'test', level: 'silent' });
const clients: Redis[] = [];
afterAll(() => {
  for (const client of clients) client.disconnect();
});

/** Three processes that read and write rows of one database, with pauses where a race could be. */
class World {
  readonly prefix = `test-${randomUUID()}`;
  /** Committed versions, by id. */
  readonly rows = new Map<string, number>();
  /** The newest version of which a writer has been told that it is written. */
  readonly told = new Map<string, number>();
  readonly problems: string[] = [];
  readonly hits = { count: 0 };
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  readonly pick = <T>(values: readonly T[]): T => {
    const value = values[Math.floor(this.#random() * values.length)];
    if (value === undefined) throw new Error('There is nothing to pick.');
    return value;
  };

  /** Mostly none, sometimes long enough for the others to do a lot. */
  pause(): Promise<void> {
    const ms = this.pick([0, 0, 0, 1, 2, 5]);
    return new Promise((resolve) => (ms === 0 ? setImmediate(resolve) : setTimeout(resolve, ms)));
  }

  async read(cache: Cache, ids: readonly string[]): Promise<void> {
    const known = new Map(ids.map((id) => [id, this.told.get(id) ?? 0]));
    let loaded = 0;
    const found = await cache.readThrough(VERSIONS, ids, async (missing) => {
      loaded += missing.length;
      await this.pause();
      const values = new Map(missing.map((id) => [id, this.rows.get(id) ?? 0]));
      await this.pause();
      return values;
    });
    this.hits.count += ids.length - loaded;
    for (const [id, least] of known) {
      const seen = found.get(id) ?? -1;
      if (seen < least) this.problems.push(`${id}: read ${seen} after ${least} was written`);
    }
  }

  /** A transaction: what `transact` does, with the rows of this world. */
  async write(cache: Cache, id: string, dies: boolean): Promise<void> {
    await this.pause();
    const end = await cache.changes.begin(new Set([`${VERSIONS.name}:${id}`]));
    await this.pause();
    const version = (this.rows.get(id) ?? 0) + 1;
    this.rows.set(id, version);
    await this.pause();
    // The process may die here; then nobody is told, and nothing is dropped.
    if (dies) return;
    await end();
    this.told.set(id, Math.max(this.told.get(id) ?? 0, version));
  }
}

it.each([11, 12, 13, 14, 15, 16, 17, 18])(
  'never reads what was there before a write that has answered, whatever comes between (seed %i)',
  async (seed) => {
    const world = new World(seed);
    const caches = await Promise.all([1, 2, 3].map(() => openCache(world.prefix)));
    const [operator] = clients;
    const ids = ['a', 'b', 'c'];
    const worker = async (cache: Cache): Promise<void> => {
      for (let step = 0; step < 150; step += 1) {
        const what = world.pick(['read', 'read', 'read', 'read', 'write', 'wipe', 'rest'] as const);
        if (what === 'read') await world.read(cache, world.pick([ids, ['a'], ['b'], ['a', 'c']]));
        if (what === 'write')
          await world.write(cache, world.pick(ids), world.pick([false, false, false, true]));
        // Redis evicts, or comes back empty.
        if (what === 'wipe') await operator?.del(`${world.prefix}:${VERSIONS.name}:${world.pick(ids)}`);
        if (what === 'rest') await world.pause();
      }
    };
    await Promise.all(caches.flatMap((cache) => [worker(cache), worker(cache), worker(cache)]));
    expect(world.problems).toEqual([]);
    expect(world.hits.count).toBeGreaterThan(100);
    // A guard that nobody took away ends by itself; what is read from then on is what was written last.
    const [cache] = caches;
    await until('the last version is cached', async () => {
      const found = await cache?.readThrough(VERSIONS, ids, async () => new Map());
      if (found?.size !== ids.length) await cache?.readThrough(VERSIONS, ids, async () => world.rows);
      return found?.size === ids.length && ids.every((id) => found.get(id) === world.rows.get(id));
    });
  },
);

async function openCache(keyPrefix: string): Promise<Cache> {
  const redis = connectRedis(testServers().redisUrl, logger);
  clients.push(redis);
  await until('redis is connected', () => redis.status === 'ready');
  return createCache({ redis, logger, keyPrefix, guardMs: 1_000 });
}

/** Mulberry32: the same numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
