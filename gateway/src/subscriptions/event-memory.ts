import type { StoredEvent } from './stored-event.ts';

const LIMIT = 2_048;

/** The latest events of one subject, by stream. */
export interface SubjectMemory {
  /** Forgets a stream, which was made anew or has lost its end. */
  readonly reset: (stream: string) => void;
  /** Takes an event, with the sequence up to which its subject was known before: there is nothing in between. */
  readonly add: (event: StoredEvent, after: number) => void;
  /** The first event of a stream at or after a sequence; `undefined` when only the stream itself can tell. */
  readonly next: (stream: string, sequence: number) => StoredEvent | undefined;
  readonly clear: () => void;
}

/** The latest events of this process, so that who is a little behind does not ask the streams for what has just gone by. */
export interface EventMemory {
  readonly forSubject: () => SubjectMemory;
}

interface StreamMemory {
  /** Every event of the subject after this sequence is held. */
  since: number;
  events: StoredEvent[];
}

/**
 * A memory of the latest events of all subjects together; the oldest is forgotten for the newest.
 * @param limit how many events. @default 2048
 */
export function createEventMemory(limit: number = LIMIT): EventMemory {
  const ring: Ring = { limit, slots: [], taken: 0 };
  return { forSubject: () => new EventsOfSubject(ring) };
}

/** In the order they were taken: each slot forgets one event of the memory it names. */
interface Ring {
  readonly limit: number;
  readonly slots: (StreamMemory | undefined)[];
  taken: number;
}

/** A class, because every subject that is watched has one; it is empty until something happens. */
class EventsOfSubject implements SubjectMemory {
  readonly #ring: Ring;
  #streams: Map<string, StreamMemory> | null = null;

  constructor(ring: Ring) {
    this.#ring = ring;
  }

  reset(stream: string): void {
    // The slots have nothing left to forget.
    this.#streams?.get(stream)?.events.splice(0);
    this.#streams?.delete(stream);
  }

  add(event: StoredEvent, after: number): void {
    this.#streams ??= new Map();
    const memory = this.#streams.get(event.stream) ?? { since: after, events: [] };
    this.#streams.set(event.stream, memory);
    occupySlot(this.#ring, memory);
    this.#ring.taken += 1;
    memory.events.push(event);
  }

  next(stream: string, sequence: number): StoredEvent | undefined {
    const memory = this.#streams?.get(stream);
    if (memory === undefined || sequence <= memory.since) return undefined;
    return firstAtOrAfter(memory.events, sequence);
  }

  clear(): void {
    for (const memory of this.#streams?.values() ?? []) memory.events.splice(0);
    this.#streams = null;
  }
}

function occupySlot({ slots, limit, taken }: Ring, memory: StreamMemory): void {
  const slot = taken % limit;
  const oldest = slots[slot];
  const forgotten = oldest?.events.shift();
  if (oldest !== undefined && forgotten !== undefined) oldest.since = forgotten.sequence;
  slots[slot] = memory;
}

function firstAtOrAfter(events: readonly StoredEvent[], sequence: number): StoredEvent | undefined {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.sequence ?? 0) < sequence) low = middle + 1;
    else high = middle;
  }
  return events[low];
}
