import type { WatchTaskSubscription } from './generated/operations.ts';
import { failureOf } from './hoerok-error.ts';
import { leavable } from './leavable-iterator.ts';
import type { SubscriptionEvent } from './subscription-event.ts';

/** Everything of a task that its own events tell; what it made is asked for when it has ended. */
export const WATCH_TASK = /* GraphQL */ `
  subscription WatchTask($id: ID!) {
    taskUpdated(id: $id) {
      id
      kind
      status
      priority
      progress
      stage
      attempt
      maxAttempts
      revision
      createdAt
      startedAt
      finishedAt
      nextAttemptAt
      error { code message retryable }
      requestedBy { id }
      meeting { id }
    }
  }
`;

/** A task as its events tell it. Instants are ISO 8601, `progress` is 0 to 1. */
export type Task = WatchTaskSubscription['taskUpdated'];

/** The tasks of the events. @throws HoerokError from `next()` when an event holds none. */
export function tasksOf(
  events: AsyncIterableIterator<SubscriptionEvent<WatchTaskSubscription>>,
): AsyncIterableIterator<Task> {
  const leave = (): void => void events.return?.();
  return leavable({
    leave,
    next: async () => {
      const step = (await events.next()) as IteratorResult<
        SubscriptionEvent<WatchTaskSubscription>,
        undefined
      >;
      if (step.done === true) return step;
      const { data, errors } = step.value;
      if (data !== null) return { done: false, value: data.taskUpdated };
      leave();
      throw failureOf(errors);
    },
  });
}
