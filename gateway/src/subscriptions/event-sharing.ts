import { meter } from '@hoerok/shared/telemetry';

const executions = meter.createCounter('hoerok_gateway_event_executions', {
  description: 'Events executed for subscribers, by outcome (run, shared with an identical subscriber)',
});

/** Counts an event that is executed for a subscriber, or whose execution for an identical one is used. */
export function countExecution(outcome: 'run' | 'shared'): void {
  executions.add(1, { outcome });
}

// What a viewer may see can change meanwhile: an older answer is not told any more.
const SHARED_FOR_MS = 2_000;

/** One subscriber's wish for the answer to one event. */
export interface SharedExecution<T> {
  /** The event itself: identical subscribers hold the same object. */
  readonly event: object;
  /** Everything that the answer depends on: schema, operation, variables, and who asks. */
  readonly scope: string;
  /** Aborts when this subscriber is gone. */
  readonly signal: AbortSignal;
  /** The signal that it gets aborts when the last of those who wait is gone. */
  readonly execute: (signal: AbortSignal) => Promise<T>;
}

/** Executes an event once for all who ask for the very same answer within a moment. The answer is shared: never change it. */
export type EventSharing<T> = (execution: SharedExecution<T>) => Promise<T>;

interface Running<T> {
  readonly beganAt: number;
  readonly answer: Promise<T>;
  readonly abandon: AbortController;
  waiting: number;
}

/** Answers are held by the event they belong to, and go with it. */
export function createEventSharing<T>(clock: () => number = () => performance.now()): EventSharing<T> {
  const byEvent = new WeakMap<object, Map<string, Running<T>>>();

  function find({ event, scope, execute }: SharedExecution<T>): Running<T> {
    const running = byEvent.get(event) ?? new Map<string, Running<T>>();
    byEvent.set(event, running);
    const known = running.get(scope);
    if (known !== undefined && !known.abandon.signal.aborted && clock() - known.beganAt < SHARED_FOR_MS) {
      countExecution('shared');
      return known;
    }
    countExecution('run');
    const abandon = new AbortController();
    const started = { beganAt: clock(), answer: execute(abandon.signal), abandon, waiting: 0 };
    running.set(scope, started);
    // The next one tries for itself.
    started.answer.catch(() => running.delete(scope));
    return started;
  }

  return async (execution) => {
    const { signal } = execution;
    signal.throwIfAborted();
    const running = find(execution);
    let isWaiting = true;
    const leave = (): void => {
      if (!isWaiting) return;
      isWaiting = false;
      running.waiting -= 1;
      if (running.waiting === 0) running.abandon.abort();
    };
    running.waiting += 1;
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await running.answer;
    } finally {
      isWaiting = false;
      signal.removeEventListener('abort', leave);
    }
  };
}
