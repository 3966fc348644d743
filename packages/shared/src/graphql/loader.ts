import DataLoader from 'dataloader';

/** A per-request loader: asks for all ids of one tick at once and answers null for those that are not there. */
export type Loader<T> = DataLoader<string, T | null>;

/** Builds a loader from a query that takes many ids; `idOf` says which id a row answers. */
export function createLoader<T>(
  query: (ids: readonly string[]) => Promise<readonly T[]>,
  idOf: (row: T) => string,
): Loader<T> {
  return new DataLoader(async (ids) => {
    const byId = new Map((await query(ids)).map((row) => [idOf(row), row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** Builds a loader for what belongs to an owner: all rows of each owner, empty when there are none. */
export function createGroupLoader<T>(
  query: (ownerIds: readonly string[]) => Promise<readonly T[]>,
  ownerIdOf: (row: T) => string,
): DataLoader<string, readonly T[]> {
  return new DataLoader(async (ids) => {
    const groups = Map.groupBy(await query(ids), ownerIdOf);
    return ids.map((id) => groups.get(id) ?? []);
  });
}
