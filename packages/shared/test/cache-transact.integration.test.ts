import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Cache, type CacheFamily, connectRedis, createCache, markStale } from '../src/cache/index.ts';
import { createTransact, type Transact } from '../src/database/index.ts';
import { createLogger } from '../src/telemetry/index.ts';
import { testServers, until } from '../src/testing/index.ts';

const NAMES: CacheFamily<string> = { name: 'names.v1', ttlSeconds: 60, schema: z.string() };
const prefix = `test-${randomUUID()}`;
const key = `${prefix}:names.v1:a`;

describe('what a transaction marks as stale', () => {
  let dataSource: DataSource;
  let redis: Redis;
  let cache: Cache;
  let transact: Transact;

  beforeAll(async () => {
    const { databaseUrl, redisUrl } = testServers();
    dataSource = await new DataSource({ type: 'postgres', url: databaseUrl }).initialize();
    const logger = createLogger({ service: 'test', level: 'silent' });
    redis = connectRedis(redisUrl, logger);
    await until('redis is connected', () => redis.status === 'ready');
    cache = createCache({ redis, logger, keyPrefix: prefix });
    transact = createTransact(dataSource, () => undefined, cache.changes);
  });
  afterAll(async () => {
    redis.disconnect();
    await dataSource.destroy();
  });

  const hold = async (): Promise<void> => {
    await cache.invalidate(NAMES, ['a']);
    await cache.readThrough(NAMES, ['a'], async () => new Map([['a', 'old']]));
    await until('it is cached', async () => (await redis.get(key)) === 'V"old"');
  };

  it.each([false, true])('is gone when the transaction has committed (single: %s)', async (single) => {
    await hold();
    await transact(
      async (tx) => {
        markStale(tx, NAMES, ['a']);
        await tx.query('SELECT 1');
      },
      { single },
    );
    expect(await redis.exists(key)).toBe(0);
  });

  it('is guarded before the commit and not before that', async () => {
    await hold();
    const beginning = Promise.withResolvers<string | null>();
    const slow = createTransact(dataSource, () => undefined, {
      begin: async (names) => {
        const end = await cache.changes.begin(names);
        beginning.resolve(await redis.get(key));
        return end;
      },
    });
    await slow(async (tx) => {
      markStale(tx, NAMES, ['a']);
      await tx.query('SELECT 1');
      expect(await redis.get(key)).toBe('V"old"');
    });
    expect(await beginning.promise).toMatch(/^G/);
    expect(await redis.exists(key)).toBe(0);
  });

  it('stays when the transaction is rolled back', async () => {
    await hold();
    const failing = transact(async (tx) => {
      markStale(tx, NAMES, ['a']);
      await tx.query('SELECT no_such_column');
    });
    await expect(failing).rejects.toThrow(/no_such_column/);
    expect(await redis.get(key)).toBe('V"old"');
  });
});
