import type { Dispatcher } from 'undici';

/** Bytes that may be read in one turn of the event loop, by all who share a pace. */
const TURN_BYTES = 256 * 1024;

/** What is paused and goes on. */
export type Paced = Pick<Dispatcher.DispatchController, 'pause' | 'resume' | 'aborted'>;

/** Tells that so many bytes were read; the one that reads is paused when that was enough for this turn. */
export type Pace = (bytes: number, reading: Paced) => void;

/**
 * Lets large answers take turns with everything else that the process does: Node reads up to 2 MiB from each socket
 * before it looks at the next, so a few that pour hold up all others.
 */
export function createPace(): Pace {
  let waiting: Paced[] = [];
  let read = 0;
  let isTurnPlanned = false;

  function planTurn(): void {
    if (isTurnPlanned) return;
    isTurnPlanned = true;
    setImmediate(nextTurn);
  }

  function nextTurn(): void {
    isTurnPlanned = false;
    read = 0;
    const paused = waiting;
    waiting = [];
    for (const [index, one] of paused.entries()) {
      if (read >= TURN_BYTES) {
        // Those that had no turn come before those that have just been paused again.
        waiting = [...paused.slice(index), ...waiting];
        break;
      }
      if (!one.aborted) one.resume();
    }
    if (waiting.length > 0) planTurn();
  }

  return (bytes, reading) => {
    read += bytes;
    planTurn();
    if (read < TURN_BYTES) return;
    reading.pause();
    waiting.push(reading);
  };
}
