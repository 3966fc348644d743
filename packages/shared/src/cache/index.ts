export { type Cache, type CacheFamily, connectRedis, createCache } from './cache.ts';
