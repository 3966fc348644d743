import { Redis } from 'ioredis';
import type { Logger } from '../telemetry/index.ts';

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
