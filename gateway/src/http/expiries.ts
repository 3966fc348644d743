/** Something that ends at a point in time. */
export interface Expirable {
  /** Called once when that time has come. */
  expire(): void;
}

/** Ends things in time; those that end at the same instant share a timer. Tokens end at whole seconds. */
export interface Expiries {
  /** @param atMs milliseconds since the epoch */
  readonly add: (atMs: number, expirable: Expirable) => void;
  readonly remove: (atMs: number, expirable: Expirable) => void;
}

interface Instant {
  readonly ending: Set<Expirable>;
  readonly timer: NodeJS.Timeout;
}

/** Keeps what is to end. */
export function createExpiries(): Expiries {
  const instants = new Map<number, Instant>();

  function open(atMs: number): Instant {
    const ending = new Set<Expirable>();
    const end = (): void => {
      instants.delete(atMs);
      for (const expirable of ending) expirable.expire();
    };
    const instant = { ending, timer: setTimeout(end, Math.max(0, atMs - Date.now())) };
    instants.set(atMs, instant);
    return instant;
  }

  return {
    add: (atMs, expirable) => void (instants.get(atMs) ?? open(atMs)).ending.add(expirable),
    remove: (atMs, expirable) => {
      const instant = instants.get(atMs);
      if (instant === undefined) return;
      instant.ending.delete(expirable);
      if (instant.ending.size > 0) return;
      clearTimeout(instant.timer);
      instants.delete(atMs);
    },
  };
}
