import type { Connection } from './connection.ts';
import type { HoerokError } from './hoerok-error.ts';
import { createPause, type BackoffOptions, type Pause } from './pause.ts';

/** Attempts that something gets which has never worked: most likely the address or the operation is wrong. */
const FIRST_ATTEMPTS = 5;
const LASTING_MS = 60_000;

/** Decides for one subscription whether and when to try again. */
export interface Recovery {
  readonly began: () => void;
  /** An event came: whatever failed before is forgotten. */
  readonly worked: () => void;
  /** @returns the wait until the next attempt, or `null` when there is to be none. */
  readonly after: (error: HoerokError, signal: AbortSignal) => Promise<void> | null;
}

/** What {@link createRecovery} needs. */
export interface RecoveryOptions {
  readonly connection: Connection;
  /** Shared by all subscriptions, so that the connection is tried once for all. */
  readonly pauseConnecting: Pause;
  readonly backoff: BackoffOptions;
  /** Failures in a row after which it is given up. */
  readonly attempts: number;
}

/** A lost connection is counted for all subscriptions together, what goes wrong with this one alone by itself. */
export function createRecovery(options: RecoveryOptions, clock: () => number = Date.now): Recovery {
  const { connection, pauseConnecting, backoff } = options;
  const pauseAlone = createPause(backoff);
  let failures = 0;
  let hasWorked = false;
  let startedAtMs = 0;

  function worked(): void {
    failures = 0;
    hasWorked = true;
  }

  return {
    worked,
    began: () => {
      startedAtMs = clock();
    },
    after: (error, signal) => {
      // A quiet stream shows by lasting that it works.
      if (clock() - startedAtMs > LASTING_MS) worked();
      const isConnection = error.code === 'CONNECTION_LOST' || error.closeCode !== null;
      if (!isConnection) failures += 1;
      const count = isConnection ? connection.failures() : failures;
      const isNew = isConnection ? !connection.wasOpen() : !hasWorked;
      const limit = isNew ? Math.min(FIRST_ATTEMPTS, options.attempts) : options.attempts;
      if (!error.retryable || count >= limit) return null;
      return (isConnection ? pauseConnecting : pauseAlone)(count, signal);
    },
  };
}
