import { setTimeout as delay } from 'node:timers/promises';

const RETRY_MS = [100, 250, 500, 1_000, 2_000];

/** Options of {@link readPatiently}. */
export interface PatientReading {
  /** Nobody waits for the answer any more. */
  readonly isOver: () => boolean;
  /** Told of each failure. */
  readonly failed: (error: unknown) => void;
}

/** Reads until it succeeds, with growing pauses; `undefined` once nobody waits for it any more. */
export async function readPatiently<T>(
  read: () => Promise<T>,
  { isOver, failed }: PatientReading,
): Promise<T | undefined> {
  for (let attempt = 0; !isOver(); attempt += 1) {
    try {
      return await read();
    } catch (error) {
      failed(error);
      await delay(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)], undefined, { ref: false });
    }
  }
  return undefined;
}
