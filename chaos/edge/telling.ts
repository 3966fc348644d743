import { setTimeout as pause } from 'node:timers/promises';
import type { Scene } from './scene.ts';

/** Events of tasks at a steady rate: each revision goes to every one of them. */
export interface Telling extends AsyncDisposable {
  /** The newest revision that all tasks have. */
  readonly revision: () => number;
  /** Answers it. @throws Error when an event could not be stored. */
  readonly stop: () => Promise<number>;
}

/** Tells of each task so often a second, from revision 1 on. */
export function tellSteadily(scene: Scene, ids: readonly string[], perSecond: number, note = ''): Telling {
  let revision = 0;
  let isStopping = false;
  const told = (async () => {
    while (!isStopping) {
      await Promise.all(ids.map(async (id) => await scene.publish(id, revision + 1, note)));
      revision += 1;
      await pause(1_000 / perSecond);
    }
  })();
  // Whoever stops it is told.
  told.catch(() => undefined);
  return {
    revision: () => revision,
    stop: async () => {
      isStopping = true;
      await told;
      return revision;
    },
    [Symbol.asyncDispose]: async () => {
      isStopping = true;
      await told.catch(() => undefined);
    },
  };
}
