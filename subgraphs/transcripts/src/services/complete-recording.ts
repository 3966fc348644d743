import { createHash } from 'node:crypto';
import type { AppError } from '@hoerok/shared/errors';
import { DURATION_HEAD_BYTES, durationOf } from '../domain/audio-duration.ts';
import { mediaTypeOf, recognizeRecording } from '../domain/recording-type.ts';
import type { Recording } from '../entities/recording.entity.ts';
import type { RecordingRepository } from '../repositories/recording-repository.ts';
import type { KeptPart, RecordingStorage } from '../storage/recording-storage.ts';
import { refusal } from './refusals.ts';

/** What is known of a file once all of it is there. */
export interface CompletedUpload {
  /** SHA-256 in hexadecimal. */
  readonly checksum: string;
  readonly mimeType: string;
}

/** A file of which every byte is kept. */
export interface UploadToComplete {
  readonly rows: RecordingRepository;
  readonly row: Recording;
  /** The request that writes. */
  readonly writer: string;
  readonly kept: KeptPart;
  /** SHA-256 of the file when one request has sent all of it; else it is read once more. */
  readonly digest: string | null;
  /** SHA-256 that the client says it has. */
  readonly fileDigest: string | null;
}

/**
 * Makes a recording of a file that has arrived: what it is, is read from the storage. May be done again after a crash in the
 * middle of it.
 * @throws AppError `UNSUPPORTED_RECORDING`, or `BAD_INPUT` for another digest than the client has: nothing of the file is left,
 *   and it may be sent again. `CONFLICT` when another request has taken over.
 */
export async function completeRecording(
  deps: { readonly storage: RecordingStorage; readonly clock: () => Date },
  upload: UploadToComplete,
): Promise<CompletedUpload> {
  const { rows, row, writer, kept } = upload;
  const state = await deps.storage.complete(row.id, kept);
  const head = await readHead(deps.storage, row);
  const container = recognizeRecording(head);
  if (container === null)
    throw await startAnew(
      deps,
      upload,
      refusal('UNSUPPORTED_RECORDING', 'By its first bytes this is no recording.', []),
    );
  const checksum = upload.digest ?? (await hashFile(deps.storage, row.id));
  if (upload.fileDigest !== null && upload.fileDigest !== checksum) {
    const message =
      'The file does not have the digest that was sent with it; send it again from the beginning.';
    throw await startAnew(deps, upload, refusal('BAD_INPUT', message, ['repr-digest']));
  }
  const mimeType = mediaTypeOf(container, row.mimeType);
  const completed = {
    mimeType,
    checksum,
    durationMs: durationOf(container, head, row.bytes),
    completedAt: deps.clock(),
  };
  await rows.keep(row.id, writer, { received: row.bytes, storageState: state });
  if (!(await rows.complete(row.id, writer, completed)))
    throw refusal('CONFLICT', 'Another request sends this upload by now, or it is gone.', ['id']);
  return { checksum, mimeType };
}

async function startAnew(
  { storage }: { readonly storage: RecordingStorage },
  { rows, row, writer, kept }: UploadToComplete,
  error: AppError,
): Promise<AppError> {
  await storage.remove(row.id, kept.state);
  await rows.release(row.id, writer, { received: 0, storageState: storage.empty });
  return error;
}

async function readHead(storage: RecordingStorage, { id, bytes }: Recording): Promise<Buffer> {
  const end = Math.min(bytes, DURATION_HEAD_BYTES) - 1;
  const chunks: Buffer[] = [];
  for await (const chunk of await storage.read(id, { start: 0, end })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function hashFile(storage: RecordingStorage, id: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await storage.read(id, null)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
