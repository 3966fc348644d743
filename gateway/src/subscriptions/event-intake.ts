import type { EventStreamField } from '../supergraph/event-stream-directive.ts';
import { type BufferedEvent, EventBuffer } from './event-buffer.ts';
import type { Positions } from './event-position.ts';
import type { StoredEvent } from './stored-event.ts';

/** How many events lie between two copies of one at most that the second is known by. */
const REMEMBERED = 64;

/** Whether an event says how things stood at the beginning, has happened while the client was away, or happens now. */
export type Delivery = 'snapshot' | 'replay' | 'live';

/** What of an event a subscriber gets. */
export type Told = Pick<StoredEvent, 'id' | 'payload' | 'trace'>;

/** An event that waits for its subscriber. */
export interface QueuedEvent extends BufferedEvent {
  readonly event: Told;
  /** Where the streams stand once the event is delivered. */
  readonly positions: Positions;
  readonly delivery: Delivery;
  /** Events before it are lost to this subscriber. */
  readonly gap: boolean;
}

/** Options of {@link EventIntake}. */
export interface EventIntakeOptions {
  /** How many events may wait. */
  readonly capacity: number;
  /** Told of each event that the subscriber will get. */
  readonly subscriber: { readonly taken: () => void };
}

/**
 * Takes events for one subscriber: of one object none that is not newer than what was taken, of many none that is one of the
 * last 64 published again, which JetStream lets happen after its duplicate window, and none after the last word. A class,
 * because every open subscription has one.
 */
export class EventIntake extends EventBuffer<QueuedEvent> {
  readonly #field: EventStreamField;
  readonly #subscriber: EventIntakeOptions['subscriber'];
  #revision: number | null = null;
  #gap = false;
  /** Ids of the last events, once there was one. */
  #recent: string[] | null = null;

  constructor(field: EventStreamField, { capacity, subscriber }: EventIntakeOptions) {
    super({ capacity, latestOnly: field.latestOnly });
    this.#field = field;
    this.#subscriber = subscriber;
  }

  /** False when there is no room: the event is not taken. */
  offer(event: Told, place: Pick<QueuedEvent, 'positions' | 'delivery'>): boolean {
    const { payload } = event;
    const { subject, end } = this.#field;
    const stated = payload['revision'];
    const isState = subject.oneObject && typeof stated === 'number';
    // A second publication of the same state, or an older one from another stream.
    if (isState && this.#revision !== null && stated <= this.#revision) return true;
    if (!isState && event.id !== null && this.#recent?.includes(event.id) === true) return true;
    const terminal = end !== null && end.values.includes(String(payload[end.field]));
    const key = `${String(payload['__typename'])}:${String(payload['id'])}`;
    if (!this.push({ key, terminal, event, gap: this.#gap, ...place })) return false;
    this.#subscriber.taken();
    if (isState) this.#revision = stated;
    else this.#remember(event.id);
    this.#gap = false;
    if (terminal) this.end();
    return true;
  }

  /** Says with the next event that some before it are lost. */
  markGap(): void {
    this.#gap = true;
  }

  #remember(id: string | null): void {
    if (id === null) return;
    this.#recent ??= [];
    this.#recent.push(id);
    if (this.#recent.length > REMEMBERED) this.#recent.shift();
  }
}
