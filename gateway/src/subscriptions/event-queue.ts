import { messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import type { EventStreamField } from '../supergraph/event-stream-directive.ts';
import { notFound } from './event-audience.ts';
import { type Delivery, EventIntake, type QueuedEvent, type Told } from './event-intake.ts';
import { firstBehind, furthest, NOWHERE, type Positions } from './event-position.ts';
import { createEventReader, type LiveEvents } from './event-reader.ts';
import type { EventStore } from './event-store.ts';
import type { StoredEvent } from './stored-event.ts';

const CAPACITY = 64;
const READ_AHEAD = 8;

/** Where a queue begins. */
export interface QueueStart {
  /** Everything after this is delivered. */
  readonly from: Positions;
  readonly live: LiveEvents;
  /** How events count that are read before the queue is level with the live ones. */
  readonly delivery: Delivery;
}

/** Whom a queue is for. */
export interface QueueSubscriber {
  readonly field: EventStreamField;
  /** Without namespace. */
  readonly subject: string;
  /** What an event is to this viewer: shown, none of its business, or the end of what it may see. */
  readonly judge: (event: Told) => 'shown' | 'passed over' | 'refused';
  /** Called with each event that the subscriber will get. */
  readonly taken: () => void;
}

/** What {@link EventQueue} works with. */
export interface EventQueueDeps {
  readonly store: Pick<EventStore, 'next'>;
  readonly logger: Logger;
}

/**
 * The events of one subscriber in order: each once, none left out. One pull at a time.
 *
 * A reader that keeps up gets events as they come. One that falls behind the 64 that may wait is given a cursor of its own:
 * what is waiting stays, everything after is read from the stream at the reader's pace, and once it is level it goes on
 * live. Memory is bounded by the 64, however slow the reader is.
 *
 * On a field with `latestOnly` the newest state of an object stands for the older ones that wait.
 *
 * A class, because every open subscription has one.
 */
export class EventQueue {
  readonly #subscriber: QueueSubscriber;
  readonly #deps: EventQueueDeps;
  readonly #intake: EventIntake;
  /** Everything up to here has been offered. */
  #offered = NOWHERE;
  /** `null` until it has begun. */
  #live: LiveEvents | null = null;
  /** While it reads, live events are left to it; `null` for who keeps up. */
  #catchUp: CatchUp | null = null;
  #ending = false;

  constructor(subscriber: QueueSubscriber, deps: EventQueueDeps) {
    this.#subscriber = subscriber;
    this.#deps = deps;
    this.#intake = new EventIntake(subscriber.field, { capacity: CAPACITY, subscriber });
  }

  /** Takes a live event; it counts once the queue has begun. */
  take(event: StoredEvent, positions: Positions): void {
    // What comes before the beginning is known is read once it is.
    if (this.#live === null || this.#intake.isOver()) return;
    const known = this.#offered.get(event.stream);
    const sameLife = known?.epoch === positions.get(event.stream)?.epoch;
    if (known !== undefined && sameLife && event.sequence <= known.sequence) return;
    const verdict = this.#subscriber.judge(event);
    if (verdict === 'refused') this.fail(notFound());
    if (this.#catchUp !== null) return;
    const place = { positions: furthest(this.#offered, positions), delivery: 'live' as const };
    if (verdict === 'passed over' || this.#intake.offer(event, place)) this.#offered = place.positions;
    else this.#readFrom({ from: this.#offered, live: this.#live, delivery: 'live' });
  }

  /** Puts the state at the beginning in front. */
  put(event: Told, positions: Positions): void {
    this.#intake.offer(event, { positions, delivery: 'snapshot' });
  }

  begin(start: QueueStart): void {
    this.#live = start.live;
    this.#offered = start.from;
    this.#readFrom(start);
  }

  /** Says with the next event that some before it are lost. */
  markGap(): void {
    this.#intake.markGap();
  }

  pull(): Promise<QueuedEvent | null> {
    const pulled = this.#intake.pull();
    this.#catchUp?.advance();
    return pulled;
  }

  /** Ends after what has happened up to now. */
  finish(): void {
    this.#ending = true;
    if (this.#live !== null && this.#catchUp === null) this.#intake.end();
  }

  /** Drops everything and fails. */
  fail(error: Error): void {
    this.#intake.fail(error);
  }

  /** Ends at once. */
  discard(): void {
    this.#intake.discard();
  }

  #readFrom(start: QueueStart): void {
    this.#catchUp = createCatchUp(
      this.#intake,
      { ...this.#deps, subscriber: this.#subscriber, start },
      {
        offered: (positions) => {
          this.#offered = positions;
        },
        level: () => {
          this.#catchUp = null;
          if (this.#ending) this.#intake.end();
        },
      },
    );
    this.#catchUp.advance();
  }
}

interface CatchUp {
  /** Reads on if there is room again. */
  readonly advance: () => void;
}

interface CatchUpDeps extends EventQueueDeps {
  readonly subscriber: QueueSubscriber;
  readonly start: QueueStart;
}

interface CatchUpSteps {
  readonly offered: (positions: Positions) => void;
  /** Level with the live events, which it hands over to in the same breath. */
  readonly level: () => void;
}

function createCatchUp(
  intake: EventIntake,
  { subscriber, start, store, logger }: CatchUpDeps,
  steps: CatchUpSteps,
): CatchUp {
  const { subject } = subscriber;
  let isLevel = false;
  let busy = false;
  // The last one read says whether the viewer may go on; what was so in the meantime does not matter.
  let refused = false;
  const patience = {
    isOver: () => intake.isOver(),
    failed: (error: unknown) =>
      logger.warn({ subject, reason: messageOf(error) }, 'A stream cannot be read yet; trying again.'),
  };
  const { from, live } = start;
  const lost = (): void => intake.markGap();
  const reader = createEventReader({ subject, store, from, live, lost, patience });

  async function read(): Promise<void> {
    while (!isLevel && !intake.isOver() && intake.size() < READ_AHEAD) {
      const next = await reader.next();
      if (next === null) {
        // A live event may have come since the reader looked, and was left to it.
        if (firstBehind(reader.positions(), live.positions()) !== null) continue;
        isLevel = true;
        steps.offered(reader.positions());
        if (refused) intake.fail(notFound());
        steps.level();
        return;
      }
      const place = { positions: next.positions, delivery: start.delivery };
      const verdict = subscriber.judge(next.event);
      if (verdict !== 'passed over') refused = verdict === 'refused';
      if (verdict === 'shown') intake.offer(next.event, place);
      steps.offered(next.positions);
    }
  }

  function advance(): void {
    if (isLevel || busy) return;
    busy = true;
    void read()
      .catch((error: unknown) => intake.fail(error instanceof Error ? error : new Error(messageOf(error))))
      .finally(() => {
        busy = false;
        // Room may have come while the last read was ending.
        if (!isLevel && !intake.isOver() && intake.size() < READ_AHEAD) advance();
      });
  }

  return { advance };
}
