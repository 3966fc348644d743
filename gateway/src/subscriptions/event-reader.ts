import type { Attachment } from './event-hub.ts';
import { firstBehind, movedTo, type Positions } from './event-position.ts';
import { type PatientReading, readPatiently } from './event-retry.ts';
import type { EventStore } from './event-store.ts';
import type { StoredEvent } from './stored-event.ts';

/** Where a reader has come to. */
export interface ReadEvent {
  readonly event: StoredEvent;
  /** With the event behind it. */
  readonly positions: Positions;
}

/** Reads a subject from the streams at the pace of one subscriber. One read at a time. */
export interface EventReader {
  /** The next event of a stream that lags behind the live events; `null` when none does. */
  readonly next: () => Promise<ReadEvent | null>;
  readonly positions: () => Positions;
}

/** The live events of a subject, for a reader that is behind them. */
export type LiveEvents = Pick<Attachment, 'positions' | 'recent'>;

/** What {@link createEventReader} needs. */
export interface EventReaderDeps {
  /** Without namespace. */
  readonly subject: string;
  readonly store: Pick<EventStore, 'next'>;
  /** Everything after this is read. */
  readonly from: Positions;
  /** How far the live events are by now, and the latest of them. */
  readonly live: LiveEvents;
  /** Called when a stream was made anew while it was read: what it held before is lost. */
  readonly lost: () => void;
  readonly patience: PatientReading;
}

/**
 * Reads one event after the other, in the order of each stream, until it is level with the live events. Nothing is read
 * ahead, so a reader costs the memory of one event, however far it is behind. What has just gone by is not asked for.
 */
export function createEventReader(deps: EventReaderDeps): EventReader {
  const { subject, store, live, lost, patience } = deps;
  let positions = deps.from;
  return {
    positions: () => positions,
    next: async () => {
      for (;;) {
        const behind = firstBehind(positions, live.positions());
        if (behind === null) return null;
        const [stream, goal] = behind;
        const known = positions.get(stream);
        if (known !== undefined && known.epoch !== goal.epoch) lost();
        const from = known?.epoch === goal.epoch ? known.sequence + 1 : 1;
        const event =
          live.recent(stream, from) ??
          (await readPatiently(async () => await store.next(stream, subject, from), patience));
        if (event === undefined) return null;
        // Nothing is left of the subject up to the goal, which was set before the question.
        const sequence = event === null ? goal.sequence : event.sequence;
        positions = movedTo(positions, stream, { epoch: goal.epoch, sequence });
        if (event !== null) return { event, positions };
      }
    },
  };
}
