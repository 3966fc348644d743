import type { Logger } from '@hoerok/shared/telemetry';
import { movedTo, NOWHERE, type Positions, type StreamPosition } from './event-position.ts';
import type { SubjectMemory } from './event-memory.ts';
import type { EventStore, StreamHead } from './event-store.ts';
import { createGapFiller, type GapFiller } from './gap-filler.ts';
import type { StoredEvent } from './stored-event.ts';

/** What {@link SubjectFeed} needs. */
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
 * The events of one subject in order, gaps filled.
 *
 * Watches the sequence numbers of one subject. The messages of a stream arrive in its order, so the number of the last
 * one seen is enough to tell a gap: a message whose predecessor is later than that has lost company on the way.
 *
 * A class, because there may be a subject for every subscriber; a quiet one holds where its streams stand and nothing else.
 */
export class SubjectFeed {
  readonly #deps: SubjectFeedDeps;
  #positions = NOWHERE;
  #started = false;
  #interrupted = false;
  #stopped = false;
  /** What waits while something before it is missing, or it is not known where the streams stand. */
  #held: LiveEvent[] | null = [];
  #filler: GapFiller | null = null;

  constructor(deps: SubjectFeedDeps) {
    this.#deps = deps;
  }

  /** Notes where each stream stands; resolves with where deliveries begin: nothing after that is missed. */
  async start(): Promise<Positions> {
    const { store, subject } = this.#deps;
    const start = startOf(await store.heads(subject), this.#held ?? []);
    // In one go: nobody is told of positions before it has started.
    this.#positions = start;
    this.#started = true;
    if (this.#interrupted) this.#fill();
    else if (!this.#stopped) this.#letGo();
    return start;
  }

  /** How far the events are delivered; `null` before it has started. */
  positions(): Positions | null {
    return this.#started ? this.#positions : null;
  }

  /** Takes a live event; `lastSequence` is that of the message before it on the same concrete subject, 0 for none. */
  live(event: StoredEvent, lastSequence: number): void {
    if (!this.#stopped) this.#receive({ event, lastSequence, asked: false });
  }

  /** Holds live events back: the connection is gone. */
  hold(): void {
    this.#interrupted = true;
    this.#held ??= [];
    // Whatever is being filled has lost its connection; recover() starts over.
    this.#filler?.stop();
  }

  /** Reads from the streams what was missed while the connection was gone, then lets go of what was held back. */
  recover(): void {
    if (this.#started) this.#fill();
  }

  stop(): void {
    this.#stopped = true;
    this.#held = null;
    this.#filler?.stop();
    this.#deps.memory.clear();
  }

  #fill(): void {
    this.#held ??= [];
    for (const live of this.#held) live.asked = true;
    this.#filler ??= createGapFiller({
      ...this.#deps,
      positions: () => this.#positions,
      move: (stream, position) => this.#move(stream, position),
      accept: (event) => this.#accept(event),
    });
    this.#filler.fill(() => this.#letGo());
  }

  #letGo(): void {
    const waiting = this.#held ?? [];
    this.#held = null;
    this.#filler = null;
    for (const live of waiting) {
      const known = this.#positions.get(live.event.stream);
      // No stream of that name can be asked any more: its last words.
      if (known === undefined && live.asked) this.#accept(live.event);
      else if (known === undefined || live.event.sequence > known.sequence) this.#receive(live);
    }
  }

  #receive(live: LiveEvent): void {
    if (this.#held !== null) {
      this.#held.push(live);
      return;
    }
    const { event, lastSequence } = live;
    const known = this.#positions.get(event.stream);
    const isNext = known !== undefined && event.sequence > known.sequence && lastSequence <= known.sequence;
    if (isNext) {
      this.#accept(event);
      return;
    }
    if (known !== undefined && lastSequence > known.sequence) {
      const { stream, sequence } = event;
      const { subject, logger } = this.#deps;
      logger.warn({ subject, stream, after: known.sequence, before: sequence }, 'Live events were lost.');
    }
    // Lost company, a stream that is new or was made anew, or a repetition: the streams know which.
    this.#held = [live];
    this.#fill();
  }

  #move(stream: string, position: StreamPosition): void {
    const known = this.#positions.get(stream);
    const isNext = known?.epoch === position.epoch && known.sequence <= position.sequence;
    if (!isNext) this.#deps.memory.reset(stream);
    this.#positions = movedTo(this.#positions, stream, position);
  }

  #accept(event: StoredEvent): void {
    const { stream, sequence } = event;
    const known = this.#positions.get(stream);
    this.#move(stream, { epoch: known?.epoch ?? '', sequence });
    this.#deps.memory.add(event, known?.sequence ?? sequence - 1);
    this.#deps.deliver(event, this.#positions);
  }
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
