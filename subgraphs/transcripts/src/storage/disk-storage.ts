import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@hoerok/shared/errors';
import {
  type KeptPart,
  PART_BYTES,
  type RecordingStorage,
  type RecordingWriter,
} from './recording-storage.ts';

/**
 * Keeps recordings in one directory of this machine, or of a file system that all replicas share: one file each, readable by
 * the service's own user alone. What counts as kept has been flushed to the disk.
 */
export function createDiskStorage(directory: string): RecordingStorage {
  const pathOf = (id: string): string => {
    // Ids are made by us; this is for the day on which one is not.
    if (!/^[\w-]{1,100}$/.test(id)) throw new AppError('INTERNAL', 'This is not the id of a recording.');
    return join(directory, id);
  };
  return {
    name: 'disk',
    empty: '',
    open: async (id, from) => {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const file = await openForWriting(pathOf(id), from.offset === 0);
      return createWriter(file, from.offset);
    },
    complete: async () => '',
    read: async (id, range) => {
      const stream = createReadStream(pathOf(id), range ?? {});
      const opened = Promise.withResolvers<void>();
      stream.once('open', () => opened.resolve());
      stream.once('error', opened.reject);
      await opened.promise.catch((error: unknown) => {
        throw new AppError('UNAVAILABLE', 'The file of this recording cannot be read.', {
          retryable: true,
          cause: error,
          logLevel: 'error',
        });
      });
      return stream;
    },
    remove: async (id) => rm(pathOf(id), { force: true }),
  };
}

/** `r+` writes where it is told and keeps the rest; `w` begins anew. */
async function openForWriting(path: string, anew: boolean): Promise<FileHandle> {
  try {
    return await open(path, anew ? 'w' : 'r+', 0o600);
  } catch (error) {
    throw new AppError('UNAVAILABLE', 'The recording cannot be stored at the moment.', {
      retryable: true,
      cause: error,
      logLevel: 'error',
    });
  }
}

function createWriter(file: FileHandle, from: number): RecordingWriter {
  let written = from;
  let kept = from;
  const keep = async (): Promise<KeptPart> => {
    await file.datasync();
    kept = written;
    return { offset: kept, state: '' };
  };
  const close = async (): Promise<KeptPart> => {
    try {
      return await keep();
    } finally {
      await file.close();
    }
  };
  return {
    write: async (chunk) => {
      for (let done = 0; done < chunk.length; ) {
        const { bytesWritten } = await file.write(chunk, done, chunk.length - done, written);
        done += bytesWritten;
        written += bytesWritten;
      }
      if (written - kept >= PART_BYTES) await keep();
    },
    kept: () => ({ offset: kept, state: '' }),
    close,
    finish: close,
  };
}
