import type { DataSource, EntityManager } from 'typeorm';

/**
 * Runs `work` in one PostgreSQL transaction and, once that has committed, wakes the outbox relay. State and the events
 * that tell of it go through the same `tx`, so either both are there or neither.
 */
export type Transact = <T>(work: (tx: EntityManager) => Promise<T>) => Promise<T>;

/** Builds {@link Transact}; `afterCommit` must not throw and must not wait. */
export function createTransact(dataSource: DataSource, afterCommit: () => void): Transact {
  return async (work) => {
    const result = await dataSource.transaction(work);
    afterCommit();
    return result;
  };
}
