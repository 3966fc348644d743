import type { Transact } from '../database/index.ts';
import { messageOf } from '../errors/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { type Holder, recordProgress } from './transitions.ts';

const PROGRESS_INTERVAL_MS = 200;

/** Tells how far an attempt is. */
export interface Reporter {
  /** `fraction` from 0 to 1. */
  readonly report: (fraction: number, stage: string) => void;
  /** Drops what is not written yet and waits for what is being written. */
  readonly close: () => Promise<void>;
}

/** Writes the latest progress at most every {@link PROGRESS_INTERVAL_MS}; what came in between is folded into it. */
export function createReporter(
  deps: { readonly transact: Transact; readonly logger: Logger },
  holder: Holder,
): Reporter {
  let latest: { fraction: number; stage: string } | undefined;
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    timer = undefined;
    const progress = latest;
    latest = undefined;
    if (progress === undefined) return;
    writing = writing
      .then(() => deps.transact((tx) => recordProgress(tx, holder, progress), { single: true }))
      .catch((error: unknown) => {
        deps.logger.debug({ taskId: holder.taskId, reason: messageOf(error) }, 'progress not written');
      });
  };
  return {
    report: (fraction, stage) => {
      latest = { fraction, stage };
      timer ??= setTimeout(write, PROGRESS_INTERVAL_MS);
    },
    close: async () => {
      // The end is told right away; progress that nobody has seen yet has no reader any more.
      clearTimeout(timer);
      latest = undefined;
      await writing;
    },
  };
}
