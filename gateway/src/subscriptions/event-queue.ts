import { messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import type { EventStreamField } from '../supergraph/event-stream-directive.ts';
import { notFound } from './event-audience.ts';
import type { EventListener } from './event-hub.ts';
import {
  createEventIntake,
  type Delivery,
  type EventIntake,
  type QueuedEvent,
  type Told,
} from './event-intake.ts';
import { firstBehind, furthest, type Positions } from './event-position.ts';
import { createEventReader, type EventReader, type LiveEvents } from './event-reader.ts';
import type { EventStore } from './event-store.ts';

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

/** The events of one subscriber in order: each once, none left out. One pull at a time. */
export interface EventQueue {
  /** Takes the live events; they count once the queue has begun. */
  readonly live: EventListener;
  /** Puts the state at the beginning in front. */
  readonly put: (event: Told, positions: Positions) => void;
  readonly begin: (start: QueueStart) => void;
  /** Says with the next event that some before it are lost. */
  readonly markGap: () => void;
  readonly pull: () => Promise<QueuedEvent | null>;
  /** Ends after what has happened up to now. */
  readonly finish: () => void;
  /** Drops everything and fails. */
  readonly fail: (error: Error) => void;
  /** Ends at once. */
  readonly discard: () => void;
}

/** What {@link createEventQueue} needs. */
export interface EventQueueDeps {
  readonly field: EventStreamField;
  /** Without namespace. */
  readonly subject: string;
  readonly store: Pick<EventStore, 'next'>;
  /** What an event is to this viewer: shown, none of its business, or the end of what it may see. */
  readonly judge: (event: Told) => 'shown' | 'passed over' | 'refused';
  /** Called with each event that the subscriber will get. */
  readonly taken: () => void;
  readonly logger: Logger;
}

/**
 * A reader that keeps up gets events as they come. One that falls behind the 64 that may wait is given a cursor of its own:
 * what is waiting stays, everything after is read from the stream at the reader's pace, and once it is level it goes on
 * live. Memory is bounded by the 64, however slow the reader is.
 *
 * On a field with `latestOnly` the newest state of an object stands for the older ones that wait.
 */
export function createEventQueue(deps: EventQueueDeps): EventQueue {
  const intake = createEventIntake(deps.field, { capacity: CAPACITY, taken: deps.taken });
  // Everything up to here has been offered.
  let offered: Positions = new Map();
  let start: QueueStart | null = null;
  let ending = false;
  const catchUp = createCatchUp(intake, deps, {
    offered: (positions) => {
      offered = positions;
    },
    level: () => {
      if (ending) intake.end();
    },
  });

  return {
    live: (event, positions) => {
      // What comes before the beginning is known is read once it is.
      if (start === null || intake.isOver()) return;
      const known = offered.get(event.stream);
      const sameLife = known?.epoch === positions.get(event.stream)?.epoch;
      if (known !== undefined && sameLife && event.sequence <= known.sequence) return;
      const verdict = deps.judge(event);
      if (verdict === 'refused') intake.fail(notFound());
      if (catchUp.isReading()) return;
      const place = { positions: furthest(offered, positions), delivery: 'live' as const };
      if (verdict === 'passed over' || intake.offer(event, place)) offered = place.positions;
      else catchUp.readFrom({ ...start, from: offered, delivery: 'live' });
    },
    put: (event, positions) => void intake.offer(event, { positions, delivery: 'snapshot' }),
    begin: (given) => {
      start = given;
      offered = given.from;
      catchUp.readFrom(given);
    },
    markGap: intake.markGap,
    pull: async () => {
      const pulled = intake.pull();
      catchUp.advance();
      return await pulled;
    },
    finish: () => {
      ending = true;
      if (start !== null && !catchUp.isReading()) intake.end();
    },
    fail: intake.fail,
    discard: intake.discard,
  };
}

interface CatchUp {
  /** While it reads, live events are left to it. */
  readonly isReading: () => boolean;
  readonly readFrom: (start: QueueStart) => void;
  /** Reads on if there is room again. */
  readonly advance: () => void;
}

interface CatchUpSteps {
  readonly offered: (positions: Positions) => void;
  /** Level with the live events, which it hands over to in the same breath. */
  readonly level: () => void;
}

function createCatchUp(
  intake: EventIntake,
  { subject, store, judge, logger }: EventQueueDeps,
  steps: CatchUpSteps,
): CatchUp {
  let current: { readonly reader: EventReader; readonly start: QueueStart } | null = null;
  let busy = false;
  // The last one read says whether the viewer may go on; what was so in the meantime does not matter.
  let refused = false;
  const patience = {
    isOver: intake.isOver,
    failed: (error: unknown) =>
      logger.warn({ subject, reason: messageOf(error) }, 'A stream cannot be read yet; trying again.'),
  };

  async function read(): Promise<void> {
    while (current !== null && !intake.isOver() && intake.size() < READ_AHEAD) {
      const { reader, start } = current;
      const next = await reader.next();
      if (next === null) {
        // A live event may have come since the reader looked, and was left to it.
        if (firstBehind(reader.positions(), start.live.positions()) !== null) continue;
        current = null;
        steps.offered(reader.positions());
        if (refused) intake.fail(notFound());
        steps.level();
        return;
      }
      const place = { positions: next.positions, delivery: start.delivery };
      const verdict = judge(next.event);
      if (verdict !== 'passed over') refused = verdict === 'refused';
      if (verdict === 'shown') intake.offer(next.event, place);
      steps.offered(next.positions);
    }
  }

  function advance(): void {
    if (current === null || busy) return;
    busy = true;
    void read()
      .catch((error: unknown) => intake.fail(error instanceof Error ? error : new Error(messageOf(error))))
      .finally(() => {
        busy = false;
        // Room may have come while the last read was ending.
        if (current !== null && !intake.isOver() && intake.size() < READ_AHEAD) advance();
      });
  }

  return {
    isReading: () => current !== null,
    readFrom: (start) => {
      const { from, live } = start;
      const reader = createEventReader({ subject, store, from, live, lost: intake.markGap, patience });
      current = { reader, start };
      advance();
    },
    advance,
  };
}
