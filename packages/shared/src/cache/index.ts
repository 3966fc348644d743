export { type Cache, type CacheFamily, createCache, type Load } from './cache.ts';
export { connectRedis } from './connect-redis.ts';
export { createGroupedReads, type GroupedFamily, type GroupedReads, type WantedParts } from './grouped.ts';
export { rowFamilyName, rowSchema } from './row-schema.ts';
export { entryName, markStale, type NamedFamily, tenantKey } from './stale.ts';
