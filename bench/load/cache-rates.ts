/** Reads of one family of cached values. */
export interface CacheReads {
  readonly hits: number;
  readonly misses: number;
}

/** Reads by family so far, in all services. */
export async function readCacheRates(
  metricsUrls: Readonly<Record<string, string>>,
): Promise<Map<string, CacheReads>> {
  const texts = await Promise.all(
    Object.values(metricsUrls).map(async (url) => {
      const response = await fetch(new URL('/metrics', url));
      return response.ok ? await response.text() : '';
    }),
  );
  const reads = new Map<string, CacheReads>();
  for (const line of texts.join('\n').split('\n')) {
    if (!line.startsWith('hoerok_cache_reads_total{')) continue;
    // The names of families end in a hash of their columns, which says nothing to a reader.
    const family = (/family="([^"]*)"/.exec(line)?.[1] ?? '').replace(/\.[^.]*$/, '');
    const count = Number(/ (\S+)( \d+)?$/.exec(line)?.[1] ?? 0);
    const { hits, misses } = reads.get(family) ?? { hits: 0, misses: 0 };
    const isHit = line.includes('outcome="hit"');
    reads.set(family, { hits: hits + (isHit ? count : 0), misses: misses + (isHit ? 0 : count) });
  }
  return reads;
}

/** What was read from one reading of the metrics to the next. */
export function readsBetween(
  before: ReadonlyMap<string, CacheReads>,
  after: ReadonlyMap<string, CacheReads>,
): Map<string, CacheReads> {
  return new Map(
    [...after].map(([family, { hits, misses }]) => {
      const earlier = before.get(family) ?? { hits: 0, misses: 0 };
      return [family, { hits: hits - earlier.hits, misses: misses - earlier.misses }];
    }),
  );
}

/** Between 0 and 1; NaN when nothing was read. */
export function hitRate(reads: Iterable<CacheReads>): number {
  let hits = 0;
  let all = 0;
  for (const one of reads) {
    hits += one.hits;
    all += one.hits + one.misses;
  }
  return hits / all;
}
