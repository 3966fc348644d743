import type { EventStreamField } from '../supergraph/event-stream-directive.ts';
import { type BufferedEvent, createEventBuffer, type EventBuffer } from './event-buffer.ts';
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

/** What waits for one subscriber, and what it need not be told. */
export interface EventIntake extends Omit<EventBuffer<QueuedEvent>, 'push'> {
  /** False when there is no room: the event is not taken. */
  readonly offer: (event: Told, place: Pick<QueuedEvent, 'positions' | 'delivery'>) => boolean;
  /** Says with the next event that some before it are lost. */
  readonly markGap: () => void;
}

/**
 * Takes events for one subscriber: of one object none that is not newer than what was taken, of many none that is one of the
 * last 64 published again, which JetStream lets happen after its duplicate window, and none after the last word.
 */
export function createEventIntake(
  field: EventStreamField,
  { capacity, taken }: { readonly capacity: number; readonly taken: () => void },
): EventIntake {
  const buffer = createEventBuffer<QueuedEvent>({ capacity, latestOnly: field.latestOnly });
  let revision = Number.NEGATIVE_INFINITY;
  let gap = false;
  const recent: string[] = [];

  function remember(id: string | null): void {
    if (id === null) return;
    recent.push(id);
    if (recent.length > REMEMBERED) recent.shift();
  }

  return {
    ...buffer,
    offer: (event, place) => {
      const { payload } = event;
      const stated = payload['revision'];
      const isState = field.subject.oneObject && typeof stated === 'number';
      // A second publication of the same state, or an older one from another stream.
      if (isState && stated <= revision) return true;
      if (!isState && event.id !== null && recent.includes(event.id)) return true;
      const terminal = field.end !== null && field.end.values.includes(String(payload[field.end.field]));
      const key = `${String(payload['__typename'])}:${String(payload['id'])}`;
      if (!buffer.push({ key, terminal, event, gap, ...place })) return false;
      taken();
      if (isState) revision = stated;
      else remember(event.id);
      gap = false;
      if (terminal) buffer.end();
      return true;
    },
    markGap: () => {
      gap = true;
    },
  };
}
