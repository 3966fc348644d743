import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { MeetingAccess } from '@hoerok/shared/access';
import { AppError } from '@hoerok/shared/errors';
import type { DataSource } from 'typeorm';
import type { ContentRange } from '../domain/byte-range.ts';
import type { ConsentRule } from '../domain/recording-consent.ts';
import { HEAD_BYTES, recognizeRecording } from '../domain/recording-type.ts';
import type { UploadClaims } from '../domain/upload-token.ts';
import type { Recording } from '../entities/recording.entity.ts';
import { type RecordingRepository, recordingRepository } from '../repositories/recording-repository.ts';
import type { KeptPart, RecordingStorage, RecordingWriter } from '../storage/recording-storage.ts';
import { type CompletedUpload, completeRecording } from './complete-recording.ts';
import { refusal } from './refusals.ts';
import { meetingOfRecording, requireConsent } from './require-recordable.ts';

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

async function receive(deps: ReceiverDeps, request: Request): Promise<Arrived> {
  const { part, claims } = request;
  const row = await requireRow(deps, claims);
  const start = placeOf(part, row);
  const rows = recordingRepository(deps.dataSource.manager, row.workspaceId);
  const writer = randomUUID();
  if (!(await rows.takeOver(row.id, writer, row.received))) throw overtaken();
  const from = { offset: start, state: row.storageState };
  const file = await deps.storage.open(row.id, from);
  const session: Session = { deps, rows, row, writer, file, begun: file.kept() };
  await keep(session, session.begun);
  const hash = createHash('sha256');
  let written: number;
  try {
    written = await copy(session, request, { start, onChunk: (chunk) => hash.update(chunk) });
  } catch (error) {
    await giveUp(session, error);
    throw error;
  }
  return await conclude(session, part, { start, written, digest: hash.digest('hex') });
}

interface Session {
  readonly deps: ReceiverDeps;
  readonly rows: RecordingRepository;
  readonly row: Recording;
  readonly writer: string;
  readonly file: RecordingWriter;
  /** What was there when the request began. */
  readonly begun: KeptPart;
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

interface Copying {
  readonly start: number;
  readonly onChunk: (chunk: Buffer) => void;
}

/** Gives how many bytes of the file were written in all; returns early for a client that leaves. */
async function copy(session: Session, { part, stop }: Request, { start, onChunk }: Copying): Promise<number> {
  const { file, row } = session;
  const { stallMs = 60_000, clock } = session.deps;
  const silent = watchSilence(part.body, stallMs);
  let written = start;
  let keptAt = clock().getTime();
  let head: Buffer | null = start === 0 ? Buffer.alloc(0) : null;
  try {
    for await (const chunk of chunksOf(part.body, stop)) {
      silent.reset();
      written += chunk.length;
      if (written > row.bytes) throw tooLarge(row.bytes);
      if (head !== null) head = requireRecording(Buffer.concat([head, chunk.subarray(0, HEAD_BYTES)]));
      onChunk(chunk);
      const before = file.kept().offset;
      await file.write(chunk);
      const isLate = clock().getTime() - keptAt > KEEP_EVERY_MS;
      if (file.kept().offset === before && !isLate) continue;
      await keep(session, file.kept());
      keptAt = clock().getTime();
    }
  } finally {
    silent.end();
  }
  return written;
}

/** @returns null once it is known that this is a recording, what there is of its head before. */
function requireRecording(head: Buffer): Buffer | null {
  if (head.length < HEAD_BYTES) return head;
  if (recognizeRecording(head) !== null) return null;
  throw unsupported();
}

/** A stream that is not destroyed when the loop ends: the answer goes over the same connection. */
async function* chunksOf(body: Readable, stop: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  const onStop = (): void => void body.destroy();
  stop.addEventListener('abort', onStop, { once: true });
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch {
    // The client went away, was silent for too long, or has begun another request: what has come is a part.
  } finally {
    stop.removeEventListener('abort', onStop);
  }
}

function watchSilence(
  body: Readable,
  stallMs: number,
): { readonly reset: () => void; readonly end: () => void } {
  const timer = setTimeout(() => body.destroy(), stallMs);
  return { reset: () => void timer.refresh(), end: () => clearTimeout(timer) };
}

async function conclude(
  session: Session,
  part: RecordingPart,
  sent: { readonly start: number; readonly written: number; readonly digest: string },
): Promise<Arrived> {
  const { file, row, rows, writer, deps } = session;
  const hasAll = sent.written === row.bytes;
  const kept = await (hasAll ? file.finish() : file.close()).catch(async (error: unknown) => {
    await giveUp(session, error);
    throw error;
  });
  if (part.contentDigest !== null && part.body.readableEnded && part.contentDigest !== sent.digest) {
    await rows.release(row.id, writer, toKept(session.begun));
    throw refusal('BAD_INPUT', 'The body does not have the digest that was sent with it; send it again.', [
      'content-digest',
    ]);
  }
  if (hasAll) {
    await keep(session, kept);
    const digest = sent.start === 0 ? sent.digest : null;
    const completed = await completeRecording(deps, {
      rows,
      row,
      writer,
      kept,
      digest,
      fileDigest: part.fileDigest,
    });
    return { complete: true, offset: row.bytes, bytes: row.bytes, ...completed };
  }
  if (!(await rows.release(row.id, writer, toKept(kept)))) await removeIfGone(session, kept);
  return { complete: false, offset: kept.offset, bytes: row.bytes };
}

/** Keeps what can be kept of a request that failed; a file of the wrong kind or length is begun anew. */
async function giveUp(session: Session, error: unknown): Promise<void> {
  const { file, rows, row, writer } = session;
  const kept = await file.close().catch(() => file.kept());
  const isWrong = error instanceof AppError && WRONG.has(error.code);
  const state = isWrong ? { received: 0, storageState: kept.state } : toKept(kept);
  await rows.release(row.id, writer, state).catch(() => false);
}

const WRONG = new Set<string>(['TOO_LARGE', 'UNSUPPORTED_RECORDING']);

async function keep(session: Session, kept: KeptPart): Promise<void> {
  const { rows, row, writer } = session;
  if (await rows.keep(row.id, writer, toKept(kept))) return;
  await removeIfGone(session, kept);
  throw overtaken();
}

/** The row may have been deleted, and its file too, before this request wrote to it. */
async function removeIfGone({ rows, row, deps }: Session, kept: KeptPart): Promise<void> {
  if ((await rows.findAny(row.id)) === null) await deps.storage.remove(row.id, kept.state);
}

const toKept = ({ offset, state }: KeptPart): { received: number; storageState: string } => {
  return { received: offset, storageState: state };
};

function overtaken(): AppError {
  return refusal('CONFLICT', 'Another request sends this upload by now, or it is gone.', ['id']);
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

function unsupported(): AppError {
  const kinds = 'WAV, FLAC, MP3, MP4 (M4A), Ogg, WebM or AMR';
  return refusal(
    'UNSUPPORTED_RECORDING',
    `By its first bytes this is no recording: it must be ${kinds}.`,
    [],
  );
}
