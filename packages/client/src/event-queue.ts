import type { HoerokError } from './hoerok-error.ts';
import { leavable } from './leavable-iterator.ts';

/** Items on their way to one loop. */
export interface EventQueue<Item> {
  readonly push: (item: Item) => void;
  /** How many wait. */
  readonly size: () => number;
  /** Delivers what waits, then ends; with an error, then throws it. */
  readonly end: (error?: HoerokError) => void;
  /** Leaves the loop from outside: what waits is dropped. */
  readonly leave: () => void;
  readonly items: AsyncIterableIterator<Item>;
}

/** What {@link createEventQueue} needs. */
export interface EventQueueOptions {
  /** The first item is asked for. */
  readonly onStart: () => void;
  /** The last waiting item was taken. */
  readonly onDrained: () => void;
  /** Nobody reads any more; called once, at whichever end. */
  readonly onEnd: () => void;
}

interface Puller<Item> {
  readonly resolve: (result: IteratorResult<Item, undefined>) => void;
  readonly reject: (error: HoerokError) => void;
}

/** A queue that is read as an async iterator, by one loop. */
export function createEventQueue<Item>(options: EventQueueOptions): EventQueue<Item> {
  const pullers: Puller<Item>[] = [];
  let waiting: Item[] = [];
  let started = false;
  let ended = false;
  let failure: HoerokError | null = null;

  function settle(): void {
    while (pullers.length > 0 && (waiting.length > 0 || ended)) {
      const puller = pullers.shift() as Puller<Item>;
      const isItem = waiting.length > 0;
      const item = waiting.shift() as Item;
      if (isItem) {
        puller.resolve({ done: false, value: item });
        if (waiting.length === 0 && !ended) options.onDrained();
      } else if (failure === null) puller.resolve({ done: true, value: undefined });
      else {
        puller.reject(failure);
        failure = null;
      }
    }
  }

  function end(error?: HoerokError): void {
    if (ended) return;
    ended = true;
    failure = error ?? null;
    options.onEnd();
    settle();
  }

  function leave(): void {
    waiting = [];
    failure = null;
    end();
  }

  function next(): Promise<IteratorResult<Item, undefined>> {
    return new Promise((resolve, reject) => {
      pullers.push({ resolve, reject });
      if (!started && !ended) {
        started = true;
        options.onStart();
      }
      settle();
    });
  }

  return {
    push: (item) => {
      if (ended) return;
      waiting.push(item);
      settle();
    },
    size: () => waiting.length,
    end,
    leave,
    items: leavable({ next, leave }),
  };
}
