const REMEMBERED = 1_000;

/** The ids of the last thousand events. */
export interface RecentIds {
  /** @returns false when the id is among them already. */
  readonly add: (id: string) => boolean;
}

/** Begins with the id that a stream goes on after, if there is one. */
export function createRecentIds(first: string | null): RecentIds {
  const ids = new Set(first === null ? [] : [first]);
  return {
    add: (id) => {
      if (ids.has(id)) return false;
      ids.add(id);
      const [oldest] = ids;
      if (ids.size > REMEMBERED && oldest !== undefined) ids.delete(oldest);
      return true;
    },
  };
}
