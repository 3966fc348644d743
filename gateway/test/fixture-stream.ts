import { createLogger } from '@hoerok/shared/telemetry';
import { createEventMemory } from '../src/subscriptions/event-memory.ts';
import type { EventHub } from '../src/subscriptions/event-hub.ts';
import type { EventStore, StreamHead } from '../src/subscriptions/event-store.ts';
import type { StoredEvent } from '../src/subscriptions/stored-event.ts';
import { SubjectFeed } from '../src/subscriptions/subject-feed.ts';

interface Message {
  readonly subject: string;
  readonly event: StoredEvent;
}

/** Event streams in memory, one per service, with hub and store over them. */
export interface MemoryStreams {
  readonly hub: EventHub;
  readonly store: EventStore;
  /** Stores a message, under an id of its publisher if there is one, and sends it live. */
  readonly publish: (subject: string, payload: Record<string, unknown>, id?: string) => StoredEvent;
  /** Stores a message without sending it live. */
  readonly keep: (subject: string, payload: Record<string, unknown>, id?: string) => StoredEvent;
  /** Forgets the messages of a service before a sequence. */
  readonly purge: (service: string, before: number) => void;
  /** Deletes the stream of a service; the next message makes it anew. */
  readonly remake: (service: string) => void;
  /** Called before each read, to let things happen meanwhile. */
  beforeRead: (() => void) | null;
  /** Reads of single messages so far. */
  readonly reads: () => number;
}

const logger = createLogger({ service: 'test', level: 'silent' });

/** Empty streams. @param remembered how many live events the hub remembers. */
export function createMemoryStreams(remembered = 100): MemoryStreams {
  const memories = createEventMemory(remembered);
  const streams = new Map<string, { epoch: string; last: number; first: number; messages: Message[] }>();
  const listening = new Map<SubjectFeed, string>();
  let interest = 0;
  let epochs = 0;
  let reads = 0;
  const memory: { beforeRead: (() => void) | null } = { beforeRead: null };

  function keep(subject: string, payload: Record<string, unknown>, id?: string): StoredEvent {
    const tokens = subject.split('.');
    const service = tokens[1] ?? '';
    const stream = streams.get(service) ?? { epoch: `e${(epochs += 1)}`, last: 0, first: 1, messages: [] };
    streams.set(service, stream);
    stream.last += 1;
    const name = tokens.at(-1) ?? '';
    const event = { stream: service, sequence: stream.last, id: id ?? null, name, payload, trace: {} };
    stream.messages.push({ subject, event });
    return event;
  }

  const held = (stream: string): readonly Message[] => streams.get(stream)?.messages ?? [];
  const store: EventStore = {
    last: async (subject) => {
      memory.beforeRead?.();
      return [...streams.keys()].flatMap((stream) => {
        const found = held(stream).findLast((message) => matches(subject, message.subject));
        return found === undefined ? [] : [found.event];
      });
    },
    next: async (stream, subject, sequence) => {
      memory.beforeRead?.();
      reads += 1;
      const found = held(stream).find(
        ({ subject: concrete, event }) => event.sequence >= sequence && matches(subject, concrete),
      );
      return found?.event ?? null;
    },
    heads: async () =>
      new Map(
        [...streams].map(([name, { epoch, first, last }]): [string, StreamHead] => [
          name,
          { epoch, first, last },
        ]),
      ),
    count: async (stream, subject, sequence) =>
      held(stream).filter(
        ({ subject: concrete, event }) => event.sequence >= sequence && matches(subject, concrete),
      ).length,
  };
  const hub: EventHub = {
    attach: async (subject, listener) => {
      interest += 1;
      let detached = false;
      const memory = memories.forSubject();
      const feed = new SubjectFeed({ subject, store, deliver: listener, memory, logger });
      listening.set(feed, subject);
      const base = await feed.start();
      return {
        base,
        positions: () => feed.positions() ?? base,
        recent: (stream, sequence) => memory.next(stream, sequence),
        detach: () => {
          if (detached) return;
          detached = true;
          interest -= 1;
          feed.stop();
          listening.delete(feed);
        },
      };
    },
    interest: () => interest,
    close: () => undefined,
  };
  return Object.assign(memory, {
    hub,
    store,
    keep,
    publish: (subject: string, payload: Record<string, unknown>, id?: string) => {
      const before = held(subject.split('.')[1] ?? '').findLast((message) => message.subject === subject);
      const event = keep(subject, payload, id);
      for (const [feed, pattern] of listening)
        if (matches(pattern, subject)) feed.live(event, before?.event.sequence ?? 0);
      return event;
    },
    purge: (service: string, before: number) => {
      const stream = streams.get(service);
      if (stream === undefined) return;
      stream.first = before;
      stream.messages = stream.messages.filter(({ event }) => event.sequence >= before);
    },
    remake: (service: string) => void streams.delete(service),
    reads: () => reads,
  });
}

function matches(pattern: string, subject: string): boolean {
  const tokens = subject.split('.');
  const wanted = pattern.split('.');
  if (wanted.at(-1) === '>') return tokens.length >= wanted.length && wanted.slice(0, -1).every(fits);
  return tokens.length === wanted.length && wanted.every(fits);

  function fits(token: string, index: number): boolean {
    return token === '*' || token === tokens[index];
  }
}
