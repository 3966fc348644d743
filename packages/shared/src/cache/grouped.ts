import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Cache, CacheFamily, Load } from './cache.ts';
import type { NamedFamily } from './stale.ts';

/** A family of values that become old together, by group: all pages of the list of one meeting. */
export interface GroupedFamily<T> extends CacheFamily<T> {
  /** What becomes old: give it to `markStale` with the ids of groups. */
  readonly group: NamedFamily;
}

/** Which values of a family are wanted. */
export interface WantedParts {
  /** By id of whose part it is, such as a section: its group, such as the transcript; often the same. */
  readonly groups: ReadonlyMap<string, string>;
  /** Which part of each, such as the first page of its list. */
  readonly part: string;
}

/** Reads of values that are kept by group. */
export interface GroupedReads {
  /** The wanted part by id. A group that is marked stale has none of its parts any more. */
  readonly read: <T>(
    family: GroupedFamily<T>,
    wanted: WantedParts,
    load: Load<T>,
  ) => Promise<ReadonlyMap<string, T>>;
}

/**
 * Builds {@link GroupedReads}. Each group has a stamp, a random name that is part of the keys of its values; a stale group
 * loses it, and nobody finds the values of a lost stamp. While the stamp cannot be kept (somebody is writing, Redis is down)
 * each reader has one of its own.
 */
export function createGroupedReads(cache: Cache): GroupedReads {
  return {
    read: async (family, { groups, part }, load) => {
      const all = [...new Set(groups.values())];
      const stamps = await cache.readThrough(stampsOf(family), all, async (missing) => {
        return new Map(missing.map((group) => [group, randomUUID()]));
      });
      const keyOf = (id: string): string => {
        const group = groups.get(id) ?? '';
        return `${group}#${stamps.get(group)}:${id === group ? '' : id}:${part}`;
      };
      const ids = new Map([...groups.keys()].map((id) => [keyOf(id), id]));
      const values = await cache.readThrough(family, [...ids.keys()], async (missing) => {
        const loaded = await load(missing.flatMap((key) => ids.get(key) ?? []));
        return new Map([...loaded].map(([id, value]) => [keyOf(id), value]));
      });
      return new Map([...values].map(([key, value]) => [ids.get(key) ?? '', value]));
    },
  };
}

function stampsOf({ group, ttlSeconds }: GroupedFamily<unknown>): CacheFamily<string> {
  return { name: group.name, ttlSeconds, schema: z.string(), counted: false };
}
