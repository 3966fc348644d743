import { AsyncLocalStorage } from 'node:async_hooks';

interface Asker {
  /** Aborts when nobody waits for the answer any more; undefined once all is to be done whoever leaves. */
  signal: AbortSignal | undefined;
}

const askers = new AsyncLocalStorage<Asker>();

/**
 * Runs `work` for somebody who may leave: once `signal` aborts, PostgreSQL is told to stop what it does for them, and what
 * it has not begun is not sent. Both fail with `CANCELLED`.
 */
export function untilLeft<T>(signal: AbortSignal, work: () => T): T {
  return askers.run({ signal }, work);
}

/** Runs `work` to its end whoever leaves: others wait for it as well. */
export function whoeverLeaves<T>(work: () => T): T {
  return askers.run({ signal: undefined }, work);
}

/** All that is left of the work that {@link untilLeft} runs around the caller is done whoever leaves: it changes something. */
export function finishWhoeverLeaves(): void {
  const asker = askers.getStore();
  if (asker !== undefined) asker.signal = undefined;
}

/** The signal of whoever asks now. */
export function departure(): AbortSignal | undefined {
  return askers.getStore()?.signal;
}
