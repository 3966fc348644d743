import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Cache, type CacheFamily, connectRedis, createCache } from '../src/cache/index.ts';
import { createLogger } from '../src/telemetry/index.ts';
import { testServers, until } from '../src/testing/index.ts';
import { openRedisLine } from './redis-line.ts';

type Name = { readonly name: string };
const NAMES: CacheFamily<Name> = { name: 'names.v1', ttlSeconds: 60, schema: z.object({ name: z.string() }) };
const logger = createLogger({ service: 'test', level: 'silent' });
const ADA = new Map([['a', { name: 'Ada' }]]);

/** Rejections that nobody has heard of: they end a process. */
function unhandledRejections(): AsyncDisposable & { readonly reasons: unknown[] } {
  const reasons: unknown[] = [];
  const note = (reason: unknown): void => void reasons.push(reason);
  process.on('unhandledRejection', note);
  return { reasons, [Symbol.asyncDispose]: async () => void process.off('unhandledRejection', note) };
}

describe('the cache', () => {
  const clients: Redis[] = [];
  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

  const open = (url: string, keyPrefix = `test-${randomUUID()}`): Cache => {
    const redis = connectRedis(url, logger);
    clients.push(redis);
    return createCache({ redis, logger, keyPrefix });
  };
  const ready = async (keyPrefix?: string): Promise<Cache> => {
    const cache = open(testServers().redisUrl, keyPrefix);
    await until('redis is connected', () => clients.at(-1)?.status === 'ready');
    return cache;
  };
  const loaderOf = (values: Record<string, string>) => {
    const asked: string[][] = [];
    const load = async (ids: readonly string[]) => {
      asked.push([...ids]);
      return new Map(
        ids.flatMap((id) => (values[id] === undefined ? [] : [[id, { name: values[id] }] as const])),
      );
    };
    return { asked, load };
  };
  const nothing = async (): Promise<Map<string, Name>> => new Map();
  const stored = (cache: Cache, id = 'a', family = NAMES): Promise<true> =>
    until('it is stored', async () => (await cache.readThrough(family, [id], nothing)).has(id));

  it('loads what is missing and remembers it; what does not exist is asked for again', async () => {
    const cache = await ready();
    const { asked, load } = loaderOf({ a: 'Ada', b: 'Ben' });
    expect(await cache.readThrough(NAMES, ['a', 'none'], load)).toEqual(ADA);
    await stored(cache);
    const both = await cache.readThrough(NAMES, ['a', 'b', 'none'], load);
    expect([...both.keys()].sort()).toEqual(['a', 'b']);
    expect(asked).toEqual([
      ['a', 'none'],
      ['b', 'none'],
    ]);
  });

  it('remembers that there is nothing when the family says so', async () => {
    const cache = await ready();
    const maybe: CacheFamily<Name | null> = { ...NAMES, name: 'maybe.v1', schema: NAMES.schema.nullable() };
    const absent = async () => new Map([['a', null]]);
    await cache.readThrough(maybe, ['a'], absent);
    const remembered = await until('it is stored', async () => {
      const { asked, load } = loaderOf({ a: 'Ada' });
      const found = await cache.readThrough(maybe, ['a'], load);
      return asked.length === 0 ? [...found] : undefined;
    });
    expect(remembered).toEqual([['a', null]]);
  });

  it('does not put back a value that was loaded before it was invalidated', async () => {
    const cache = await ready();
    const stale = Promise.withResolvers<void>();
    const reading = cache.readThrough(NAMES, ['a'], async () => {
      await stale.promise;
      return new Map([['a', { name: 'old' }]]);
    });
    await cache.invalidate(NAMES, ['a']);
    const { load } = loaderOf({ a: 'new' });
    const fresh = new Map([['a', { name: 'new' }]]);
    expect(await cache.readThrough(NAMES, ['a'], load)).toEqual(fresh);
    stale.resolve();
    await reading;
    await stored(cache);
    expect(await cache.readThrough(NAMES, ['a'], nothing)).toEqual(fresh);
  });

  it('loads a cold key once, however many ask for it, in this process and in others', async () => {
    const prefix = `test-${randomUUID()}`;
    const caches = await Promise.all([ready(prefix), ready(prefix), ready(prefix)]);
    await until('all are connected', () => clients.every(({ status }) => status === 'ready'));
    const { asked, load } = loaderOf({ a: 'Ada' });
    const slow = async (ids: readonly string[]): Promise<Map<string, Name>> => {
      const values = await load(ids);
      await new Promise((resolve) => setTimeout(resolve, 30));
      return values;
    };
    const answers = await Promise.all(
      caches.flatMap((cache) => Array.from({ length: 30 }, () => cache.readThrough(NAMES, ['a'], slow))),
    );
    expect(answers).toEqual(answers.map(() => ADA));
    expect(asked).toEqual([['a']]);
  });

  it('loads for itself when the process that loads does not come to an end', async () => {
    const prefix = `test-${randomUUID()}`;
    const [stuck, cache] = [await ready(prefix), await ready(prefix)];
    const never = Promise.withResolvers<Map<string, Name>>();
    void stuck.readThrough(NAMES, ['a'], () => never.promise);
    const { load } = loaderOf({ a: 'Ada' });
    await until('the lease is taken', async () => (await clients[0]?.exists(`${prefix}:names.v1:a`)) === 1);
    expect(await cache.readThrough(NAMES, ['a'], load)).toEqual(ADA);
  });

  it('that fails to load while it waits for what another process loads tells its caller, and nobody else', async () => {
    const prefix = `test-${randomUUID()}`;
    const [stuck, cache] = [await ready(prefix), await ready(prefix)];
    const never = Promise.withResolvers<Map<string, Name>>();
    void stuck.readThrough(NAMES, ['a'], () => never.promise);
    await until('the lease is taken', async () => (await clients[0]?.exists(`${prefix}:names.v1:a`)) === 1);
    // Of what is being written nobody takes a lease.
    await using unhandled = unhandledRejections();
    const end = await stuck.changes.begin(new Set(['names.v1:b']));
    const reading = cache.readThrough(NAMES, ['a', 'b'], () => Promise.reject(new Error('no database')));
    await expect(reading).rejects.toThrow('no database');
    await end();
    expect(unhandled.reasons).toEqual([]);
  });

  it('tells all that share a load when it fails, and loads again for the next', async () => {
    const cache = await ready();
    const fail = async (): Promise<Map<string, Name>> => {
      throw new Error('no database');
    };
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => cache.readThrough(NAMES, ['a'], fail)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await cache.readThrough(NAMES, ['a'], loaderOf({ a: 'Ada' }).load)).toEqual(ADA);
  });

  it('takes garbage, and a value of another shape, for a miss and replaces it', async () => {
    const prefix = `test-${randomUUID()}`;
    const cache = await ready(prefix);
    for (const garbage of ['', 'nonsense', 'V', 'V{"name":1}', 'V{"name":', '\u0000\u00ff']) {
      await clients[0]?.set(`${prefix}:names.v1:a`, garbage);
      expect(await cache.readThrough(NAMES, ['a'], loaderOf({ a: 'Ada' }).load)).toEqual(ADA);
      await until('it is replaced', async () => {
        await cache.readThrough(NAMES, ['a'], loaderOf({ a: 'Ada' }).load);
        return (await clients[0]?.get(`${prefix}:names.v1:a`)) === 'V{"name":"Ada"}';
      });
    }
  });

  it('does not store what is too long', async () => {
    const prefix = `test-${randomUUID()}`;
    const cache = await ready(prefix);
    const { load } = loaderOf({ a: 'x'.repeat(200) });
    const read = await cache.readThrough({ ...NAMES, maxChars: 100 }, ['a'], load);
    expect(read.get('a')?.name).toHaveLength(200);
    await until(
      'the lease is given back',
      async () => (await clients[0]?.exists(`${prefix}:names.v1:a`)) === 0,
    );
  });

  it('lets what was loaded together run out at different times', async () => {
    const prefix = `test-${randomUUID()}`;
    const cache = await ready(prefix);
    const ids = Array.from({ length: 40 }, (_, place) => `id-${place}`);
    await cache.readThrough(NAMES, ids, loaderOf(Object.fromEntries(ids.map((id) => [id, id]))).load);
    await stored(cache, 'id-39');
    const left = [];
    for (const id of ids) left.push((await clients[0]?.pttl(`${prefix}:names.v1:${id}`)) ?? 0);
    expect(Math.max(...left)).toBeLessThanOrEqual(60_000);
    expect(Math.min(...left)).toBeGreaterThan(50_000);
    expect(Math.max(...left) - Math.min(...left)).toBeGreaterThan(1_000);
  });

  it('stores nothing between the beginning of a commit and its end, whoever reads', async () => {
    const prefix = `test-${randomUUID()}`;
    const [writer, reader] = [await ready(prefix), await ready(prefix)];
    const end = await writer.changes.begin(new Set(['names.v1:a']));
    const old = loaderOf({ a: 'old' });
    await reader.readThrough(NAMES, ['a'], old.load);
    await reader.readThrough(NAMES, ['a'], old.load);
    expect(old.asked).toHaveLength(2);
    await end();
    expect(await reader.readThrough(NAMES, ['a'], loaderOf({ a: 'Ada' }).load)).toEqual(ADA);
  });

  it('stores nothing while one of two writers has not ended, whichever ends first', async () => {
    const prefix = `test-${randomUUID()}`;
    const cache = await ready(prefix);
    const names = new Set(['names.v1:a']);
    for (const firstEnds of [0, 1]) {
      const ends = [await cache.changes.begin(names), await cache.changes.begin(names)];
      await ends[firstEnds]?.();
      await cache.readThrough(NAMES, ['a'], loaderOf({ a: 'old' }).load);
      expect(await clients[0]?.get(`${prefix}:names.v1:a`)).toMatch(/^G[^@]+@\d+,$/);
      await ends[1 - firstEnds]?.();
      expect(await clients[0]?.exists(`${prefix}:names.v1:a`)).toBe(0);
    }
  });

  it('does not count a guard whose writer has died for longer than it stands', async () => {
    const redis = connectRedis(testServers().redisUrl, logger);
    clients.push(redis);
    await until('redis is connected', () => redis.status === 'ready');
    const cache = createCache({ redis, logger, keyPrefix: `test-${randomUUID()}`, guardMs: 100 });
    const names = new Set(['names.v1:a']);
    await cache.changes.begin(names);
    const diedAt = performance.now();
    await until('it is over', () => performance.now() > diedAt + 100);
    const end = await cache.changes.begin(names);
    await end();
    await cache.readThrough(NAMES, ['a'], loaderOf({ a: 'Ada' }).load);
    await stored(cache);
    expect(await cache.readThrough(NAMES, ['a'], nothing)).toEqual(ADA);
  });

  it('loads everything, and at once, while Redis is down', async () => {
    const cache = open('redis://127.0.0.1:1');
    const { asked, load } = loaderOf({ a: 'Ada' });
    const startedAt = performance.now();
    for (let read = 0; read < 20; read += 1) {
      expect(await cache.readThrough(NAMES, ['a'], load)).toEqual(ADA);
      await cache.invalidate(NAMES, ['a']);
    }
    expect(asked).toHaveLength(20);
    // Each of the 40 commands would take 200 ms if it waited for its timeout.
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('does not wait for a slow Redis with every read', async () => {
    await using line = await openRedisLine(testServers().redisUrl);
    const cache = open(line.url);
    await until('redis is connected', () => clients.at(-1)?.status === 'ready');
    line.set('held');
    const startedAt = performance.now();
    for (let read = 0; read < 20; read += 1)
      expect(await cache.readThrough(NAMES, ['a'], loaderOf({ a: 'Ada' }).load)).toEqual(ADA);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it.each(['held', 'cut'] as const)(
    'drops what was written while its line to Redis was %s, and does not read it until then',
    async (state) => {
      await using line = await openRedisLine(testServers().redisUrl);
      const prefix = `test-${randomUUID()}`;
      const cache = open(line.url, prefix);
      await until('redis is connected', () => clients.at(-1)?.status === 'ready');
      const other = await ready(prefix);
      await other.readThrough(NAMES, ['a'], loaderOf({ a: 'old' }).load);
      await stored(other);
      line.set(state);
      await cache.invalidate(NAMES, ['a']);
      line.set('open');
      expect(await cache.readThrough(NAMES, ['a'], loaderOf({ a: 'Ada' }).load)).toEqual(ADA);
      await until('it is dropped for the others', async () => {
        const found = await other.readThrough(NAMES, ['a'], loaderOf({ a: 'Ada' }).load);
        return found.get('a')?.name === 'Ada';
      });
    },
  );
});
