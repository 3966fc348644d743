import type { EntityManager } from 'typeorm';

/**
 * Makes everybody else who wants the same name in this database wait until the transaction ends: for rows that are not there
 * yet, and so cannot be locked.
 */
export async function holdName(tx: EntityManager, name: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}
