import { messageOf } from '@hoerok/shared/errors';
import { type Messaging, qualify } from '@hoerok/shared/messaging';
import { type Logger, meter } from '@hoerok/shared/telemetry';
import { createEventMemory, type SubjectMemory } from './event-memory.ts';
import type { Positions } from './event-position.ts';
import type { EventStore } from './event-store.ts';
import { decodeEvent, type StoredEvent } from './stored-event.ts';
import { createSubjectFeed, type SubjectFeed } from './subject-feed.ts';

const subjects = meter.createUpDownCounter('hoerok_gateway_subjects', {
  description: 'Event subjects that this process is subscribed to at NATS',
});

/**
 * Takes the live events of one subject, in the order of each stream, with where its streams stand after the event. Must
 * not throw.
 */
export type EventListener = (event: StoredEvent, positions: Positions) => void;

/** A listener that is attached to a subject. */
export interface Attachment {
  /** Where deliveries to this listener began: it gets every event after that. */
  readonly base: Positions;
  /** How far deliveries are by now. */
  readonly positions: () => Positions;
  /** The first event of a stream at or after a sequence that has been delivered; `undefined` when that is not known here. */
  readonly recent: (stream: string, sequence: number) => StoredEvent | undefined;
  /** Removes the listener at once. */
  readonly detach: () => void;
}

/** Fans live events out to everyone in this process. */
export interface EventHub {
  /**
   * Adds a listener to a subject (wildcards allowed, no namespace). No later event is missed and none comes twice: gaps,
   * also those of a lost connection, are filled from the streams.
   */
  readonly attach: (subject: string, listener: EventListener) => Promise<Attachment>;
  /** How many subjects this process is subscribed to at the server. */
  readonly interest: () => number;
  readonly close: () => void;
}

/** What {@link createEventHub} needs. */
export interface EventHubDeps {
  readonly messaging: Messaging;
  readonly store: EventStore;
  readonly logger: Logger;
}

interface Entry {
  readonly listeners: Set<EventListener>;
  readonly feed: SubjectFeed;
  readonly memory: SubjectMemory;
  readonly ready: Promise<Positions>;
  readonly close: () => void;
}

/** One hub per process: one core subscription per subject, however many listen, released when the last one leaves. */
export function createEventHub(deps: EventHubDeps): EventHub {
  const entries = new Map<string, Entry>();
  const memory = createEventMemory();

  function leave(subject: string, entry: Entry, listener: EventListener): void {
    entry.listeners.delete(listener);
    if (entry.listeners.size > 0 || entries.get(subject) !== entry) return;
    entries.delete(subject);
    entry.close();
  }

  void watchConnection(deps, entries);
  return {
    attach: async (subject, listener) => {
      const entry = entries.get(subject) ?? openEntry(subject, memory.forSubject(), deps);
      entries.set(subject, entry);
      // One function may be attached twice; each attachment counts for itself.
      const own: EventListener = (event, positions) => listener(event, positions);
      entry.listeners.add(own);
      const begun = entry.feed.positions();
      try {
        const base = begun ?? (await entry.ready);
        const positions = (): Positions => entry.feed.positions() ?? base;
        const { next: recent } = entry.memory;
        return { base, positions, recent, detach: () => leave(subject, entry, own) };
      } catch (error) {
        leave(subject, entry, own);
        throw error;
      }
    },
    interest: () => entries.size,
    close: () => {
      for (const entry of entries.values()) entry.close();
      entries.clear();
    },
  };
}

function openEntry(
  subject: string,
  memory: SubjectMemory,
  { messaging, store, logger }: EventHubDeps,
): Entry {
  const listeners = new Set<EventListener>();
  const deliver: EventListener = (event, positions) => {
    for (const listener of listeners) listener(event, positions);
  };
  const feed = createSubjectFeed({ subject, store, deliver, memory, logger });
  const subscription = messaging.connection.subscribe(qualify(messaging.namespace, `live.${subject}`), {
    callback: (error, message) => {
      const header = (name: string): string => message.headers?.get(name) ?? '';
      const stream = header('Nats-Stream');
      if (error !== null || stream === '') return;
      try {
        const sequence = Number(header('Nats-Sequence'));
        const { subject: concrete } = message;
        const event = decodeEvent({
          stream,
          sequence,
          subject: concrete,
          body: () => message.string(),
          header,
        });
        feed.live(event, Number(header('Nats-Last-Sequence')));
      } catch (cause) {
        logger.error({ subject: message.subject, reason: messageOf(cause) }, 'A live event is left out.');
      }
    },
  });
  // The subscription went out on this connection before the question for the heads does, so the server knows of our
  // interest by the time it answers: what came before is in the heads, what comes after is delivered.
  const ready = feed.start();
  subjects.add(1);
  return {
    listeners,
    feed,
    memory,
    ready,
    close: () => {
      subjects.add(-1);
      feed.stop();
      subscription.unsubscribe();
    },
  };
}

// Core NATS keeps nothing for us while we are away: hold everything back until the streams have been asked.
async function watchConnection(
  { messaging, logger }: EventHubDeps,
  entries: ReadonlyMap<string, Entry>,
): Promise<void> {
  for await (const status of messaging.connection.status()) {
    if (status.type === 'disconnect') {
      logger.warn('The connection to NATS is lost; events wait until it is back.');
      for (const { feed } of entries.values()) feed.hold();
    }
    if (status.type === 'reconnect') {
      logger.info('NATS is back; missed events are read from the streams.');
      for (const { feed } of entries.values()) feed.recover();
    }
  }
}
