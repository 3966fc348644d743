import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsV4Signer } from 'aws4fetch';

/** A bucket in memory that answers as S3 does, as far as recordings need it. */
export interface S3Server extends AsyncDisposable {
  readonly endpoint: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Multipart uploads that have neither been completed nor aborted. */
  readonly unfinished: () => number;
  /** Answers 503 to the next so many requests. */
  readonly fail: (times: number) => void;
}

export const S3_KEYS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'the secret of a server in a test',
};
const MIN_PART = 5 * 1024 * 1024;

interface Upload {
  readonly key: string;
  readonly parts: Map<number, Buffer>;
}

interface Asked {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly key: string;
  readonly body: Buffer;
}

type Answer = {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
};

/** Starts it on a free port. Every request is verified by its signature (SigV4) and the SHA-256 of its body. */
export async function startS3(bucket: string): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Upload>();
  let failing = 0;
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (failing > 0) {
      failing -= 1;
      return { status: 503, body: '<Error><Code>SlowDown</Code></Error>' };
    }
    if (!(await isSigned(request, url, body)))
      return { status: 403, body: '<Error><Code>SignatureDoesNotMatch</Code></Error>' };
    if (!url.pathname.startsWith(`/${bucket}/`))
      return { status: 404, body: '<Error><Code>NoSuchBucket</Code></Error>' };
    const asked = { request, url, body, key: decodeURIComponent(url.pathname.slice(bucket.length + 2)) };
    return url.searchParams.has('uploadId') || url.searchParams.has('uploads')
      ? multipart(asked, { objects, uploads })
      : plain(asked, objects);
  };
  const server = createServer((request, response) => void reply(answer(request), response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    unfinished: () => uploads.size,
    fail: (times) => (failing = times),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function reply(work: Promise<Answer>, response: ServerResponse): Promise<void> {
  const { status, body, headers } = await work;
  response.writeHead(status, headers).end(body);
}

/** Signs again what was signed, with the same key and time, and compares. */
async function isSigned({ method = '', headers }: IncomingMessage, url: URL, body: Buffer): Promise<boolean> {
  if (headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex')) return false;
  const [, names = ''] = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? [];
  const signed = names.split(';').filter((name) => name !== 'host' && name !== 'x-amz-date');
  const signer = new AwsV4Signer({
    ...S3_KEYS,
    method,
    url: url.href,
    headers: Object.fromEntries(signed.map((name) => [name, String(headers[name])])),
    service: 's3',
    region: 'eu-test-1',
    datetime: String(headers['x-amz-date']),
  });
  return (await signer.sign()).headers.get('authorization') === headers.authorization;
}

function plain({ request, key }: Asked, objects: Map<string, Buffer>): Answer {
  const object = objects.get(key);
  if (request.method === 'DELETE') {
    objects.delete(key);
    return { status: 204 };
  }
  if (object === undefined) return { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
  if (request.method === 'HEAD') return { status: 200 };
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  if (from === undefined) return { status: 200, body: object };
  return { status: 206, body: object.subarray(Number(from), Number(to) + 1) };
}

function multipart(
  { request, url, key, body }: Asked,
  { objects, uploads }: { objects: Map<string, Buffer>; uploads: Map<string, Upload> },
): Answer {
  if (url.searchParams.has('uploads')) {
    const id = `${randomUUID()}&"<`;
    uploads.set(id, { key, parts: new Map() });
    const text = id.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
    return {
      status: 200,
      body: `<InitiateMultipartUploadResult><UploadId>${text}</UploadId></InitiateMultipartUploadResult>`,
    };
  }
  const id = url.searchParams.get('uploadId') ?? '';
  const upload = uploads.get(id);
  if (upload === undefined || upload.key !== key)
    return { status: 404, body: '<Error><Code>NoSuchUpload</Code></Error>' };
  if (request.method === 'DELETE') {
    uploads.delete(id);
    return { status: 204 };
  }
  if (request.method === 'PUT') {
    upload.parts.set(Number(url.searchParams.get('partNumber')), body);
    return { status: 200, headers: { etag: etagOf(body) } };
  }
  return complete({ id, key, body }, { upload, objects, uploads });
}

function complete(
  asked: { id: string; key: string; body: Buffer },
  at: { upload: Upload; objects: Map<string, Buffer>; uploads: Map<string, Upload> },
): Answer {
  const listed = [...asked.body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)];
  const parts = listed.map(([, number, tag = '']) => ({
    part: at.upload.parts.get(Number(number)),
    tag: tag.replaceAll('&quot;', '"'),
  }));
  if (parts.some(({ part, tag }) => part === undefined || etagOf(part) !== tag))
    return { status: 400, body: '<Error><Code>InvalidPart</Code></Error>' };
  if (parts.slice(0, -1).some(({ part }) => (part?.length ?? 0) < MIN_PART))
    return { status: 400, body: '<Error><Code>EntityTooSmall</Code></Error>' };
  at.objects.set(asked.key, Buffer.concat(parts.flatMap(({ part }) => part ?? [])));
  at.uploads.delete(asked.id);
  return { status: 200, body: '<CompleteMultipartUploadResult/>' };
}

const etagOf = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`;
