import type { JsMsg } from '@nats-io/jetstream';
import { untilAborted } from '../resilience/index.ts';

/** A queue that has given a pull nothing for so long is taken to be empty. */
const QUIET_MS = 10;

/** The slots of one kind and lane in one process: each works on one task at a time. */
export interface LaneSlots {
  /**
   * Waits until there are more free slots than pulls, then runs `fetch`; null when it gave nothing, or when `signal` aborts.
   */
  readonly pull: (fetch: () => Promise<JsMsg | null>, signal: AbortSignal) => Promise<JsMsg | null>;
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
  /** Since when each pull waits, in the order of their beginning. */
  const pulls = new Set<{ readonly since: number }>();
  /** The last message said that none is behind it, and a pull has been waiting for more ever since. */
  let drained = false;
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
      while (!signal.aborted && busy + pulls.size >= size) await orAborted(changed.promise, signal);
      if (signal.aborted) return null;
      const pull = { since: performance.now() };
      pulls.add(pull);
      try {
        const message = await fetch();
        if (message !== null) drained = message.info.pending === 0;
        return message;
      } finally {
        pulls.delete(pull);
        if (pulls.size === 0) drained = false;
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
    takeIdle: () => {
      const [oldest] = pulls;
      if (oldest === undefined) return false;
      return (drained || performance.now() - oldest.since >= QUIET_MS) && tryTake();
    },
    release: () => {
      busy -= 1;
      change();
    },
    idle: async () => {
      while (busy > 0) await changed.promise;
    },
  };
}

/** Resolves, too, when the signal aborts: whoever waits looks at it next. */
async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  await untilAborted(promise, signal).catch(() => undefined);
}
