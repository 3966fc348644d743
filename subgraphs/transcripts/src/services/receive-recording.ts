import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { MeetingAccess } from '@hoerok/shared/access';
import { AppError } from '@hoerok/shared/errors';
import type { DataSource } from 'typeorm';
import type { ContentRange } from '../domain/byte-range.ts';
import type { ConsentRule } from '../domain/recording-consent.ts';
import type { UploadClaims } from '../domain/upload-token.ts';
import type { Recording } from '../entities/recording.entity.ts';
import { recordingRepository } from '../repositories/recording-repository.ts';
import type { RecordingStorage } from '../storage/recording-storage.ts';
import { type CompletedUpload, completeRecording } from './complete-recording.ts';
import { refusal } from './refusals.ts';
import { meetingOfRecording, requireConsent } from './require-recordable.ts';
import { chunksOf, createHeadCheck } from './upload-body.ts';
import { openSession, type UploadSession } from './upload-session.ts';

/** One request that brings (a part of) a recording. */
export interface RecordingPart {
  readonly body: Readable;
  /** Null for a whole file from its beginning. */
  readonly range: ContentRange | null;
  /** Of the body, when it is known beforehand. */
  readonly length: number | null;
  /** SHA-256 of this body, in hexadecimal. */
  readonly contentDigest: string | null;
  /** SHA-256 of the whole file, in hexadecimal. */
  readonly fileDigest: string | null;
}

/** How far a recording has arrived. */
export type Arrived = { readonly offset: number; readonly bytes: number } & (
  | { readonly complete: false }
  | ({ readonly complete: true } & CompletedUpload)
);

/** Takes recordings, in one request or in many. */
export interface RecordingReceiver {
  /** How far an upload has come. @throws AppError `NOT_FOUND`. */
  readonly progress: (claims: UploadClaims) => Promise<Arrived>;
  /**
   * Writes a body to the storage as it comes; a client that leaves or is silent for too long has sent a part. A newer request
   * ends an older one of the same upload.
   * @throws AppError `CONFLICT` with `uploadOffset` for a part that begins elsewhere, and for a recording that is complete;
   *   `TOO_LARGE` at the first byte too many; `UNSUPPORTED_RECORDING`; `BAD_INPUT` for a digest that does not fit, with what it
   *   was given for forgotten; `NOT_FOUND`; `CONSENT_REFUSED`; `UNAVAILABLE`.
   */
  readonly receive: (claims: UploadClaims, part: RecordingPart) => Promise<Arrived>;
}

/** What {@link createRecordingReceiver} needs. */
export interface ReceiverDeps {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
  readonly storage: RecordingStorage;
  readonly consent: ConsentRule;
  readonly clock: () => Date;
  /** A client that sends nothing for so long has gone. @default 60000 */
  readonly stallMs?: number;
}

/** What is kept is written down at least so often. */
const KEEP_EVERY_MS = 30_000;
const STALL_MS = 60_000;

/** Builds {@link RecordingReceiver}. */
export function createRecordingReceiver(deps: ReceiverDeps): RecordingReceiver {
  const writing = new Map<string, { readonly stop: AbortController; readonly ended: Promise<void> }>();
  /** One request at a time writes a file in this process; between processes the row decides. */
  const alone = async <T>(id: string, work: (stop: AbortSignal) => Promise<T>): Promise<T> => {
    for (let other = writing.get(id); other !== undefined; other = writing.get(id)) {
      other.stop.abort();
      await other.ended;
    }
    const stop = new AbortController();
    const ended = Promise.withResolvers<void>();
    const own = { stop, ended: ended.promise };
    writing.set(id, own);
    try {
      return await work(stop.signal);
    } finally {
      if (writing.get(id) === own) writing.delete(id);
      ended.resolve();
    }
  };
  return {
    progress: async (claims) => arrivedOf(await requireRow(deps, claims)),
    receive: (claims, part) => alone(claims.uploadId, (stop) => receive(deps, { claims, part, stop })),
  };
}

interface Request {
  readonly claims: UploadClaims;
  readonly part: RecordingPart;
  readonly stop: AbortSignal;
}

async function receive(deps: ReceiverDeps, { part, claims, stop }: Request): Promise<Arrived> {
  const row = await requireRow(deps, claims);
  const start = placeOf(part, row);
  const session = await openSession(deps, row, start);
  const hash = createHash('sha256');
  const limits = { stop, stallMs: deps.stallMs ?? STALL_MS };
  let written: number;
  try {
    const chunks = chunksOf(part.body, limits);
    written = await copy(session, chunks, {
      start,
      clock: deps.clock,
      onChunk: (chunk) => hash.update(chunk),
    });
  } catch (error) {
    await session.giveUp(error);
    throw error;
  }
  return await conclude(deps, session, { part, start, written, digest: hash.digest('hex') });
}

