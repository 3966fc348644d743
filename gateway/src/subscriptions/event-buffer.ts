/** One event on its way to one subscriber. */
export interface BufferedEvent {
  /** The object that the event is about. */
  readonly key: string;
  /** The last word of its stream: it is never replaced. */
  readonly terminal: boolean;
}

/** What waits for one subscriber. One pull at a time. */
export interface EventBuffer<Event extends BufferedEvent> {
  /** False when there is no room: the event is not taken. What comes after the end is taken and forgotten. */
  readonly push: (event: Event) => boolean;
  /** The next event; `null` after {@link EventBuffer.end}. Rejects once with the error of `fail`. */
  readonly pull: () => Promise<Event | null>;
  /** Delivers what waits, then ends. */
  readonly end: () => void;
  /** Drops what waits and fails, also a pull that waits. */
  readonly fail: (error: Error) => void;
  /** Ends at once and drops what waits. */
  readonly discard: () => void;
  readonly size: () => number;
  readonly isOver: () => boolean;
}

/** Options of {@link createEventBuffer}. */
export interface EventBufferOptions {
  /** How many events may wait. @default 64 */
  readonly capacity?: number;
  /** In a full buffer a newer event replaces an older one of the same object. @default false */
  readonly latestOnly?: boolean;
}

/** A bounded buffer for one subscriber. Each pull settles on its own, so that an idle subscriber holds one promise only. */
export function createEventBuffer<Event extends BufferedEvent>(
  options: EventBufferOptions = {},
): EventBuffer<Event> {
  const { capacity = 64, latestOnly = false } = options;
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

  function close(error?: Error): void {
    waiting = [];
    failure = error;
    ended = true;
    settle();
  }

  return {
    push: (event) => {
      if (ended) return true;
      if (waiting.length >= capacity && latestOnly)
        waiting = waiting.filter((older) => older.terminal || older.key !== event.key);
      if (waiting.length >= capacity) return false;
      waiting.push(event);
      settle();
      return true;
    },
    pull: async () =>
      await new Promise((resolve, reject) => {
        puller = { resolve, reject };
        settle();
      }),
    end: () => {
      ended = true;
      settle();
    },
    fail: (error) => {
      if (!ended || waiting.length > 0) close(error);
    },
    discard: () => close(),
    size: () => waiting.length,
    isOver: () => ended,
  };
}
