import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@hoerok/shared/errors';
import type { FormattedExecutionResult } from 'graphql';
import type { Identity } from '../auth/identify.ts';
import type { GatewayContext } from '../context.ts';
import type { OperationRequest } from '../execution/pipeline.ts';
import { openStream, type OpenStreamDeps } from '../subscriptions/open-stream.ts';

const HEARTBEAT_MS = 15_000;

/** One request for server-sent events. */
export interface EventStreamRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly operation: OperationRequest;
  readonly context: GatewayContext;
  readonly identity: Identity;
  /** A GET may not carry anything but reading, so mutations are refused. */
  readonly isGet: boolean;
}

/** What {@link streamEvents} works with. */
export interface EventStreamDeps extends OpenStreamDeps {
  /** Aborts when the gateway stops: streams break off, so that clients come back elsewhere. */
  readonly stopping: AbortSignal;
}

/**
 * Answers an operation as server-sent events (GraphQL over SSE, distinct connections mode): `next` for each result,
 * then `complete`. The `id` of an event is its `extensions.eventId`. The stream ends when the access token does.
 */
export async function streamEvents(stream: EventStreamRequest, deps: EventStreamDeps): Promise<void> {
  const { response, operation, context, isGet } = stream;
  if (operation.query === undefined && operation.extensions === undefined) {
    throw new AppError('BAD_INPUT', 'The request holds no GraphQL operation; send it as JSON.', {
      logLevel: 'debug',
    });
  }
  if (isGet && /\bmutation\b/.test(operation.query ?? '')) {
    throw new AppError('BAD_INPUT', 'A mutation needs a POST request.', { logLevel: 'debug' });
  }
  const expiry = expireWith(stream, deps.stopping);
  const results = await openStream(operation, expiry.context, deps);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write(':\n\n');
  const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS);
  try {
    for await (const result of results) {
      if (!response.write(printNext(result)) && !context.signal.aborted)
        await drained(response, context.signal);
    }
    if (expiry.hasExpired()) response.write(printNext({ errors: [EXPIRED] }));
    // A stream that is not complete ends without the word, for a client to take up again.
    response.end(deps.stopping.aborted ? '' : 'event: complete\ndata:\n\n');
  } finally {
    clearInterval(heartbeat);
    expiry.stop();
  }
}

const EXPIRED = {
  message: 'The access token has expired; refresh it.',
  extensions: { code: 'UNAUTHENTICATED' },
};

interface Expiry {
  readonly context: GatewayContext;
  readonly hasExpired: () => boolean;
  readonly stop: () => void;
}

function expireWith({ context, identity }: EventStreamRequest, stopping: AbortSignal): Expiry {
  const over = new AbortController();
  let expired = false;
  const expire = (): void => {
    expired = true;
    over.abort();
  };
  const leave = (): void => over.abort();
  context.signal.addEventListener('abort', leave, { once: true });
  stopping.addEventListener('abort', leave, { once: true });
  const timer =
    identity.expiresAtMs === null
      ? undefined
      : setTimeout(expire, Math.max(0, identity.expiresAtMs - Date.now()));
  return {
    context: { ...context, signal: over.signal },
    hasExpired: () => expired,
    stop: () => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', leave);
    },
  };
}

function printNext(result: FormattedExecutionResult): string {
  const id = result.extensions?.['eventId'];
  const idLine = typeof id === 'string' ? `id: ${id}\n` : '';
  return `${idLine}event: next\ndata: ${JSON.stringify(result)}\n\n`;
}

async function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  // The client may leave instead; the loop sees that by itself.
  await once(response, 'drain', { signal }).catch(() => undefined);
}
