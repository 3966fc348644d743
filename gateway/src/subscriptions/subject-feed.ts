import type { Logger } from '@hoerok/shared/telemetry';
import { movedTo, type Positions, type StreamPosition } from './event-position.ts';
import type { SubjectMemory } from './event-memory.ts';
import type { EventStore, StreamHead } from './event-store.ts';
import { createGapFiller } from './gap-filler.ts';
import type { StoredEvent } from './stored-event.ts';

/** The events of one subject in order, gaps filled. */
export interface SubjectFeed {
  /** Notes where each stream stands; resolves with where deliveries begin: nothing after that is missed. */
  readonly start: () => Promise<Positions>;
  /** How far the events are delivered; `null` before it has started. */
  readonly positions: () => Positions | null;
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
  /** Takes an event, with the positions that it makes. No event comes twice. */
  readonly deliver: (event: StoredEvent, positions: Positions) => void;
  /** Takes what is delivered. */
  readonly memory: SubjectMemory;
  readonly logger: Logger;
}

interface LiveEvent {
  readonly event: StoredEvent;
  readonly lastSequence: number;
  /** The streams have been asked since it came. */
  asked: boolean;
}

/**
 * Watches the sequence numbers of one subject. The messages of a stream arrive in its order, so the number of the last
 * one seen is enough to tell a gap: a message whose predecessor is later than that has lost company on the way.
 */
export function createSubjectFeed(deps: SubjectFeedDeps): SubjectFeed {
  const { subject, store, memory } = deps;
  const places = createPlaces(deps);
  const order = createOrder(places, deps);
  let started = false;
  let interrupted = false;
  let stopped = false;
  return {
    start: async () => {
      const start = startOf(await store.heads(subject), order.waiting());
      for (const [stream, position] of start) places.move(stream, position);
      started = true;
      if (interrupted) order.recover();
      else if (!stopped) order.release();
      return start;
    },
    positions: () => (started ? places.positions() : null),
    live: (event, lastSequence) => {
      if (!stopped) order.receive({ event, lastSequence, asked: false });
    },
    hold: () => {
      interrupted = true;
      order.hold();
    },
    recover: () => {
      if (started) order.recover();
    },
    stop: () => {
      stopped = true;
      order.stop();
      memory.clear();
    },
  };
}

/** How far a subject is delivered. */
interface Places {
  readonly positions: () => Positions;
  readonly move: (stream: string, position: StreamPosition) => void;
  /** Delivers an event. */
  readonly accept: (event: StoredEvent) => void;
}

function createPlaces({ memory, deliver }: SubjectFeedDeps): Places {
  let positions: Positions = new Map();
  const move = (stream: string, position: StreamPosition): void => {
    const known = positions.get(stream);
    const isNext = known?.epoch === position.epoch && known.sequence <= position.sequence;
    if (!isNext) memory.reset(stream, position.sequence);
    positions = movedTo(positions, stream, position);
  };
  return {
    positions: () => positions,
    move,
    accept: (event) => {
      const { stream, sequence } = event;
      move(stream, { epoch: positions.get(stream)?.epoch ?? '', sequence });
      memory.add(event);
      deliver(event, positions);
    },
  };
}

/** Lets live events through in order, and holds them back while something before them is missing. */
interface Order {
  readonly receive: (live: LiveEvent) => void;
  readonly hold: () => void;
  readonly waiting: () => readonly LiveEvent[];
  readonly release: () => void;
  readonly recover: () => void;
  readonly stop: () => void;
}

function createOrder(
  { positions, move, accept }: Places,
  { subject, store, logger }: SubjectFeedDeps,
): Order {
  // What comes before it is known where the streams stand waits.
  let held: LiveEvent[] | null = [];
  const filler = createGapFiller({ subject, store, positions, move, accept, logger });

  function recover(): void {
    held ??= [];
    for (const live of held) live.asked = true;
    filler.fill(release);
  }

  function release(): void {
    const waiting = held ?? [];
    held = null;
    for (const live of waiting) {
      const known = positions().get(live.event.stream);
      // No stream of that name can be asked any more: its last words.
      if (known === undefined && live.asked) accept(live.event);
      else if (known === undefined || live.event.sequence > known.sequence) receive(live);
    }
  }

  function receive(live: LiveEvent): void {
    if (held !== null) {
      held.push(live);
      return;
    }
    const { event, lastSequence } = live;
    const known = positions().get(event.stream);
    const isNext = known !== undefined && event.sequence > known.sequence && lastSequence <= known.sequence;
    if (isNext) {
      accept(event);
      return;
    }
    if (known !== undefined && lastSequence > known.sequence) {
      const { stream, sequence } = event;
      logger.warn({ subject, stream, after: known.sequence, before: sequence }, 'Live events were lost.');
    }
    // Lost company, a stream that is new or was made anew, or a repetition: the streams know which.
    held = [live];
    recover();
  }

  return {
    receive,
    hold: () => {
      held ??= [];
      // Whatever is being filled has lost its connection; recover() starts over.
      filler.stop();
    },
    waiting: () => held ?? [],
    release,
    recover,
    stop: () => {
      held = null;
      filler.stop();
    },
  };
}

function startOf(heads: ReadonlyMap<string, StreamHead>, live: readonly LiveEvent[]): Positions {
  const start = new Map<string, StreamPosition>();
  for (const [stream, { epoch, last }] of heads) start.set(stream, { epoch, sequence: last });
  // What came live since we listen is delivered, even though the head was asked for a moment later.
  for (const { event } of live) {
    const at = start.get(event.stream);
    if (at !== undefined && event.sequence <= at.sequence)
      start.set(event.stream, { ...at, sequence: event.sequence - 1 });
  }
  return start;
}
