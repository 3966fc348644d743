/** Says whether queries to one origin may queue on its connections, where a slow answer holds up those behind it. */
export interface Queueing {
  readonly isAllowed: (now: number) => boolean;
  readonly answered: (now: number) => void;
  /** Whether the origin has answered others just now; if not, it is not the queue that a query waits for. */
  readonly isAnswering: (now: number) => boolean;
  /** Queries were held up by others. */
  readonly stalled: (now: number) => void;
}

/** After this time without an answer it is time to look what a query on a shared connection waits for. */
export const STALL_MS = 100;
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Pauses after a stall, twice as long each time that it happens again; `now` is of any monotonic clock. */
export function createQueueing(): Queueing {
  let pauseMs = SHORTEST_PAUSE_MS;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let answeredAt = Number.NEGATIVE_INFINITY;
  return {
    answered: (now) => (answeredAt = now),
    isAnswering: (now) => now - answeredAt < STALL_MS / 2,
    isAllowed: (now) => now >= pausedUntil,
    stalled: (now) => {
      // Those that wait behind the same answer tell of it as well.
      if (now < pausedUntil) return;
      const isAgain = now - pausedUntil < LONGEST_PAUSE_MS;
      pauseMs = isAgain ? Math.min(2 * pauseMs, LONGEST_PAUSE_MS) : SHORTEST_PAUSE_MS;
      pausedUntil = now + pauseMs;
    },
  };
}
