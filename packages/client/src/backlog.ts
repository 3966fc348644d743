/** So many times the limit may come in one go. */
const BURST = 16;

/** Tells a reader who is slow from events that came in one go. */
export interface Backlog {
  /** To be called after each event. */
  readonly check: () => void;
  readonly stop: () => void;
}

/**
 * Calls `onSlow` when `size()` stays at `limit` or above. What one packet brings is there before any loop gets to read it, so
 * only what still waits after that counts; but 16 times the limit is too much at once.
 */
export function watchBacklog(size: () => number, limit: number, onSlow: () => void): Backlog {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  function decide(): void {
    stop();
    if (size() >= limit) onSlow();
  }

  return {
    stop,
    check: () => {
      if (size() >= limit * BURST) decide();
      else if (size() >= limit) timer ??= setTimeout(decide, 0);
    },
  };
}
