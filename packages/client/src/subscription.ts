import type { SubscribePayload } from 'graphql-ws/client';
import { watchBacklog } from './backlog.ts';
import { createEventQueue } from './event-queue.ts';
import { HoerokError } from './hoerok-error.ts';
import { createRecentIds } from './recent-ids.ts';
import type { Recovery } from './recovery.ts';
import { attemptStream, type StreamAttemptDeps } from './stream-attempt.ts';
import type { SubscriptionEvent } from './subscription-event.ts';

/** Options of one subscription. */
export interface SubscribeOptions {
  /** Ends the loop as `break` does. */
  readonly signal?: AbortSignal;
  /** Goes on after this event, which an earlier subscription to the same has delivered. @default null */
  readonly lastEventId?: string | null;
}

/** What {@link openSubscription} works with. */
export interface SubscriptionDeps extends StreamAttemptDeps {
  readonly recovery: Recovery;
  /** Events that may wait for the reader, more than for a moment. */
  readonly bufferSize: number;
  /** The stream is interrupted and will be taken up again. */
  readonly onInterrupt: (error: HoerokError) => void;
  /** The ways to end those that are not over. */
  readonly running: Set<() => void>;
}

/**
 * Events of a subscription, each once and in order, over as many connections as it takes. It begins with the first
 * `next()`. A reader who falls `bufferSize` events behind leaves the stream, and goes on after the last event of the
 * buffer once that is read: nothing is lost, and no more memory is taken.
 */
export function openSubscription<Data>(
  request: SubscribePayload,
  { signal, lastEventId: given = null }: SubscribeOptions,
  deps: SubscriptionDeps,
): AsyncIterableIterator<SubscriptionEvent<Data>> {
  const { recovery } = deps;
  const over = new AbortController();
  const known = createRecentIds(given);
  let lastEventId = given;
  let isResumed = given !== null;
  let isDemoted = false;
  let leaveStream = (): void => undefined;

  const queue = createEventQueue<SubscriptionEvent<Data>>({
    onStart: begin,
    onDrained: () => (isDemoted ? begin() : undefined),
    onEnd: () => {
      leaveStream();
      backlog.stop();
      over.abort();
      signal?.removeEventListener('abort', queue.leave);
      deps.running.delete(queue.leave);
    },
  });

  const backlog = watchBacklog(queue.size, deps.bufferSize, demote);

  function begin(): void {
    leaveStream();
    isDemoted = false;
    recovery.began();
    const listeners = { onEvent: take, onFailure: recover, onComplete: () => queue.end() };
    leaveStream = attemptStream(request, { lastEventId, isResumed, ...listeners }, deps);
    isResumed = true;
  }

  function take(event: SubscriptionEvent<Data>): void {
    recovery.worked();
    if (event.eventId !== null && !known.add(event.eventId)) return;
    lastEventId = event.eventId;
    queue.push(event);
    backlog.check();
  }

  function demote(): void {
    leaveStream();
    isDemoted = true;
    if (lastEventId === null) queue.end(readTooSlowly());
  }

  function recover(error: HoerokError): void {
    backlog.stop();
    const pause = recovery.after(error, over.signal);
    if (pause === null) return queue.end(error);
    deps.onInterrupt(error);
    void pause.then(() => over.signal.aborted || begin());
    return undefined;
  }

  deps.running.add(queue.leave);
  signal?.addEventListener('abort', queue.leave, { once: true });
  if (signal?.aborted === true) queue.leave();
  return queue.items;
}

function readTooSlowly(): HoerokError {
  const message = 'The stream was read too slowly, and its events have no ids to go on after.';
  return new HoerokError('SLOW_READER', message, { retryable: true });
}
