import type { EntityManager } from 'typeorm';
import type { EventContract, EventPayload } from '../contracts/index.ts';
import type { DeadLetterHandler } from './dead-letter.ts';

/** An event as its handler gets it: decoded by its contract, not seen before by this consumer. */
export interface ReceivedEvent<P = unknown> {
  /** Unique; the same for every delivery. */
  readonly id: string;
  readonly type: string;
  readonly workspaceId: string;
  readonly aggregateId: string;
  readonly actorId: string | null;
  /** ISO 8601, when the fact was committed. */
  readonly occurredAt: string;
  readonly payload: P;
}

/** One reaction to one event contract. */
export interface EventHandler {
  readonly contract: EventContract;
  /** Runs in the transaction that also marks the event as handled; must not do slow work, that is a task's. */
  readonly handle: (event: ReceivedEvent, tx: EntityManager) => Promise<void>;
}

/** Ties a handler to the payload type of its contract. */
export function onEvent<C extends EventContract>(
  contract: C,
  handle: (event: ReceivedEvent<EventPayload<C>>, tx: EntityManager) => Promise<void>,
): EventHandler {
  // The consumer decodes with this very contract before it calls.
  return { contract, handle: handle as EventHandler['handle'] };
}

/** Handlers that share one durable consumer: they see the events of one aggregate in order. */
export interface EventSubscription {
  /** Names the durable. A new one gets the stream from its start. */
  readonly purpose: string;
  /**
   * A higher one replays the stream from its start into the same handlers, under a new durable and with nothing noted as
   * handled; the durables of lower ones are deleted. To rebuild a read model. @default 1
   */
  readonly generation?: number;
  readonly handlers: readonly EventHandler[];
  /** Gets the dead letters of the whole system, of events and of tasks. @default they are left to others */
  readonly deadLetters?: DeadLetterHandler;
  /**
   * Milliseconds after which an event that a process has taken and neither settled nor kept alive (it tells so three
   * times within it) goes to another one: how late the events of a process that died are. @default 30000
   */
  readonly ackWaitMs?: number;
}
