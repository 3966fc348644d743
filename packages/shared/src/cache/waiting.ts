import { setTimeout as delay } from 'node:timers/promises';
import type { CacheFamily } from './cache.ts';
import { decodeValue } from './encoding.ts';
import { countWaits } from './metrics.ts';
import type { Store } from './store.ts';

/** Lets those who came second wait for what the first is loading. */
export interface Waiting {
  /** What is being loaded under a lease of this process; the answer ends it. */
  readonly share: (lease: string, loading: Promise<ReadonlyMap<string, unknown>>) => () => void;
  /**
   * Values of ids under whose keys others' leases stand, as far as they came within {@link PAUSES_MS}.
   * @throws what loading threw, when this process was loading it.
   */
  readonly forValues: <T>(
    family: CacheFamily<T>,
    leases: ReadonlyMap<string, string>,
    keyOf: (id: string) => string,
  ) => Promise<Map<string, T>>;
}

/** Between looks at what another process loads: 155 ms in all, many times what a query by key takes. */
const PAUSES_MS = [5, 10, 20, 40, 80];

/** Builds {@link Waiting}. */
export function createWaiting(store: Store): Waiting {
  const shared = new Map<string, Promise<ReadonlyMap<string, unknown>>>();
  return {
    share: (lease, loading) => {
      shared.set(lease, loading);
      return () => shared.delete(lease);
    },
    forValues: async <T>(
      family: CacheFamily<T>,
      leases: ReadonlyMap<string, string>,
      keyOf: (id: string) => string,
    ) => {
      const found = new Map<string, T>();
      const elsewhere: string[] = [];
      for (const [id, lease] of leases) {
        const loading = shared.get(lease);
        if (loading === undefined) {
          elsewhere.push(id);
          continue;
        }
        const value = (await loading).get(id);
        // The lease was taken for this family: what is loaded under it is of its type.
        if (value !== undefined) found.set(id, value as T);
        countWaits(family, value === undefined ? 'loaded' : 'shared');
      }
      const stored = await look(store, family, { ids: elsewhere, keyOf });
      for (const [id, value] of stored) found.set(id, value);
      countWaits(family, 'stored', stored.size);
      countWaits(family, 'loaded', elsewhere.length - stored.size);
      return found;
    },
  };
}

/** Looks until each value is there, is not coming any more, or has taken too long. */
async function look<T>(
  store: Store,
  family: CacheFamily<T>,
  { ids, keyOf }: { readonly ids: readonly string[]; readonly keyOf: (id: string) => string },
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  let coming = [...ids];
  for (const pauseMs of PAUSES_MS) {
    if (coming.length === 0) break;
    await delay(pauseMs);
    const entries = await store.peek(coming.map(keyOf)).catch(() => []);
    coming = coming.filter((id, place) => {
      const entry = entries[place];
      if (entry?.kind === 'value') {
        const value = decodeValue(family, entry.text);
        if (value !== undefined) found.set(id, value);
      }
      return entry?.kind === 'lease';
    });
  }
  return found;
}
