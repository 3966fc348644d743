import type { FormattedExecutionResult } from 'graphql';
import type { EventSource, SourceEvent } from './event-source.ts';

/** Results of one subscription. `return()` ends it at once, also while `next()` waits. One `next()` at a time. */
export interface ResultStream extends AsyncIterableIterator<FormattedExecutionResult> {
  readonly return: () => Promise<IteratorResult<FormattedExecutionResult>>;
  readonly throw: (error: unknown) => Promise<never>;
  /** Nothing will come: it resumes a stream that had said its last word. */
  readonly isOver: boolean;
}

/** What {@link createResultStream} needs. */
export interface ResultStreamOptions {
  readonly source: EventSource;
  readonly isOver: boolean;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
  /** Called once, when the stream is left: what is being fetched for it is no longer wanted. */
  readonly leave: () => void;
  readonly execute: (event: SourceEvent) => Promise<FormattedExecutionResult>;
  /** Turns what ended the source into the last result. */
  readonly explain: (error: unknown) => FormattedExecutionResult;
}

const DONE = Object.freeze({ done: true as const, value: undefined });

/**
 * Executes the events of a source one after the other. Written by hand, for a generator that waits for its next event
 * cannot be ended: a quiet stream would stay subscribed for ever.
 */
export function createResultStream(options: ResultStreamOptions): ResultStream {
  const { source, signal, execute, explain } = options;
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', end);
    source.close();
    options.leave();
  }

  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();

  const stream: ResultStream = {
    isOver: options.isOver,
    next: async () => {
      if (ended) return DONE;
      try {
        const event = await source.pull();
        if (event === null) {
          end();
          return DONE;
        }
        const value = await execute(event);
        return ended ? DONE : { done: false, value };
      } catch (error) {
        if (ended) return DONE;
        end();
        return { done: false, value: explain(error) };
      }
    },
    return: async () => {
      end();
      return DONE;
    },
    throw: async (error) => {
      end();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
