/** One page of what belongs to an owner: up to one row more than asked for, and the count of all. */
export interface OwnedPage<T> {
  readonly ownerId: string;
  readonly rows: readonly T[];
  readonly total: number;
}

/** Puts rows and counts of many owners together; an owner without any has an empty page. */
export function ownedPages<T>(
  ownerIds: readonly string[],
  found: {
    readonly rows: readonly T[];
    readonly ownerOf: (row: T) => string;
    readonly totals: readonly { readonly ownerId: string; readonly total: number }[];
  },
): OwnedPage<T>[] {
  const byOwner = Map.groupBy(found.rows, found.ownerOf);
  const totals = new Map(found.totals.map(({ ownerId, total }) => [ownerId, total]));
  return ownerIds.map((ownerId) => {
    return { ownerId, rows: byOwner.get(ownerId) ?? [], total: totals.get(ownerId) ?? 0 };
  });
}
