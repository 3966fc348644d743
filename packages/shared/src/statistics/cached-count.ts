import { z } from 'zod';
import {
  type Cache,
  createGroupedReads,
  type GroupedFamily,
  markStale,
  type NamedFamily,
} from '../cache/index.ts';
import type { EntityManager } from 'typeorm';
import type { StatisticsSpan } from './statistics-span.ts';

const NUMBERS: NamedFamily = { name: 'workspace-numbers.v1' };
const FIVE_MINUTES = 5 * 60;

/** For whoever writes a row that is counted in the statistics of its workspace. */
export function statisticsChanged(tx: EntityManager, workspaceId: string): void {
  markStale(tx, NUMBERS, [workspaceId]);
}

/**
 * Statistics through the cache, by workspace and span; {@link statisticsChanged} makes those of a workspace old. What depends
 * on the clock as well, such as what is overdue, may be five minutes old.
 * @param name of the family; another one when the fields change.
 */
export function cachedCount<T extends object>(
  cache: Cache,
  name: string,
  count: (span: StatisticsSpan) => Promise<T>,
): (span: StatisticsSpan) => Promise<T> {
  const grouped = createGroupedReads(cache);
  const numbers = z.record(z.string(), z.number().nullable());
  const family: GroupedFamily<T> = {
    name,
    group: NUMBERS,
    ttlSeconds: FIVE_MINUTES,
    // Statistics are numbers by name; which names there are is the family's affair.
    schema: numbers as unknown as z.ZodType<T>,
  };
  return async (span) => {
    const { workspaceId, from, to } = span;
    const wanted = {
      groups: new Map([[workspaceId, workspaceId]]),
      part: `${from.getTime()}-${to.getTime()}`,
    };
    const load = async (): Promise<Map<string, T>> => new Map([[workspaceId, await count(span)]]);
    const found = await grouped.read(family, wanted, load);
    return found.get(workspaceId) ?? (await count(span));
  };
}
