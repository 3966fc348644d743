import { meter } from '../telemetry/index.ts';
import type { NamedFamily } from './stale.ts';

const reads = meter.createCounter('hoerok_cache_reads', {
  description: 'Cache reads, by outcome; a hit did not load anything itself',
});
const waits = meter.createCounter('hoerok_cache_waits', {
  description: 'Reads that found somebody else loading the value, by what came of it',
});
const errors = meter.createCounter('hoerok_cache_errors', {
  description:
    'What Redis failed to do for the cache, values that did not decode, and values too large to store',
});

export function countReads(
  { name }: NamedFamily,
  { hits, misses }: { readonly hits: number; readonly misses: number },
): void {
  if (hits > 0) reads.add(hits, { family: name, outcome: 'hit' });
  if (misses > 0) reads.add(misses, { family: name, outcome: 'miss' });
}

/** `shared`: this process was loading it; `stored`: another stored it; `loaded`: it took too long, or is not there. */
export function countWaits({ name }: NamedFamily, outcome: 'shared' | 'stored' | 'loaded', count = 1): void {
  if (count > 0) waits.add(count, { family: name, outcome });
}

export function countError(operation: string): void {
  errors.add(1, { operation });
}
