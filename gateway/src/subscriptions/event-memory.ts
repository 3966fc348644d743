import type { StoredEvent } from './stored-event.ts';

const LIMIT = 2_048;

/** The latest events of one subject, by stream. */
export interface SubjectMemory {
  /** Forgets a stream, which now stands at `sequence`. */
  readonly reset: (stream: string, sequence: number) => void;
  /** Takes the event that follows those taken before. */
  readonly add: (event: StoredEvent) => void;
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
  // In the order they were taken, in a ring: each slot forgets one event of the memory it names.
  const slots: (StreamMemory | undefined)[] = [];
  let taken = 0;

  function occupySlot(memory: StreamMemory): void {
    const slot = taken % limit;
    const oldest = slots[slot];
    const forgotten = oldest?.events.shift();
    if (oldest !== undefined && forgotten !== undefined) oldest.since = forgotten.sequence;
    slots[slot] = memory;
    taken += 1;
  }

  return {
    forSubject: () => {
      const streams = new Map<string, StreamMemory>();
      const reset = (stream: string, sequence: number): StreamMemory => {
        // A new object: the slots of the one before it have nothing left to forget.
        streams.get(stream)?.events.splice(0);
        const memory = { since: sequence, events: [] };
        streams.set(stream, memory);
        return memory;
      };
      return {
        reset: (stream, sequence) => void reset(stream, sequence),
        add: (event) => {
          const memory = streams.get(event.stream) ?? reset(event.stream, event.sequence - 1);
          occupySlot(memory);
          memory.events.push(event);
        },
        next: (stream, sequence) => {
          const memory = streams.get(stream);
          if (memory === undefined || sequence <= memory.since) return undefined;
          return firstAtOrAfter(memory.events, sequence);
        },
        clear: () => {
          for (const memory of streams.values()) memory.events.splice(0);
          streams.clear();
        },
      };
    },
  };
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
