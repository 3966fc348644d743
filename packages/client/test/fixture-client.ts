import { type ClientOptions, createClient, type HoerokClient, type Task } from '@hoerok/client';

/** A client that does not wait long. */
export function quickClient(url: string, options: Omit<ClientOptions, 'url'> = {}): HoerokClient {
  return createClient({ url, backoff: { baseMs: 20, capMs: 100 }, ...options });
}

/** What a loop has read so far. */
export interface Reading<Item> {
  readonly items: Item[];
  /** Settles with the loop. */
  readonly over: Promise<void>;
}

/** Reads a stream in a loop of its own. */
export function read<Item>(events: AsyncIterable<Item>, each?: (item: Item) => Promise<void>): Reading<Item> {
  const items: Item[] = [];
  async function loop(): Promise<void> {
    for await (const item of events) {
      items.push(item);
      await each?.(item);
    }
  }
  const over = loop();
  // Who awaits it is told all the same.
  over.catch(() => undefined);
  return { items, over };
}

/** The revisions of tasks. */
export function revisions(tasks: readonly Pick<Task, 'revision'>[]): number[] {
  return tasks.map(({ revision }) => revision);
}

/** 1 to `last`. */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

/** Counts the sockets that a client opens. */
export function countSockets(): { readonly webSocketImpl: typeof WebSocket; readonly opened: () => number } {
  let opened = 0;
  class CountedSocket extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      opened += 1;
    }
  }
  return { webSocketImpl: CountedSocket, opened: () => opened };
}
