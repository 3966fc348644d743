/** What waits for one reader, in order and never more than the limits allow. One pull at a time. */
export interface BoundedQueue<Item> {
  /** Takes an item; false when it does not fit, and then it is not kept. The first item always fits. */
  readonly push: (item: Item, bytes: number) => boolean;
  /** The next item; `null` at the end. Rejects once with the error of `finish`. */
  readonly pull: () => Promise<Item | null>;
  /** Delivers what waits, then ends, with an error if one is given. Only the first call counts. */
  readonly finish: (error?: Error) => void;
  /** Ends at once, also while a pull waits, and drops what waits. */
  readonly discard: () => void;
}

/** Options of {@link createBoundedQueue}. */
export interface QueueLimits {
  readonly maxItems: number;
  readonly maxBytes: number;
}

/** A queue between a source that cannot be held up and a reader that may be slow. */
export function createBoundedQueue<Item>({ maxItems, maxBytes }: QueueLimits): BoundedQueue<Item> {
  let waiting: { readonly item: Item; readonly bytes: number }[] = [];
  let waitingBytes = 0;
  let puller: { resolve: (item: Item | null) => void; reject: (error: Error) => void } | undefined;
  let ended = false;
  let failure: Error | undefined;

  function settle(): void {
    if (puller === undefined) return;
    const next = waiting.shift();
    if (next === undefined && !ended) return;
    const { resolve, reject } = puller;
    puller = undefined;
    if (next !== undefined) {
      waitingBytes -= next.bytes;
      resolve(next.item);
    } else if (failure === undefined) resolve(null);
    else {
      reject(failure);
      failure = undefined;
    }
  }

  return {
    push: (item, bytes) => {
      if (ended) return true;
      const full = waiting.length >= maxItems || waitingBytes + bytes > maxBytes;
      if (full && waiting.length > 0) return false;
      waiting.push({ item, bytes });
      waitingBytes += bytes;
      settle();
      return true;
    },
    pull: async () =>
      await new Promise((resolve, reject) => {
        puller = { resolve, reject };
        settle();
      }),
    finish: (error) => {
      if (ended) return;
      ended = true;
      failure = error;
      settle();
    },
    discard: () => {
      waiting = [];
      waitingBytes = 0;
      failure = undefined;
      ended = true;
      settle();
    },
  };
}
