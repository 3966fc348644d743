import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../errors/index.ts';

/** An answer to be written. */
export interface HttpReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream is destroyed when the client goes away. */
  readonly body?: string | Uint8Array | Readable;
}

/** Answers one request. `signal` aborts when the client goes away. */
export type HttpHandler = (request: IncomingMessage, signal: AbortSignal) => Promise<HttpReply>;

/** A listening server. */
export interface RunningHttpServer {
  readonly server: Server;
  readonly url: string;
  readonly port: number;
  /** Takes no new connection, closes idle ones at once, and lets running requests end for {@link CLOSE_GRACE_MS}. */
  readonly close: () => Promise<void>;
}

/** A player that has paused, or a large file on its way, must not hold up the end of the process. */
const CLOSE_GRACE_MS = 5_000;

/** Where a server listens, and for how long a request may arrive. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** From its first byte to its last. @default 300000 */
  readonly requestTimeoutMs?: number | undefined;
}

/**
 * Listens on `host:port` (0 lets the system choose).
 * @throws AppError `BAD_CONFIGURATION` when the port is taken or may not be used.
 */
export async function listen(address: ListenOptions, handle: HttpHandler): Promise<RunningHttpServer> {
  const server = createServer((request, response) => void answer(handle, request, response));
  server.requestTimeout = address.requestTimeoutMs ?? server.requestTimeout;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(address.port, address.host, resolve);
  await promise.catch((error: NodeJS.ErrnoException) => {
    throw new AppError('BAD_CONFIGURATION', listenProblem(error, address), { cause: error });
  });
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    url: `http://${address.host}:${port}`,
    close: async () => {
      await new Promise<void>((closed) => {
        const late = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
        server.close(() => {
          clearTimeout(late);
          closed();
        });
        server.closeIdleConnections();
      });
    },
  };
}

function listenProblem(error: NodeJS.ErrnoException, address: { host: string; port: number }): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${address.port} is taken; stop what uses it or set PORT to another one.`;
  if (error.code === 'EACCES')
    return `Port ${address.port} may not be used by this user; set PORT to one above 1023.`;
  return `Cannot listen on ${address.host}:${address.port}: ${error.message}`;
}

async function answer(
  handle: HttpHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const reply = await handle(request, gone.signal).catch((error: unknown) => replyToError(error));
  if (response.destroyed) {
    if (reply.body instanceof Readable) reply.body.destroy();
    return;
  }
  // What an answer is says its content-type alone; a browser that guesses runs what somebody has uploaded.
  response.writeHead(reply.status, { 'x-content-type-options': 'nosniff', ...reply.headers });
  if (!(reply.body instanceof Readable)) {
    response.end(reply.body);
    return;
  }
  // Whoever breaks off halfway, the client or what is read from: the client sees that by the length.
  await pipeline(reply.body, response).catch(() => response.destroy());
}

function replyToError(error: unknown): HttpReply {
  const known =
    error instanceof AppError ? error : new AppError('INTERNAL', 'Something went wrong on our side.');
  const status = STATUS[known.code] ?? 500;
  const body = {
    errors: [{ message: known.message, extensions: { ...known.extensions, code: known.code } }],
  };
  return jsonReply(status, body);
}

const STATUS: Partial<Record<AppError['code'], number>> = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_RECORDING: 415,
  CONSENT_REFUSED: 403,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
};

/** A reply whose body is `value` as JSON. */
export function jsonReply(status: number, value: unknown): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  };
}

/**
 * The whole body of a request.
 * @throws AppError `TOO_LARGE` as soon as more than `maxBytes` have come. What follows is taken and dropped: the client
 *   may look at the answer only after it has sent everything.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= maxBytes) {
      chunks.push(chunk);
      return;
    }
    chunks.length = 0;
    reject(new AppError('TOO_LARGE', `The body is larger than ${maxBytes} bytes.`, { logLevel: 'debug' }));
  });
  request.once('end', () =>
    resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
  );
  request.once('error', reject);
  // A client that leaves halfway ends nothing and throws nothing.
  request.once('close', () => {
    if (!request.complete) reject(new AppError('CANCELLED', 'The client went away.', { logLevel: 'debug' }));
  });
  return await promise;
}
