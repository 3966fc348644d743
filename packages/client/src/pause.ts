/** Exponential backoff with full jitter: a random time up to `baseMs`, up to twice that after another failure, and so on. */
export interface BackoffOptions {
  /** @default 500 */
  readonly baseMs?: number;
  /** @default 15000 */
  readonly capMs?: number;
}

/** Waits until it is time for the next attempt, after `failures` failures in a row. An abort ends the wait at once. */
export type Pause = (failures: number, signal: AbortSignal) => Promise<void>;

/**
 * Builds a pause. All who wait at the same time wait for the same moment, so that one connection is tried for all of them;
 * the timer is gone with the last of them.
 */
export function createPause({ baseMs = 500, capMs = 15_000 }: BackoffOptions): Pause {
  const waiting = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wakeAll = (): void => {
    for (const wake of waiting) wake();
  };
  return async (failures, signal) => {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        if (waiting.size === 0) clearTimeout(timer);
        resolve();
      };
      if (waiting.size === 0)
        timer = setTimeout(wakeAll, Math.random() * Math.min(capMs, baseMs * 2 ** failures));
      waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  };
}
