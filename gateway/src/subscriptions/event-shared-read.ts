import { setTimeout as delay } from 'node:timers/promises';

/** Options of {@link shareReads}. */
export interface SharedReadOptions {
  /** Reads of a key begin at least this many milliseconds apart. @default 0 */
  readonly paceMs?: number;
}

/**
 * Lets callers share reads by key. Who asks while one is under way gets the next one, which begins after the question: the
 * answer is never older than the question. However many ask, one read of a key is under way at a time.
 */
export function shareReads<T>(
  read: (key: string) => Promise<T>,
  { paceMs = 0 }: SharedReadOptions = {},
): (key: string) => Promise<T> {
  const running = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Promise<T>>();

  function start(key: string): Promise<T> {
    const result = read(key);
    const turn = Promise.allSettled([result, paceMs > 0 ? delay(paceMs, undefined, { ref: false }) : null]);
    running.set(key, turn);
    void turn.then(() => {
      if (running.get(key) === turn) running.delete(key);
    });
    return result;
  }

  return async (key) => {
    const current = running.get(key);
    if (current === undefined) return await start(key);
    let next = waiting.get(key);
    if (next === undefined) {
      const go = async (): Promise<T> => {
        waiting.delete(key);
        return await start(key);
      };
      next = current.then(go);
      waiting.set(key, next);
    }
    return await next;
  };
}
