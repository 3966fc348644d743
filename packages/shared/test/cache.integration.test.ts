import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Cache, connectRedis, createCache } from '../src/cache/index.ts';
import { createLogger } from '../src/telemetry/index.ts';
import { testServers, until } from '../src/testing/index.ts';

const NAMES = { name: 'names.v1', ttlSeconds: 60, schema: z.object({ name: z.string() }) };
const logger = createLogger({ service: 'test', level: 'silent' });

describe('the cache', () => {
  let redis: Redis | undefined;
  afterEach(() => redis?.disconnect());

  const open = (url: string): Cache => {
    redis = connectRedis(url, logger);
    return createCache({ redis, logger, keyPrefix: `test-${randomUUID()}` });
  };
  const ready = async (): Promise<Cache> => {
    const cache = open(testServers().redisUrl);
    await until('redis is connected', () => redis?.status === 'ready');
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

  it('loads what is missing and remembers it; what does not exist is asked for again', async () => {
    const cache = await ready();
    const { asked, load } = loaderOf({ a: 'Ada', b: 'Ben' });
    expect(await cache.readThrough(NAMES, ['a', 'none'], load)).toEqual(new Map([['a', { name: 'Ada' }]]));
    await until('it is stored', async () => {
      const { asked: missed, load: count } = loaderOf({});
      await cache.readThrough(NAMES, ['a'], count);
      return missed.length === 0;
    });
    const both = await cache.readThrough(NAMES, ['a', 'b', 'none'], load);
    expect([...both.keys()]).toEqual(['a', 'b']);
    expect(asked).toEqual([
      ['a', 'none'],
      ['b', 'none'],
    ]);
  });

  it('does not put back a value that was loaded before it was invalidated', async () => {
    const cache = await ready();
    const stale = Promise.withResolvers<void>();
    const reading = cache.readThrough(NAMES, ['a'], async () => {
      await stale.promise;
      return new Map([['a', { name: 'old' }]]);
    });
    await cache.invalidate(NAMES, ['a']);
    stale.resolve();
    await reading;
    const { load } = loaderOf({ a: 'new' });
    expect(await cache.readThrough(NAMES, ['a'], load)).toEqual(new Map([['a', { name: 'new' }]]));
  });

  it('takes a value of another shape for a miss', async () => {
    const cache = await ready();
    const other = { ...NAMES, schema: z.object({ name: z.number() }) };
    await cache.readThrough(other, ['a'], async () => new Map([['a', { name: 1 }]]));
    const { load } = loaderOf({ a: 'Ada' });
    expect(await cache.readThrough(NAMES, ['a'], load)).toEqual(new Map([['a', { name: 'Ada' }]]));
  });

  it('loads everything, and at once, while Redis is down', async () => {
    const cache = open('redis://127.0.0.1:1');
    const { asked, load } = loaderOf({ a: 'Ada' });
    const startedAt = performance.now();
    for (let read = 0; read < 20; read += 1) {
      expect(await cache.readThrough(NAMES, ['a'], load)).toEqual(new Map([['a', { name: 'Ada' }]]));
      await cache.invalidate(NAMES, ['a']);
    }
    expect(asked).toHaveLength(20);
    // Each of the 40 commands would take 200 ms if it waited for its timeout.
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
