import type { EntityManager, EntitySchema, ObjectLiteral } from 'typeorm';

/** PostgreSQL takes 65,535 parameters in one statement, and no table of ours has more than 60 columns. */
const AT_ONCE = 1_000;

/** Inserts rows, however many, in statements that PostgreSQL takes; none at all is nothing to do. */
export async function insertRows<T extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntitySchema<T>,
  rows: readonly T[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await tx.insert(entity, rows.slice(from, from + AT_ONCE));
}
