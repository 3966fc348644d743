import { randomUUID } from 'node:crypto';
import { AppError } from '@hoerok/shared/errors';
import type { DataSource } from 'typeorm';
import type { Recording } from '../entities/recording.entity.ts';
import {
  type KeptBytes,
  type RecordingRepository,
  recordingRepository,
} from '../repositories/recording-repository.ts';
import type { KeptPart, RecordingStorage, RecordingWriter } from '../storage/recording-storage.ts';
import { refusal } from './refusals.ts';

/** A request that writes a recording: the only one that may, until another takes over. */
export interface UploadSession {
  readonly rows: RecordingRepository;
  readonly row: Recording;
  /** Names the request. */
  readonly writer: string;
  readonly file: RecordingWriter;
  /** What was there when the request began. */
  readonly begun: KeptPart;
  /** Writes down what is kept. @throws AppError `CONFLICT` when another request has taken over, or the upload is gone. */
  readonly keep: (kept: KeptPart) => Promise<void>;
  /** Ends the writing, and says what is kept. */
  readonly release: (kept: KeptPart) => Promise<void>;
  /** Ends the writing of a request that failed: closes the file and keeps what can be kept. Never throws. */
  readonly giveUp: (error: unknown) => Promise<void>;
}

/**
 * Takes over the writing of a recording from byte `start` on.
 * @throws AppError `CONFLICT` when something else has arrived meanwhile, or it is gone; `UNAVAILABLE`.
 */
export async function openSession(
  deps: { readonly dataSource: DataSource; readonly storage: RecordingStorage },
  row: Recording,
  start: number,
): Promise<UploadSession> {
  const rows = recordingRepository(deps.dataSource.manager, row.workspaceId);
  const writer = randomUUID();
  if (!(await rows.takeOver(row.id, writer, row.received))) throw overtaken();
  const file = await deps.storage.open(row.id, { offset: start, state: row.storageState });
  const session = createSession(deps.storage, { rows, row, writer, file, begun: file.kept() });
  try {
    await session.keep(session.begun);
  } catch (error) {
    await session.giveUp(error);
    throw error;
  }
  return session;
}

/** What a request has been sent is of the wrong kind or length: the file is begun anew. */
const WRONG = new Set<string>(['TOO_LARGE', 'UNSUPPORTED_RECORDING']);

function createSession(
  storage: RecordingStorage,
  opened: Omit<UploadSession, 'keep' | 'release' | 'giveUp'>,
): UploadSession {
  const { rows, row, writer, file } = opened;
  /** The row may have been deleted, and its file too, before this request wrote to it. */
  const removeIfGone = async ({ state }: KeptPart): Promise<void> => {
    if ((await rows.findAny(row.id)) === null) await storage.remove(row.id, state);
  };
  return {
    ...opened,
    keep: async (kept) => {
      if (await rows.keep(row.id, writer, toBytes(kept))) return;
      await removeIfGone(kept);
      throw overtaken();
    },
    release: async (kept) => {
      if (!(await rows.release(row.id, writer, toBytes(kept)))) await removeIfGone(kept);
    },
    giveUp: async (error) => {
      const kept = await file.close().catch(() => file.kept());
      const isWrong = error instanceof AppError && WRONG.has(error.code);
      const left = isWrong ? { ...kept, offset: 0 } : kept;
      await rows.release(row.id, writer, toBytes(left)).catch(() => false);
    },
  };
}

function toBytes({ offset, state }: KeptPart): KeptBytes {
  return { received: offset, storageState: state };
}

function overtaken(): AppError {
  return refusal('CONFLICT', 'Another request sends this upload by now, or it is gone.', ['id']);
}
