import type { IncomingMessage } from 'node:http';
import { AppError } from '@hoerok/shared/errors';
import { type HttpReply, jsonReply } from '@hoerok/shared/http';
import { type ContentRange, readContentRange } from '../domain/byte-range.ts';
import { readSha256 } from '../domain/digest-header.ts';
import type { UploadClaims } from '../domain/upload-token.ts';
import type { Arrived, RecordingReceiver } from '../services/receive-recording.ts';
import { refusal } from '../services/refusals.ts';

/** What is taken and dropped of a body that is refused, for a client that reads no answer before it has sent everything. */
const DROP_BYTES = 64 * 1024 * 1024;
const DROP_MS = 30_000;

/**
 * `PUT` brings a recording or, with `content-range`, a part of it: 200 with `{ uploadId, bytes, checksum, mimeType }` once all of
 * it is there, 202 before. `HEAD` says how far it has come. Both, and 409, name the next byte in `upload-offset`.
 */
export async function takeRecording(
  receiver: RecordingReceiver,
  claims: UploadClaims,
  request: IncomingMessage,
): Promise<HttpReply> {
  if (request.method === 'HEAD') {
    const arrived = await receiver.progress(claims);
    return { status: 200, headers: { ...progressHeaders(arrived), 'cache-control': 'no-store' } };
  }
  try {
    return reply(claims, await receiver.receive(claims, { body: request, ...describe(request) }));
  } catch (error) {
    drop(request);
    const offset = error instanceof AppError ? error.extensions['uploadOffset'] : undefined;
    if (!(error instanceof AppError) || typeof offset !== 'number') throw error;
    const errors = [{ message: error.message, extensions: { ...error.extensions, code: error.code } }];
    const answer = jsonReply(409, { errors });
    return { ...answer, headers: { ...answer.headers, 'upload-offset': String(offset) } };
  }
}

function reply({ uploadId }: UploadClaims, arrived: Arrived): HttpReply {
  const { complete, offset, bytes, ...found } = arrived;
  const answer = jsonReply(complete ? 200 : 202, { uploadId, bytes: complete ? bytes : offset, ...found });
  return { ...answer, headers: { ...answer.headers, ...progressHeaders(arrived) } };
}

function progressHeaders({ offset, bytes, complete }: Arrived): Record<string, string> {
  return {
    'upload-offset': String(offset),
    'upload-length': String(bytes),
    'upload-complete': complete ? '?1' : '?0',
  };
}

function describe(request: IncomingMessage): {
  readonly range: ContentRange | null;
  readonly length: number | null;
  readonly contentDigest: string | null;
  readonly fileDigest: string | null;
} {
  const { headers } = request;
  const length = headers['content-length'] === undefined ? null : Number(headers['content-length']);
  const range = headers['content-range'];
  return {
    length,
    range: range === undefined ? null : rangeOf(range, length),
    contentDigest: digestOf(request, 'content-digest'),
    fileDigest: digestOf(request, 'repr-digest'),
  };
}

/** `bytes * /<total>` with no body asks to complete what has all arrived, as after a crash at the very end. */
function rangeOf(header: string, length: number | null): ContentRange {
  const [, total] = /^bytes \*\/(\d{1,15})$/.exec(header.trim()) ?? [];
  if (total !== undefined && (length ?? 0) === 0)
    return { start: Number(total), end: Number(total) - 1, total: Number(total) };
  const range = readContentRange(header);
  if (range === null)
    throw refusal('BAD_INPUT', 'content-range must be as in "bytes 0-499/1234".', ['content-range']);
  return range;
}

function digestOf({ headers }: IncomingMessage, name: 'content-digest' | 'repr-digest'): string | null {
  const digest = readSha256(headers[name]?.toString());
  if (digest === null) throw refusal('BAD_INPUT', `${name} must be as in "sha-256=:<base64>:".`, [name]);
  return digest ?? null;
}

function drop(request: IncomingMessage): void {
  let dropped = 0;
  const timer = setTimeout(() => request.destroy(), DROP_MS).unref();
  request.on('data', (chunk: Buffer) => {
    dropped += chunk.length;
    if (dropped > DROP_BYTES) request.destroy();
  });
  request.once('close', () => clearTimeout(timer));
  request.on('error', () => undefined);
  request.resume();
}
