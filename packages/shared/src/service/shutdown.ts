import { messageOf } from '../errors/index.ts';
import type { Logger } from '../telemetry/index.ts';

/** What must be closed, in the reverse order of its opening. */
export interface Shutdown {
  readonly add: (name: string, close: () => Promise<unknown>) => void;
  /** Closes everything once; a step that fails is logged and the others still run. */
  readonly run: () => Promise<void>;
}

/** A ladder of things to close. */
export function createShutdown(logger: Logger): Shutdown {
  const steps: { name: string; close: () => Promise<unknown> }[] = [];
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    for (const { name, close } of steps.toReversed()) {
      try {
        await close();
      } catch (error) {
        logger.warn({ step: name, reason: messageOf(error) }, 'shutdown step failed');
      }
    }
  };
  return {
    add: (name, close) => {
      steps.push({ name, close });
    },
    run: () => {
      running ??= run();
      return running;
    },
  };
}
