import type { Page } from '@hoerok/shared/graphql';
import type { EntityManager, EntitySchema, ObjectLiteral } from 'typeorm';
import { type OwnedPage, ownedPages } from './owned-page.ts';

/** A table whose rows belong to owners and have one order in each; owner and place together are unique. */
export interface OwnedTable<T extends ObjectLiteral> {
  readonly schema: EntitySchema<T>;
  readonly table: string;
  readonly ownerColumn: string;
  readonly ownerOf: (row: T) => string;
  /** The column that orders them, and its type. */
  readonly placeColumn: string;
  readonly placeType: 'integer' | 'text';
  /** The field of `T` that it is mapped to. */
  readonly placeField: string & keyof T;
}

/** The same page of several owners, in order; two queries however many there are. */
export async function pagesOfOwners<T extends ObjectLiteral>(
  tx: EntityManager,
  table: OwnedTable<T>,
  wanted: { readonly workspaceId: string; readonly ownerIds: readonly string[]; readonly page: Page },
): Promise<OwnedPage<T>[]> {
  const { workspaceId, ownerIds, page } = wanted;
  const owners = [...ownerIds];
  const rows = await tx
    .createQueryBuilder(table.schema, 'r')
    .where({ workspaceId })
    .andWhere(`(r.${table.ownerColumn}, r.${table.placeColumn}) IN (${places(table)})`, {
      owners,
      after: page.after?.[0] ?? null,
      limit: page.limit + 1,
    })
    .orderBy(`r.${table.placeField}`, 'ASC')
    .getMany();
  const totals: { ownerId: string; total: number }[] = await tx.query(
    `SELECT ${table.ownerColumn} AS "ownerId", count(*)::int AS total FROM ${table.table}
     WHERE workspace_id = $1 AND ${table.ownerColumn} = ANY($2) GROUP BY ${table.ownerColumn}`,
    [workspaceId, owners],
  );
  return ownedPages(owners, { rows, totals, ownerOf: table.ownerOf });
}

function places<T extends ObjectLiteral>({
  table,
  ownerColumn,
  placeColumn,
  placeType,
}: OwnedTable<T>): string {
  return `SELECT p.owner, p.place FROM unnest(:owners::text[]) o(id) CROSS JOIN LATERAL (
    SELECT x.${ownerColumn} AS owner, x.${placeColumn} AS place FROM ${table} x
    WHERE x.${ownerColumn} = o.id AND (:after::${placeType} IS NULL OR x.${placeColumn} > :after::${placeType})
    ORDER BY x.${placeColumn} LIMIT :limit) p`;
}
