import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@hoerok/shared/errors';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { type Authenticator, type Identity, REVOKED_MESSAGE } from '../auth/identify.ts';
import type { GatewayContext } from '../context.ts';
import type { AdmittedOperation } from '../limits/admission.ts';
import { openStream, type OpenStreamDeps } from '../subscriptions/open-stream.ts';
import type { LastingConnections } from './lasting-connections.ts';

/** Why a stream ends: all has been said, the access token has expired or was revoked, or the gateway stops. */
export type StreamEnd = 'complete' | 'expired' | 'revoked' | 'stopping';

/** How results are written into an HTTP response. */
export interface StreamFormat {
  readonly contentType: string;
  readonly begin: string;
  /** Says that the stream is alive. */
  readonly heartbeat: string;
  readonly next: (result: FormattedExecutionResult) => string;
  readonly end: Readonly<Record<StreamEnd, string>>;
}

/** What a client is told whose access token has expired. */
export const EXPIRED: GraphQLFormattedError = Object.freeze({
  message: 'The access token has expired; refresh it.',
  extensions: Object.freeze({ code: 'UNAUTHENTICATED' }),
});

/** What a client is told whose access was revoked. */
export const REVOKED: GraphQLFormattedError = Object.freeze({
  message: REVOKED_MESSAGE,
  extensions: Object.freeze({ code: 'UNAUTHENTICATED' }),
});

/** One request for a stream of results. */
export interface StreamRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly operation: AdmittedOperation;
  /** Address that anonymous clients are counted by. */
  readonly address: string | undefined;
  readonly context: GatewayContext;
  readonly identity: Identity;
}

/** What {@link streamResults} works with. */
export interface StreamResultsDeps extends OpenStreamDeps {
  readonly connections: LastingConnections;
  readonly authenticator: Pick<Authenticator, 'watch'>;
  /** Time between two heartbeats; a client that takes nothing for as long is dead. */
  readonly keepAliveMs: number;
}

/**
 * Answers an operation with all its results in one response. The stream ends when the access token does.
 * @throws AppError `BAD_INPUT` when there is no operation, `TOO_MANY_CONNECTIONS`.
 */
export async function streamResults(
  stream: StreamRequest,
  format: StreamFormat,
  deps: StreamResultsDeps,
): Promise<void> {
  const { request, response, context, address } = stream;
  refuseUnfit(stream);
  // Gone while we looked who it is; its close would never be heard of.
  if (response.destroyed) return;
  const life = liveWith(stream, deps);
  try {
    const leave = (): void => life.end('stopping');
    const exit = deps.connections.enter({ viewer: context.viewer, address, leave });
    if (exit === null) {
      // An EventSource comes back after a lost connection, and never again after a status that is not 200.
      response.destroy();
      return;
    }
    response.once('close', exit);
    const results = await openStream(withLastEventId(stream), { ...context, signal: life.signal }, deps);
    if (results.isOver && request.headers['last-event-id'] !== undefined) {
      // An EventSource comes back after every end; this tells it to stay away.
      await results.return();
      response.writeHead(204).end();
      return;
    }
    response.writeHead(200, {
      'content-type': format.contentType,
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      connection: 'close',
    });
    response.write(format.begin);
    response.once('close', keepAlive(response, format.heartbeat, deps.keepAliveMs));
    for await (const result of results) {
      if (life.hasEnded()) break;
      if (!response.write(format.next(result))) await drained(response, life.signal);
    }
    response.end(format.end[life.reason()]);
  } finally {
    life.stop();
  }
}

function refuseUnfit({ operation }: StreamRequest): void {
  if (operation.query === undefined) {
    throw new AppError('BAD_INPUT', 'The request holds no GraphQL operation; send it as JSON.', {
      logLevel: 'debug',
    });
  }
}

// An EventSource that comes back says by itself, in a header, what it saw last.
function withLastEventId({ request, operation }: StreamRequest): AdmittedOperation {
  const lastEventId = request.headers['last-event-id'];
  if (typeof lastEventId !== 'string' || lastEventId === '') return operation;
  return { ...operation, extensions: { ...operation.extensions, lastEventId } };
}

interface StreamLife {
  readonly signal: AbortSignal;
  readonly end: (reason: StreamEnd) => void;
  readonly hasEnded: () => boolean;
  readonly reason: () => StreamEnd;
  readonly stop: () => void;
}

function liveWith(
  { context, identity }: StreamRequest,
  { authenticator }: Pick<StreamResultsDeps, 'authenticator'>,
): StreamLife {
  const { expiresAtMs } = identity;
  const over = new AbortController();
  let reason: StreamEnd = 'complete';
  const end = (why: StreamEnd): void => {
    if (over.signal.aborted) return;
    reason = why;
    over.abort();
  };
  const leave = (): void => over.abort();
  context.signal.addEventListener('abort', leave, { once: true });
  const expire = (): void => end('expired');
  const timer = expiresAtMs === null ? undefined : setTimeout(expire, Math.max(0, expiresAtMs - Date.now()));
  const unwatch = authenticator.watch(
    () => identity,
    () => end('revoked'),
  );
  return {
    signal: over.signal,
    end,
    hasEnded: () => {
      // A busy process fires its timers late.
      if (expiresAtMs !== null && Date.now() >= expiresAtMs) expire();
      return over.signal.aborted;
    },
    reason: () => reason,
    stop: () => {
      // The signal is that of the connection, which may carry many streams one after another.
      context.signal.removeEventListener('abort', leave);
      clearTimeout(timer);
      unwatch();
    },
  };
}

// Also after the last word: who does not take that holds the connection no longer than anybody else.
function keepAlive(response: ServerResponse, heartbeat: string, intervalMs: number): () => void {
  let takenBefore: number | null = null;
  const beat = setInterval(() => {
    const { socket } = response;
    const waiting = socket?.writableLength ?? 0;
    if (waiting === 0) {
      takenBefore = null;
      if (!response.writableEnded) response.write(heartbeat);
      return;
    }
    const taken = (socket?.bytesWritten ?? 0) - waiting;
    if (taken === takenBefore) response.destroy();
    takenBefore = taken;
  }, intervalMs);
  return () => clearInterval(beat);
}

async function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  // The client may leave instead; the loop sees that by itself.
  await once(response, 'drain', { signal }).catch(() => undefined);
}
