import type pg from 'pg';
import type { EntityManager } from 'typeorm';

const names = new Map<string, string>();

/**
 * Runs a statement as a prepared one, so that PostgreSQL parses and plans it once for each connection. For the few
 * statements that every task and event passes through: `sql` must be one of a fixed set. A read outside a transaction has
 * no connection of its own and goes the ordinary way.
 * @returns the rows that it gives back.
 */
export async function queryPrepared<Row>(
  tx: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  if (tx.queryRunner === undefined) return await tx.query(sql, [...parameters]);
  const client = (await tx.queryRunner.connect()) as pg.PoolClient;
  const name = names.get(sql) ?? `hoerok_${names.size}`;
  names.set(sql, name);
  const { rows } = await client.query({ name, text: sql, values: [...parameters] });
  return rows as Row[];
}
