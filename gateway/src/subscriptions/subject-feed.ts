import type { Logger } from '@hoerok/shared/telemetry';
import type { EventStore } from './event-store.ts';
import { createGapFiller } from './gap-filler.ts';
import type { StoredEvent } from './stored-event.ts';

/** The events of one subject in order, gaps filled. */
export interface SubjectFeed {
  /** Notes where each stream stands; resolves when nothing later can be missed. */
  readonly start: () => Promise<void>;
  /** Takes a live event; `lastSequence` is that of the message before it on the same concrete subject, 0 for none. */
  readonly live: (event: StoredEvent, lastSequence: number) => void;
  /** Holds live events back: the connection is gone. */
  readonly hold: () => void;
  /** Reads from the streams what was missed while the connection was gone, then lets go of what was held back. */
  readonly recover: () => void;
  readonly stop: () => void;
}

/** What {@link createSubjectFeed} needs. */
export interface SubjectFeedDeps {
  /** Without namespace. */
  readonly subject: string;
  readonly store: EventStore;
  readonly deliver: (event: StoredEvent) => void;
  readonly logger: Logger;
}

/**
 * Watches the sequence numbers of one subject. The messages of a stream arrive in its order, so the number of the last
 * one seen is enough to tell a gap: a message whose predecessor is later than that has lost company on the way.
 */
export function createSubjectFeed({ subject, store, deliver, logger }: SubjectFeedDeps): SubjectFeed {
  const seen = new Map<string, number>();
  let held: StoredEvent[] | null = null;
  let stopped = false;
  const filler = createGapFiller({ subject, store, seen, accept, logger });

  function accept(event: StoredEvent): void {
    seen.set(event.stream, Math.max(seen.get(event.stream) ?? 0, event.sequence));
    deliver(event);
  }

  function recover(): void {
    held ??= [];
    filler.fill((filled) => {
      const waiting = held ?? [];
      held = null;
      for (const event of waiting) if (event.sequence > (filled.get(event.stream) ?? 0)) accept(event);
    });
  }

  return {
    start: async () => {
      for (const [stream, head] of await store.heads(subject)) {
        if (!seen.has(stream)) seen.set(stream, head);
      }
    },
    live: (event, lastSequence) => {
      if (stopped) return;
      const known = seen.get(event.stream);
      if (held !== null) held.push(event);
      else if (known === undefined || lastSequence <= known) accept(event);
      else {
        logger.warn(
          { subject, stream: event.stream, after: known, before: event.sequence },
          'Live events were lost.',
        );
        held = [event];
        recover();
      }
    },
    hold: () => {
      held ??= [];
      // Whatever is being filled has lost its connection; recover() starts over.
      filler.stop();
    },
    recover,
    stop: () => {
      stopped = true;
      held = null;
      filler.stop();
    },
  };
}
