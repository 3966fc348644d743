/** One event on its way to one subscriber. */
export interface BufferedEvent {
  /** The object that the event is about. */
  readonly key: string;
  /** The last word of its stream: it is never replaced. */
  readonly terminal: boolean;
}

/** Options of {@link EventBuffer}. */
export interface EventBufferOptions {
  /** How many events may wait. @default 64 */
  readonly capacity?: number;
  /** In a full buffer a newer event replaces an older one of the same object. @default false */
  readonly latestOnly?: boolean;
}

/**
 * What waits for one subscriber, so many at most. One pull at a time. A class, because every open subscription has one: an
 * idle one holds a promise and nothing else.
 */
export class EventBuffer<Event extends BufferedEvent> {
  readonly #capacity: number;
  readonly #latestOnly: boolean;
  #waiting: Event[] | null = null;
  #answer: ((event: Event | null | Promise<never>) => void) | null = null;
  #ended = false;
  #failure: Error | null = null;

  constructor({ capacity = 64, latestOnly = false }: EventBufferOptions = {}) {
    this.#capacity = capacity;
    this.#latestOnly = latestOnly;
  }

  /** False when there is no room: the event is not taken. What comes after the end is taken and forgotten. */
  push(event: Event): boolean {
    if (this.#ended) return true;
    if (this.size() >= this.#capacity && this.#latestOnly)
      this.#waiting = this.#waiting?.filter((older) => older.terminal || older.key !== event.key) ?? null;
    if (this.size() >= this.#capacity) return false;
    (this.#waiting ??= []).push(event);
    this.#settle();
    return true;
  }

  /** The next event; `null` after {@link EventBuffer.end}. Rejects once with the error of `fail`. */
  pull(): Promise<Event | null> {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#settle();
    });
  }

  /** Delivers what waits, then ends. */
  end(): void {
    this.#ended = true;
    this.#settle();
  }

  /** Drops what waits and fails, also a pull that waits. */
  fail(error: Error): void {
    if (!this.#ended || this.size() > 0) this.#close(error);
  }

  /** Ends at once and drops what waits. */
  discard(): void {
    this.#close(null);
  }

  size(): number {
    return this.#waiting?.length ?? 0;
  }

  isOver(): boolean {
    return this.#ended;
  }

  #close(error: Error | null): void {
    this.#waiting = null;
    this.#failure = error;
    this.#ended = true;
    this.#settle();
  }

  #settle(): void {
    const answer = this.#answer;
    if (answer === null) return;
    const next = this.#waiting?.shift();
    if (next === undefined && !this.#ended) return;
    this.#answer = null;
    // Who keeps up has an empty buffer most of the time.
    if (this.#waiting?.length === 0) this.#waiting = null;
    const failure = next === undefined ? this.#failure : null;
    if (failure === null) return answer(next ?? null);
    this.#failure = null;
    answer(Promise.reject(failure));
  }
}
