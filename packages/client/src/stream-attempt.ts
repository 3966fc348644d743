import type { SubscribePayload } from 'graphql-ws/client';
import type { Connection } from './connection.ts';
import { failureOf, type HoerokError } from './hoerok-error.ts';
import { isRefusal, readEvent, type StreamedResult, type SubscriptionEvent } from './subscription-event.ts';

/** What {@link attemptStream} works with. */
export interface StreamAttemptDeps {
  readonly connection: Connection;
  /** Rejects with a HoerokError when there is no access token to be had. */
  readonly authorize: () => Promise<unknown>;
}

/** One attempt at a stream. */
export interface StreamAttempt<Data> {
  /** Where it goes on; `null` to begin. */
  readonly lastEventId: string | null;
  /** Whether the loop has waited for events before: then some may have come in the meantime. */
  readonly isResumed: boolean;
  readonly onEvent: (event: SubscriptionEvent<Data>) => void;
  readonly onFailure: (error: HoerokError) => void;
  readonly onComplete: () => void;
}

/** Subscribes once. Nothing is called any more after the function returned has left the stream, nor after an end. */
export function attemptStream<Data>(
  request: SubscribePayload,
  { lastEventId, isResumed, onEvent, onFailure, onComplete }: StreamAttempt<Data>,
  { connection, authorize }: StreamAttemptDeps,
): () => void {
  let isOver = false;
  let isFirst = true;
  let unsubscribe = (): void => undefined;

  function leave(): void {
    isOver = true;
    unsubscribe();
  }

  function end(act: () => void): void {
    if (isOver) return;
    leave();
    act();
  }

  function take(result: StreamedResult): void {
    if (isOver) return;
    if (isRefusal(result)) {
      end(() => onFailure(failureOf(result.errors ?? [])));
      return;
    }
    const event = readEvent<Data>(result, { isFirst: isFirst && isResumed, lastEventId });
    isFirst = false;
    onEvent(event);
  }

  async function run(): Promise<void> {
    try {
      await authorize();
    } catch (error) {
      end(() => onFailure(connection.explain(error)));
    }
    if (isOver) return;
    const extensions = lastEventId === null ? request.extensions : { ...request.extensions, lastEventId };
    unsubscribe = connection.subscribe(
      { ...request, extensions },
      {
        next: (result) => take(result as StreamedResult),
        error: (ended) => end(() => onFailure(connection.explain(ended))),
        complete: () => end(onComplete),
      },
    );
  }

  void run();
  return leave;
}