async function requireRow(deps: ReceiverDeps, { uploadId, workspaceId }: UploadClaims): Promise<Recording> {
  const row = await recordingRepository(deps.dataSource.manager, workspaceId).findAny(uploadId);
  const meeting = row === null ? undefined : await meetingOfRecording(deps, row);
  if (row === null || meeting === undefined) throw refusal('NOT_FOUND', 'There is no such upload.', ['id']);
  requireConsent(deps.consent, meeting, ['id']);
  return row;
}

function arrivedOf({ bytes, received, completedAt, checksum, mimeType }: Recording): Arrived {
  if (completedAt === null) return { complete: false, offset: received, bytes };
  return { complete: true, offset: bytes, bytes, checksum: checksum ?? '', mimeType };
}

/** Where the body goes, when it may. */
function placeOf({ range, length }: RecordingPart, row: Recording): number {
  if (row.completedAt !== null)
    throw conflict('This recording has arrived; ask for a new upload.', row.bytes);
  if (range !== null && range.total !== null && range.total !== row.bytes)
    throw refusal('BAD_INPUT', `The upload is one of ${row.bytes} bytes.`, ['content-range']);
  const start = range?.start ?? 0;
  if (range !== null && start !== row.received)
    throw conflict(`Go on from byte ${row.received}, not from ${start}.`, row.received);
  if (start + (length ?? 0) > row.bytes) throw tooLarge(row.bytes);
  if (range !== null && length !== null && length !== range.end - start + 1)
    throw refusal('BAD_INPUT', 'content-range and content-length do not fit together.', ['content-range']);
  return start;
}

/** Gives how many bytes of the file were written in all. */
async function copy(
  { row, file, keep }: UploadSession,
  chunks: AsyncIterable<Buffer>,
  {
    start,
    clock,
    onChunk,
  }: {
    readonly start: number;
    readonly clock: () => Date;
    readonly onChunk: (chunk: Buffer) => void;
  },
): Promise<number> {
  let written = start;
  let keptAt = clock().getTime();
  const checkHead = start === 0 ? createHeadCheck() : null;
  for await (const chunk of chunks) {
    written += chunk.length;
    if (written > row.bytes) throw tooLarge(row.bytes);
    checkHead?.(chunk);
    onChunk(chunk);
    const before = file.kept().offset;
    await file.write(chunk);
    const isLate = clock().getTime() - keptAt > KEEP_EVERY_MS;
    if (file.kept().offset === before && !isLate) continue;
    await keep(file.kept());
    keptAt = clock().getTime();
  }
  return written;
}

async function conclude(
  deps: ReceiverDeps,
  session: UploadSession,
  sent: {
    readonly part: RecordingPart;
    readonly start: number;
    readonly written: number;
    readonly digest: string;
  },
): Promise<Arrived> {
  const { file, row, rows, writer } = session;
  const { part, start, digest } = sent;
  const hasAll = sent.written === row.bytes;
  const kept = await (hasAll ? file.finish() : file.close()).catch(async (error: unknown) => {
    await session.giveUp(error);
    throw error;
  });
  if (part.contentDigest !== null && part.body.readableEnded && part.contentDigest !== digest) {
    await session.release(session.begun);
    throw refusal('BAD_INPUT', 'The body does not have the digest that was sent with it; send it again.', [
      'content-digest',
    ]);
  }
  if (!hasAll) {
    await session.release(kept);
    return { complete: false, offset: kept.offset, bytes: row.bytes };
  }
  await session.keep(kept);
  const ofFile = { digest: start === 0 ? digest : null, fileDigest: part.fileDigest };
  const completed = await completeRecording(deps, { rows, row, writer, kept, ...ofFile });
  return { complete: true, offset: row.bytes, bytes: row.bytes, ...completed };
}

function conflict(message: string, uploadOffset: number): AppError {
  return new AppError('CONFLICT', message, {
    logLevel: 'debug',
    extensions: { path: ['content-range'], uploadOffset },
  });
}

function tooLarge(bytes: number): AppError {
  return refusal('TOO_LARGE', `The upload is one of ${bytes} bytes, and more have come.`, []);
}
