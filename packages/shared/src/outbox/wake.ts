/** A latch: a signal that comes while nobody waits is kept until the next {@link Wake.reset}. */
export interface Wake {
  readonly signal: () => void;
  readonly reset: () => void;
  /** Resolves at the next signal, or at once when there was one since the last reset, or after `timeoutMs`. */
  readonly wait: (timeoutMs: number) => Promise<void>;
}

/** Builds a {@link Wake} for one waiter. */
export function createWake(): Wake {
  let signalled = false;
  let waiting: (() => void) | undefined;
  return {
    signal: () => {
      signalled = true;
      waiting?.();
    },
    reset: () => {
      signalled = false;
    },
    wait: async (timeoutMs) => {
      if (signalled) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting = resolve;
      const timer = setTimeout(resolve, timeoutMs);
      await promise;
      clearTimeout(timer);
      waiting = undefined;
    },
  };
}
