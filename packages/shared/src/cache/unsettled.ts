import { setTimeout as delay } from 'node:timers/promises';

/** Keys whose values should have been dropped from Redis and could not be. */
export interface Unsettled {
  /** True while what Redis holds under the key may be old. */
  readonly has: (key: string) => boolean;
  /** Drops them as soon as Redis answers. */
  readonly add: (keys: readonly string[]) => void;
  readonly size: () => number;
}

/** Beyond this many the oldest are given up: their values are old for as long as their TTL at most. */
const MOST_KEYS = 100_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** @param drop throws while Redis does not answer. @param ended says that it never will again: the process stops. */
export function createUnsettled(
  drop: (keys: readonly string[]) => Promise<void>,
  ended: () => boolean,
): Unsettled {
  /** By key: how often it was added; what was added again while it was being dropped must be dropped again. */
  const keys = new Map<string, number>();
  let running = false;
  const settle = async (): Promise<void> => {
    let pauseMs = FIRST_PAUSE_MS;
    while (keys.size > 0 && !ended()) {
      await delay(pauseMs, undefined, { ref: false });
      const batch = [...keys].slice(0, 1_000);
      try {
        await drop(batch.map(([key]) => key));
      } catch {
        pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
        continue;
      }
      for (const [key, times] of batch) if (keys.get(key) === times) keys.delete(key);
    }
    running = false;
  };
  return {
    has: (key) => keys.size > 0 && keys.has(key),
    size: () => keys.size,
    add: (added) => {
      for (const key of added) keys.set(key, (keys.get(key) ?? 0) + 1);
      for (const key of keys.keys()) {
        if (keys.size <= MOST_KEYS) break;
        keys.delete(key);
      }
      if (running) return;
      running = true;
      void settle();
    },
  };
}
