/** A queue that has given nothing for so long is taken to be empty. */
const QUIET_MS = 50;

/** The slots of one kind and lane in one process: each works on one task at a time. */
export interface LaneSlots {
  /**
   * Waits until there are more free slots than pulls, then runs `fetch`; null when it gave nothing, or when `signal` aborts.
   */
  readonly pull: <T>(fetch: () => Promise<T | null>, signal: AbortSignal) => Promise<T | null>;
  /** Takes a slot, as soon as there is one; false when `signal` aborts first. */
  readonly take: (signal: AbortSignal) => Promise<boolean>;
  /**
   * Takes a slot for a task that is not in the queue: only when one is free and the queue, which goes first, is empty as far
   * as the pulls tell.
   */
  readonly takeIdle: () => boolean;
  readonly release: () => void;
  /** Resolves once every slot is free. */
  readonly idle: () => Promise<void>;
}

/** Builds `size` slots, all free. */
export function createLaneSlots(size: number): LaneSlots {
  let busy = 0;
  let pulling = 0;
  let quietSince = Infinity;
  let changed = Promise.withResolvers<void>();
  const change = (): void => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const tryTake = (): boolean => {
    if (busy >= size) return false;
    busy += 1;
    return true;
  };
  return {
    pull: async (fetch, signal) => {
      while (!signal.aborted && busy + pulling >= size) await orAborted(changed.promise, signal);
      if (signal.aborted) return null;
      pulling += 1;
      quietSince = Math.min(quietSince, performance.now());
      try {
        const message = await fetch();
        if (message !== null) quietSince = performance.now();
        return message;
      } finally {
        pulling -= 1;
        change();
      }
    },
    take: async (signal) => {
      while (!signal.aborted) {
        if (tryTake()) return true;
        await orAborted(changed.promise, signal);
      }
      return false;
    },
    takeIdle: () => pulling > 0 && performance.now() - quietSince >= QUIET_MS && tryTake(),
    release: () => {
      busy -= 1;
      change();
    },
    idle: async () => {
      while (busy > 0) await changed.promise;
    },
  };
}

async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>();
  const onAbort = (): void => aborted.resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  await Promise.race([promise, aborted.promise]);
  signal.removeEventListener('abort', onAbort);
}
