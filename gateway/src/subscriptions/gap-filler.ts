import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import type { EventStore } from './event-store.ts';
import type { StoredEvent } from './stored-event.ts';

const RETRY_MS = [100, 250, 500, 1_000, 2_000];

/** Reads missed events of one subject from the streams. */
export interface GapFiller {
  /**
   * Reads everything after what has been seen, trying again until it succeeds; then calls `done` with how far each
   * stream was read. A second call, or `stop`, ends the first without `done`.
   */
  readonly fill: (done: (filled: ReadonlyMap<string, number>) => void) => void;
  readonly stop: () => void;
}

/** What {@link createGapFiller} needs. */
export interface GapFillerDeps {
  readonly subject: string;
  readonly store: EventStore;
  /** The highest sequence seen of each stream; events accepted move it. */
  readonly seen: Map<string, number>;
  readonly accept: (event: StoredEvent) => void;
  readonly logger: Logger;
}

/** Builds the filler of one subject. */
export function createGapFiller({ subject, store, seen, accept, logger }: GapFillerDeps): GapFiller {
  let current: symbol | null = null;

  async function fillStream(stream: string, from: number, mine: symbol): Promise<number> {
    let next = from;
    while (current === mine) {
      const event = await store.next(stream, subject, next);
      if (event === null || current !== mine) break;
      accept(event);
      next = event.sequence + 1;
    }
    return next - 1;
  }

  async function fillAll(mine: symbol): Promise<ReadonlyMap<string, number>> {
    const filled = new Map<string, number>();
    for (const [stream, head] of await store.heads(subject)) {
      const known = seen.get(stream) ?? 0;
      // A stream that has gone backwards was made anew; everything in it is news.
      if (head < known) seen.set(stream, 0);
      const from = (head < known ? 0 : known) + 1;
      if (head >= from) filled.set(stream, await fillStream(stream, from, mine));
    }
    return filled;
  }

  async function run(mine: symbol, done: (filled: ReadonlyMap<string, number>) => void): Promise<void> {
    for (let attempt = 0; current === mine; attempt += 1) {
      try {
        const filled = await fillAll(mine);
        if (current === mine) done(filled);
        return;
      } catch (error) {
        logger.warn({ subject, reason: messageOf(error) }, 'Missed events cannot be read yet; trying again.');
        await delay(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)], undefined, { ref: false });
      }
    }
  }

  return {
    fill: (done) => {
      const mine = Symbol('filling');
      current = mine;
      void run(mine, done);
    },
    stop: () => {
      current = null;
    },
  };
}
