import type { EventSource } from './event-source.ts';

/** A source that somebody else than its events may end. */
export interface EndableSource extends EventSource {
  /** Ends the source at once, also while a pull waits: that pull, or the next one, rejects with the error. */
  readonly fail: (error: Error) => void;
}

/** Makes any source endable. */
export function createEndableSource(source: EventSource): EndableSource {
  let failure: Error | undefined;
  let rejectPull: ((error: Error) => void) | undefined;
  return {
    pull: async () => {
      if (failure !== undefined) throw failure;
      return await new Promise((resolve, reject) => {
        rejectPull = reject;
        source.pull().then(resolve, reject);
      });
    },
    close: source.close,
    fail: (error) => {
      failure ??= error;
      // Before the source is closed, for that settles the pull as an ordinary end.
      rejectPull?.(failure);
      source.close();
    },
  };
}
