import { acrossWorkspaces } from '@hoerok/shared/database';
import { messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import type { DataSource } from 'typeorm';
import { doomedFileRepository } from '../repositories/doomed-file-repository.ts';
import type { RecordingStorage } from '../storage/recording-storage.ts';

/** Deletes the files of recordings whose rows are gone. */
export interface FileRemover {
  /** Something may be there to delete. Never throws, never waits. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
}

const EVERY_MS = 30_000;

/**
 * Rows are deleted in transactions, files are not: what a transaction leaves behind in `doomed_file` is deleted here, soon
 * after it has committed, and by the next process if this one dies in between. Deleting twice does no harm, so replicas need
 * not know of one another.
 */
export function startFileRemover(deps: {
  readonly dataSource: DataSource;
  readonly storage: RecordingStorage;
  readonly logger: Logger;
}): FileRemover {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const wake = (): void => {
    if (stopped) return;
    again = true;
    // Whoever wakes it, it deletes the files of all.
    running ??= acrossWorkspaces(async () => {
      while (again && !stopped) {
        again = false;
        await removeDue(deps).catch((error: unknown) =>
          deps.logger.warn({ reason: messageOf(error) }, 'files not removed'),
        );
      }
      running = undefined;
    });
  };
  const timer = setInterval(wake, EVERY_MS).unref();
  wake();
  return {
    wake,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function removeDue({
  dataSource,
  storage,
  logger,
}: Parameters<typeof startFileRemover>[0]): Promise<void> {
  const files = doomedFileRepository(dataSource.manager);
  for (let due = await files.due(); due.length > 0; due = await files.due()) {
    for (const { id, storageState } of due) {
      try {
        await storage.remove(id, storageState);
        await files.forget(id);
      } catch (error) {
        logger.error({ recordingId: id, reason: messageOf(error) }, 'file of a recording not removed');
        await files.postpone(id);
      }
    }
  }
}
