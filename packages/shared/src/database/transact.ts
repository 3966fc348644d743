import type { DataSource, EntityManager } from 'typeorm';

/** Options of {@link Transact}. */
export interface TransactOptions {
  /** `work` is one statement, which PostgreSQL commits by itself: two round trips less. @default false */
  readonly single?: boolean;
}

/**
 * Runs `work` in one PostgreSQL transaction and, once that has committed, wakes the outbox relay. State and the events
 * that tell of it go through the same `tx`, so either both are there or neither.
 */
export type Transact = <T>(work: (tx: EntityManager) => Promise<T>, options?: TransactOptions) => Promise<T>;

type Listener = (committed: boolean) => void;

const listeners = new WeakMap<EntityManager, Listener[]>();
const changes = new WeakMap<EntityManager, Set<string>>();

/** Surrounds the commit of what {@link noteChange} noted; a cache drops what has become old. Must not throw. */
export interface ChangeGuard {
  /** Before the commit; what it answers is called when the transaction has ended, and `transact` waits for it. */
  readonly begin: (names: ReadonlySet<string>) => Promise<() => Promise<void>>;
}

/** Builds {@link Transact}; `afterCommit` must not throw and must not wait. */
export function createTransact(
  dataSource: DataSource,
  afterCommit: () => void,
  guard?: ChangeGuard,
): Transact {
  return async (work, { single = false } = {}) => {
    const told: Listener[] = [];
    const noted = new Set<string>();
    let end: (() => Promise<void>) | undefined;
    let committed = false;
    const run: typeof work = async (tx) => {
      listeners.set(tx, told);
      changes.set(tx, noted);
      const result = await work(tx);
      if (noted.size > 0) end = await guard?.begin(noted);
      return result;
    };
    try {
      const result = await (single ? withConnection(dataSource, run) : dataSource.transaction(run));
      committed = true;
      afterCommit();
      return result;
    } finally {
      for (const tell of told) tell(committed);
      await end?.();
    }
  };
}

async function withConnection<T>(
  dataSource: DataSource,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.connect();
    return await work(runner.manager);
  } finally {
    await runner.release();
  }
}

/**
 * Calls `listener` once the transaction has ended: with true when it has committed for certain. It must not throw and
 * must not wait.
 * @returns false, and never calls it, when the transaction is not one of {@link createTransact}.
 */
export function onSettled(tx: EntityManager, listener: Listener): boolean {
  const told = listeners.get(tx);
  told?.push(listener);
  return told !== undefined;
}

/**
 * Notes the name of something that the transaction changes, for its {@link ChangeGuard}.
 * @returns false, and notes nothing, when the transaction is not one of {@link createTransact}.
 */
export function noteChange(tx: EntityManager, name: string): boolean {
  const noted = changes.get(tx);
  noted?.add(name);
  return noted !== undefined;
}
