/** How {@link leavable} reads and is left. */
export interface LeavableSteps<Item> {
  readonly next: () => Promise<IteratorResult<Item, undefined>>;
  /** The loop was left before its end. */
  readonly leave: () => void;
}

/**
 * An async iterator that can be left while it waits. Generators cannot: one that waits for its next event goes on waiting,
 * so a quiet stream would stay subscribed.
 */
export function leavable<Item>({ next, leave }: LeavableSteps<Item>): AsyncIterableIterator<Item> {
  const iterator: AsyncIterableIterator<Item> = {
    next,
    return: async () => {
      leave();
      return { done: true, value: undefined };
    },
    throw: async (error) => {
      leave();
      throw error;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
