import { messageOf } from '@hoerok/shared/errors';
import { type Messaging, qualify } from '@hoerok/shared/messaging';
import { type Logger, meter } from '@hoerok/shared/telemetry';
import { createEventMemory, type SubjectMemory } from './event-memory.ts';
import { NOWHERE, type Positions } from './event-position.ts';
import type { EventStore } from './event-store.ts';
import { headersOf } from './message-headers.ts';
import { decodeEvent, type StoredEvent } from './stored-event.ts';
import { SubjectFeed } from './subject-feed.ts';

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

/** One hub per process: one core subscription per subject, however many listen, released when the last one leaves. */
export function createEventHub(deps: EventHubDeps): EventHub {
  const watched = new Map<string, WatchedSubject>();
  const memory = createEventMemory();
  const scene = { ...deps, watched };

  void watchConnection(scene);
  return {
    attach: async (subject, listener) => {
      const entry = watched.get(subject) ?? new WatchedSubject(subject, memory.forSubject(), scene);
      watched.set(subject, entry);
      return await entry.attach(listener);
    },
    interest: () => watched.size,
    close: () => {
      for (const entry of watched.values()) entry.close();
      watched.clear();
    },
  };
}

type Subscribe = Messaging['connection']['subscribe'];
type Receive = NonNullable<NonNullable<Parameters<Subscribe>[1]>['callback']>;

/** What all subjects of a hub share. */
interface HubScene extends EventHubDeps {
  readonly watched: Map<string, WatchedSubject>;
}

/** One who listens to a subject. A class, because every open subscription is one; a function may be attached twice. */
class Listening implements Attachment {
  readonly listener: EventListener;
  readonly #subject: WatchedSubject;
  /** Set as soon as it is known, before anybody else sees this. */
  base = NOWHERE;

  constructor(subject: WatchedSubject, listener: EventListener) {
    this.#subject = subject;
    this.listener = listener;
  }

  positions(): Positions {
    return this.#subject.feed.positions() ?? this.base;
  }

  recent(stream: string, sequence: number): StoredEvent | undefined {
    return this.#subject.memory.next(stream, sequence);
  }

  detach(): void {
    this.#subject.leave(this);
  }
}

/** A subject with its core subscription. A class, because there may be one for every open subscription. */
class WatchedSubject {
  readonly feed: SubjectFeed;
  readonly memory: SubjectMemory;
  readonly #subject: string;
  readonly #scene: HubScene;
  readonly #listening = new Set<Listening>();
  readonly #subscription: ReturnType<Subscribe>;
  readonly #ready: Promise<Positions>;

  constructor(subject: string, memory: SubjectMemory, scene: HubScene) {
    const { messaging, store, logger } = scene;
    this.#subject = subject;
    this.#scene = scene;
    this.memory = memory;
    const deliver: EventListener = (event, positions) => {
      for (const { listener } of this.#listening) listener(event, positions);
    };
    this.feed = new SubjectFeed({ subject, store, deliver, memory, logger });
    this.#subscription = messaging.connection.subscribe(qualify(messaging.namespace, `live.${subject}`), {
      callback: (error, message) => this.#receive(error, message),
    });
    // The subscription went out on this connection before the question for the heads does, so the server knows of our
    // interest by the time it answers: what came before is in the heads, what comes after is delivered.
    this.#ready = this.feed.start();
    subjects.add(1);
  }

  async attach(listener: EventListener): Promise<Attachment> {
    const listening = new Listening(this, listener);
    this.#listening.add(listening);
    const begun = this.feed.positions();
    try {
      listening.base = begun ?? (await this.#ready);
      return listening;
    } catch (error) {
      this.leave(listening);
      throw error;
    }
  }

  leave(listening: Listening): void {
    this.#listening.delete(listening);
    const { watched } = this.#scene;
    if (this.#listening.size > 0 || watched.get(this.#subject) !== this) return;
    watched.delete(this.#subject);
    this.close();
  }

  close(): void {
    subjects.add(-1);
    this.feed.stop();
    this.#subscription.unsubscribe();
  }

  #receive(...[error, message]: Parameters<Receive>): void {
    if (error !== null) return;
    const header = headersOf(message);
    const stream = header('Nats-Stream');
    if (stream === '') return;
    try {
      const sequence = Number(header('Nats-Sequence'));
      const { subject } = message;
      const event = decodeEvent({ stream, sequence, subject, body: () => message.string(), header });
      this.feed.live(event, Number(header('Nats-Last-Sequence')));
    } catch (cause) {
      const reason = messageOf(cause);
      this.#scene.logger.error({ subject: message.subject, reason }, 'A live event is left out.');
    }
  }
}

// Core NATS keeps nothing for us while we are away: hold everything back until the streams have been asked.
async function watchConnection({ messaging, logger, watched }: HubScene): Promise<void> {
  for await (const status of messaging.connection.status()) {
    if (status.type === 'disconnect') {
      logger.warn('The connection to NATS is lost; events wait until it is back.');
      for (const { feed } of watched.values()) feed.hold();
    }
    if (status.type === 'reconnect') {
      logger.info('NATS is back; missed events are read from the streams.');
      for (const { feed } of watched.values()) feed.recover();
    }
  }
}
