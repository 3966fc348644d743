import type { Transact } from '@hoerok/shared/database';
import type { EntityManager } from 'typeorm';

/** Runs a change of one transcript in a transaction, when those of this process before it have ended. */
export type ChangeTranscript = <T>(
  transcriptId: string,
  work: (tx: EntityManager) => Promise<T>,
) => Promise<T>;

/**
 * Builds {@link ChangeTranscript}. The lock on the transcript's row is what orders changes; whoever waits for it holds a
 * connection, though. Here they wait without one, so that fifty editors of one transcript do not keep everybody else from the
 * database, nor one another.
 */
export function createChangeTranscript(transact: Transact): ChangeTranscript {
  const last = new Map<string, Promise<unknown>>();
  return async (transcriptId, work) => {
    const before = last.get(transcriptId) ?? Promise.resolve();
    const own = before.then(() => transact(work));
    const ended = own.catch(() => undefined);
    last.set(transcriptId, ended);
    try {
      return await own;
    } finally {
      if (last.get(transcriptId) === ended) last.delete(transcriptId);
    }
  };
}
