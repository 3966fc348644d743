export { type BoundedFetchOptions, createBoundedFetch } from './bounded-fetch.ts';
export { createProvider, isProviderFailure, type Provider, type ProviderOptions } from './provider.ts';
export { retryAfterMs } from './retry-after.ts';
export { untilAborted } from './until-aborted.ts';
