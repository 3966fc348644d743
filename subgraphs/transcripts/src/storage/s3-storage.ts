import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { AppError } from '@hoerok/shared/errors';
import { AwsClient } from 'aws4fetch';
import { z } from 'zod';
import {
  type KeptPart,
  PART_BYTES,
  type RecordingStorage,
  type RecordingWriter,
} from './recording-storage.ts';

/** Where the bucket is and how it is entered. */
export interface S3Settings {
  /** For example `https://s3.eu-central-1.amazonaws.com`, or the address of an own server. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of one request; reading a recording is bounded by whoever reads. @default 60000 */
  readonly timeoutMs?: number;
}

const stateSchema = z.object({
  uploadId: z.string().nullable(),
  parts: z.array(z.object({ tag: z.string(), bytes: z.number() })),
});
type State = Readonly<z.output<typeof stateSchema>>;

const EMPTY: State = { uploadId: null, parts: [] };

/**
 * Keeps recordings in a bucket that speaks S3: AWS, MinIO, Ceph, R2 and others, addressed by path. Each part is a part of a
 * multipart upload (8 MiB, so 80 GB at most); one that breaks off is sent again. Bodies are signed with their SHA-256.
 */
export function createS3Storage(settings: S3Settings): RecordingStorage {
  const call = createCaller(settings);
  return {
    name: 's3',
    empty: JSON.stringify(EMPTY),
    open: async (id, from) => {
      const state = stateOf(from.state);
      if (state.uploadId !== null && from.offset > 0)
        return createWriter(call, id, { uploadId: state.uploadId, parts: partsUpTo(state, from.offset) });
      if (state.uploadId !== null) await abandon(call, id, state.uploadId);
      return createWriter(call, id, { uploadId: await startUpload(call, id), parts: [] });
    },
    complete: async (id, { state }) => {
      const { uploadId, parts } = stateOf(state);
      if (uploadId === null) return state;
      const list = parts.map(
        ({ tag }, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${toXml(tag)}</ETag></Part>`,
      );
      const body = `<CompleteMultipartUpload>${list.join('')}</CompleteMultipartUpload>`;
      const answer = await call(
        { method: 'POST', id, query: { uploadId }, body: Buffer.from(body) },
        [200, 404],
      );
      // It may say 200 and then find that it cannot; 404 is the answer to who asks a second time.
      const text = await answer.text();
      if (answer.status === 200 && text.includes('<Error>')) throw away(`completing said ${codeIn(text)}`);
      if (answer.status === 404 && !(await exists(call, id))) throw away('the parts of the upload are gone');
      return JSON.stringify(EMPTY);
    },
    read: async (id, range, signal) => {
      const headers = range === null ? {} : { range: `bytes=${range.start}-${range.end}` };
      const answer = await call({ method: 'GET', id, headers, signal, endless: true }, [200, 206]);
      if (answer.body === null) return Readable.from([]);
      return Readable.fromWeb(answer.body as unknown as WebStream);
    },
    remove: async (id, state) => {
      const { uploadId } = stateOf(state);
      if (uploadId !== null)
        await discard(await call({ method: 'DELETE', id, query: { uploadId } }, [204, 200, 404]));
      await discard(await call({ method: 'DELETE', id }, [204, 200, 404]));
    },
  };
}

interface Call {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly id: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly signal?: AbortSignal | undefined;
  /** The answer may take as long as it takes. */
  readonly endless?: boolean;
}
type Caller = (call: Call, expected: readonly number[]) => Promise<Response>;

function createCaller(settings: S3Settings): Caller {
  const { accessKeyId, secretAccessKey, region, timeoutMs = 60_000 } = settings;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  const base = `${settings.endpoint.replace(/\/$/, '')}/${settings.bucket}/`;
  return async ({ method, id, query = {}, headers = {}, body, signal, endless = false }, expected) => {
    const url = new URL(base + encodeURIComponent(id));
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const limits = [
      ...(endless ? [] : [AbortSignal.timeout(timeoutMs)]),
      ...(signal === undefined ? [] : [signal]),
    ];
    const sha256 = { 'x-amz-content-sha256': await hexSha256(body ?? Buffer.alloc(0)) };
    let answer: Response;
    try {
      answer = await client.fetch(url, {
        method,
        headers: { ...sha256, ...headers },
        ...(body !== undefined && { body: new Uint8Array(body) }),
        ...(limits.length > 0 && { signal: AbortSignal.any(limits) }),
        redirect: 'manual',
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw away('it cannot be reached', error);
    }
    if (expected.includes(answer.status)) return answer;
    throw away(`${method} was answered with ${answer.status} ${codeIn(await answer.text())}`);
  };
}

/** Numbers of parts are places: a part that is sent again replaces the one of its number. */
function createWriter(
  call: Caller,
  id: string,
  begun: { uploadId: string; parts: State['parts'] },
): RecordingWriter {
  const parts = [...begun.parts];
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  const kept = (): KeptPart => ({
    offset: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    state: JSON.stringify({ uploadId: begun.uploadId, parts } satisfies State),
  });
  /** All parts but the last are of one size: some servers want that. */
  const send = async (): Promise<void> => {
    if (pendingBytes === 0) return;
    const all = Buffer.concat(pending);
    const body = all.subarray(0, PART_BYTES);
    const query = { partNumber: String(parts.length + 1), uploadId: begun.uploadId };
    const answer = await call({ method: 'PUT', id, query, body }, [200]);
    await discard(answer);
    const tag = answer.headers.get('etag');
    if (tag === null) throw away('a part was taken without an ETag');
    parts.push({ tag, bytes: body.length });
    pending = [all.subarray(body.length)];
    pendingBytes = all.length - body.length;
  };
  return {
    write: async (chunk) => {
      pending.push(chunk);
      pendingBytes += chunk.length;
      while (pendingBytes >= PART_BYTES) await send();
    },
    kept,
    // A part before the last one must not be smaller than 5 MiB: what there is of it comes again.
    close: async () => kept(),
    finish: async () => {
      await send();
      return kept();
    },
  };
}

async function startUpload(call: Caller, id: string): Promise<string> {
  const answer = await call({ method: 'POST', id, query: { uploads: '' } }, [200]);
  const [, uploadId] = /<UploadId>([^<]+)<\/UploadId>/.exec(await answer.text()) ?? [];
  if (uploadId === undefined) throw away('an upload was begun without an id');
  return fromXml(uploadId);
}

async function exists(call: Caller, id: string): Promise<boolean> {
  return (await call({ method: 'HEAD', id }, [200, 404])).status === 200;
}

function stateOf(text: string): State {
  return text === '' ? EMPTY : stateSchema.parse(JSON.parse(text));
}

async function abandon(call: Caller, id: string, uploadId: string): Promise<void> {
  await discard(await call({ method: 'DELETE', id, query: { uploadId } }, [204, 200, 404]));
}

function partsUpTo({ parts }: State, offset: number): State['parts'] {
  const kept: State['parts'] = [];
  for (let at = 0; at < offset; ) {
    const part = parts[kept.length];
    if (part === undefined) throw new AppError('INTERNAL', 'A part of the recording is not known.');
    kept.push(part);
    at += part.bytes;
  }
  return kept;
}

/** What the storage says may hold names of ours; it goes to the log, never to a client. */
function away(reason: string, cause?: unknown): AppError {
  return new AppError('UNAVAILABLE', 'The storage of recordings does not answer as it should.', {
    retryable: true,
    cause: new Error(`S3: ${reason}`, { cause }),
    logLevel: 'error',
  });
}

function codeIn(xml: string): string {
  return /<Code>(\w{1,60})<\/Code>/.exec(xml)?.[1] ?? '';
}

async function discard(answer: Response): Promise<void> {
  await answer.body?.cancel();
}

async function hexSha256(body: Buffer): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(body))).toString('hex');
}

const toXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const fromXml = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
