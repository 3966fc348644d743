import { AppError } from '@hoerok/shared/errors';

/** One event on its way to one subscriber. */
export interface BufferedEvent {
  /** The object that the event is about; a newer event of the same object may stand for an older one. */
  readonly key: string;
  /** The last word of its stream: it is never replaced. */
  readonly terminal: boolean;
}

/** What waits for one subscriber. One pull at a time. */
export interface EventBuffer<Event extends BufferedEvent> {
  readonly push: (event: Event) => void;
  /** The next event; `null` after {@link EventBuffer.end}. Rejects once with the error of `fail`. */
  readonly pull: () => Promise<Event | null>;
  /** Delivers what waits, then ends. */
  readonly end: () => void;
  /** Delivers what waits, then fails. */
  readonly fail: (error: Error) => void;
  /** Ends at once and drops what waits. */
  readonly discard: () => void;
  readonly size: () => number;
}

/** Options of {@link createEventBuffer}. */
export interface EventBufferOptions {
  /** From this many waiting events on, a newer event replaces an older one of the same object. @default 64 */
  readonly coalesceAt?: number;
  /** This many waiting events end the stream with `UNAVAILABLE`: one reader may not fill our memory. @default 4096 */
  readonly limit?: number;
}

/**
 * A bounded buffer for one subscriber. A reader that keeps up gets every event; a slow one gets the newest state of each
 * object and always the last word. Each pull settles on its own, so that an idle subscriber holds one promise only.
 */
export function createEventBuffer<Event extends BufferedEvent>(
  options: EventBufferOptions = {},
): EventBuffer<Event> {
  const { coalesceAt = 64, limit = 4_096 } = options;
  let waiting: Event[] = [];
  let puller: { resolve: (event: Event | null) => void; reject: (error: Error) => void } | undefined;
  let ended = false;
  let failure: Error | undefined;

  function settle(): void {
    if (puller === undefined) return;
    const next = waiting.shift();
    if (next === undefined && !ended) return;
    const { resolve, reject } = puller;
    puller = undefined;
    if (next !== undefined) resolve(next);
    else if (failure === undefined) resolve(null);
    else {
      reject(failure);
      failure = undefined;
    }
  }

  function finish(error?: Error): void {
    if (ended) return;
    ended = true;
    failure = error;
    settle();
  }

  return {
    push: (event) => {
      if (ended) return;
      if (waiting.length >= coalesceAt) {
        waiting = waiting.filter((older) => older.terminal || older.key !== event.key);
      }
      waiting.push(event);
      if (waiting.length > limit) {
        waiting = [];
        const message = 'The stream was read too slowly and has ended; subscribe again to go on.';
        finish(new AppError('UNAVAILABLE', message, { retryable: true }));
      }
      settle();
    },
    pull: async () =>
      await new Promise((resolve, reject) => {
        puller = { resolve, reject };
        settle();
      }),
    end: () => finish(),
    fail: finish,
    discard: () => {
      waiting = [];
      failure = undefined;
      ended = true;
      settle();
    },
    size: () => waiting.length,
  };
}
