import { messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import type { Positions, StreamPosition } from './event-position.ts';
import { readPatiently } from './event-retry.ts';
import type { EventStore, StreamHead } from './event-store.ts';
import type { StoredEvent } from './stored-event.ts';

/** Reads missed events of one subject from the streams. */
export interface GapFiller {
  /**
   * Reads everything after the positions, trying again until it succeeds; then calls `done`, with every position at least
   * at the head that its stream had. A second call, or `stop`, ends the first without `done`.
   */
  readonly fill: (done: () => void) => void;
  readonly stop: () => void;
}

/** What {@link createGapFiller} needs. */
export interface GapFillerDeps {
  readonly subject: string;
  readonly store: EventStore;
  readonly positions: () => Positions;
  /** Moves the position of one stream, also back, when it was made anew. */
  readonly move: (stream: string, position: StreamPosition) => void;
  /** Takes an event and moves the position. */
  readonly accept: (event: StoredEvent) => void;
  readonly logger: Logger;
}

/** Builds the filler of one subject. */
export function createGapFiller(deps: GapFillerDeps): GapFiller {
  const { subject, store, positions, move, accept, logger } = deps;
  let current: symbol | null = null;

  async function fillStream(stream: string, { epoch, last }: StreamHead, mine: symbol): Promise<void> {
    const known = positions().get(stream);
    // A stream that is not the one we knew was made anew: everything in it is news. One that has lost its end goes on.
    const from = known?.epoch === epoch ? Math.min(known.sequence, last) : 0;
    if (known?.epoch !== epoch || known.sequence !== from) move(stream, { epoch, sequence: from });
    for (let next = from + 1; next <= last && current === mine; ) {
      const event = await store.next(stream, subject, next);
      if (current !== mine) return;
      if (event === null) break;
      accept(event);
      next = event.sequence + 1;
    }
    if (current === mine && (positions().get(stream)?.sequence ?? 0) < last)
      move(stream, { epoch, sequence: last });
  }

  return {
    fill: (done) => {
      const mine = Symbol('filling');
      const isOver = (): boolean => current !== mine;
      current = mine;
      const failed = (error: unknown): void =>
        logger.warn({ subject, reason: messageOf(error) }, 'Missed events cannot be read yet; trying again.');
      const fill = async (): Promise<void> => {
        const heads = await store.heads(subject, { fresh: true });
        for (const [stream, head] of heads) if (!isOver()) await fillStream(stream, head, mine);
      };
      void readPatiently(fill, { isOver, failed }).then(() => {
        if (!isOver()) done();
      });
    },
    stop: () => {
      current = null;
    },
  };
}
