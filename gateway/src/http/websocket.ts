import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, messageOf } from '@hoerok/shared/errors';
import { type Logger, meter, SpanKind, withSpan } from '@hoerok/shared/telemetry';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  parse,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Authenticator, Identity } from '../auth/identify.ts';
import type { GatewayContext } from '../context.ts';
import type { OperationRequest, Pipeline } from '../execution/pipeline.ts';
import { openStream } from '../subscriptions/open-stream.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import { pickHeaders, requestIdOf } from './client-context.ts';
import { readOperation } from './read-operation.ts';

const MAX_PAYLOAD_BYTES = 64 * 1024;
const INIT_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 2_000;
const MAX_OPERATIONS_PER_SOCKET = 100;
const FORBIDDEN = 4403;
const TRY_AGAIN_LATER = 1013;

const connections = meter.createUpDownCounter('hoerok_gateway_websockets', {
  description: 'WebSocket connections that are open',
});

interface Connection extends Record<PropertyKey, unknown> {
  identity: Identity;
  headers: Record<string, string>;
  closed: AbortController;
  expiry: NodeJS.Timeout | undefined;
}

type SocketOptions = Parameters<typeof useServer<Record<string, unknown>, Connection>>[0];
type SocketContext = Parameters<NonNullable<SocketOptions['onConnect']>>[0];

/** What {@link serveWebSockets} needs. */
export interface WebSocketDeps {
  readonly authenticator: Authenticator;
  readonly pipeline: Pipeline;
  readonly subscriptions: Subscriptions;
  readonly propagateHeaders: readonly string[];
  /** Origins of pages that may open sockets, besides pages of this very host. */
  readonly origins: readonly string[];
  readonly maxTokens: number;
  readonly logger: Logger;
}

/**
 * Serves graphql-transport-ws at `/graphql` of an HTTP server. A socket lives as long as the access token it was opened
 * with and then closes with 4403, as it does for a token that is not valid.
 *
 * A browser says which page opens a socket; a foreign one is refused with 403. Programs send no `Origin` and are let in:
 * identity comes from a token alone, never from a cookie.
 * @returns closes every socket with 1001.
 */
export function serveWebSockets(server: Server, deps: WebSocketDeps): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES });
  const { dispose } = useServer<Record<string, unknown>, Connection>(socketOptions(deps), sockets);
  sockets.on('connection', (socket) => {
    connections.add(1);
    socket.once('close', () => connections.add(-1));
    // ws closes a socket that breaks the protocol by itself; graphql-ws would print each to the console.
    socket.removeAllListeners('error');
    socket.on('error', (error) =>
      deps.logger.info({ reason: error.message }, 'A socket broke the protocol.'),
    );
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { pathname } = new URL(request.url ?? '/', 'http://gateway');
    if (pathname !== '/graphql' || !mayConnect(request, deps.origins)) {
      socket.end(
        `HTTP/1.1 ${pathname === '/graphql' ? '403 Forbidden' : '404 Not Found'}\r\nconnection: close\r\n\r\n`,
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (open) => sockets.emit('connection', open, request));
  });
  return async () => {
    // A client that does not answer the closing word may not hold us up.
    const impatience = setTimeout(() => {
      for (const client of sockets.clients) client.terminate();
    }, CLOSE_TIMEOUT_MS);
    await dispose();
    clearTimeout(impatience);
  };
}

function socketOptions(deps: WebSocketDeps): SocketOptions {
  const prepared = new WeakMap<ExecutionArgs, PreparedOperation>();

  async function run(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult>> {
    const operation = prepared.get(args);
    if (operation === undefined) throw new Error('an operation was started that nobody prepared');
    // No HTTP request surrounds it, so it has a span of its own; the pipeline gives it its name.
    const results = await withSpan({ name: 'operation', kind: SpanKind.SERVER }, () =>
      openStream(operation.request, operation.context, deps),
    );
    return results as unknown as AsyncIterableIterator<ExecutionResult>;
  }

  return {
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: async (socket) => await connect(socket, deps),
    onClose: ({ extra }) => {
      clearTimeout(extra.expiry);
      extra.closed?.abort();
    },
    // What is wrong with one operation is told to that operation; the socket and all others on it stay.
    onSubscribe: (socket, _id, payload) => {
      if (Object.keys(socket.subscriptions).length > MAX_OPERATIONS_PER_SOCKET) {
        return [
          refused(`A socket carries at most ${MAX_OPERATIONS_PER_SOCKET} operations at once.`, 'TOO_LARGE'),
        ];
      }
      const { query, operationName } = payload;
      const refusals = deps.pipeline.refuse(query);
      if (refusals.length > 0)
        return refusals.map((error) => refused(error.message, String(error.extensions['code'])));
      let document: DocumentNode;
      try {
        document = parse(query, { maxTokens: deps.maxTokens, noLocation: true });
      } catch (error) {
        return [refused(messageOf(error), 'GRAPHQL_PARSE_FAILED')];
      }
      // graphql-ws looks at the document to tell subscriptions from the rest; the pipeline starts from the text.
      const args = { document, operationName } as unknown as ExecutionArgs;
      prepared.set(args, { request: readOperation(payload), context: contextOf(socket) });
      return args;
    },
    execute: run,
    subscribe: run,
    // Results are formatted already.
    onNext: (...[, , , , result]) => result as FormattedExecutionResult,
  };
}

interface PreparedOperation {
  readonly request: OperationRequest;
  readonly context: GatewayContext;
}

async function connect(socket: SocketContext, deps: WebSocketDeps): Promise<boolean> {
  const { extra } = socket;
  const authorization = authorizationOf(socket) ?? extra.request.headers.authorization;
  try {
    const identity = await deps.authenticator.identifyBearer(authorization);
    const known = { ...extra.request.headers, ...(authorization === undefined ? {} : { authorization }) };
    extra.identity = identity;
    extra.headers = pickHeaders(known, deps.propagateHeaders);
    extra.closed = new AbortController();
    extra.expiry = expire(socket, identity);
    return true;
  } catch (error) {
    deps.logger.info({ reason: messageOf(error) }, 'A socket is refused.');
    const retryable = error instanceof AppError && error.retryable;
    extra.socket.close(retryable ? TRY_AGAIN_LATER : FORBIDDEN, messageOf(error));
    return false;
  }
}

function contextOf({ extra }: SocketContext): GatewayContext {
  const { identity, headers, closed, request } = extra;
  return {
    requestId: requestIdOf({ ...request.headers, 'x-request-id': undefined }),
    viewer: identity?.viewer ?? null,
    headers: headers ?? {},
    signal: closed?.signal ?? AbortSignal.abort(),
  };
}

function expire(socket: SocketContext, { expiresAtMs }: Identity): NodeJS.Timeout | undefined {
  if (expiresAtMs === null) return undefined;
  const close = (): void => socket.extra.socket.close(FORBIDDEN, 'The access token has expired; refresh it.');
  return setTimeout(close, Math.max(0, expiresAtMs - Date.now()));
}

function authorizationOf({ connectionParams }: SocketContext): string | undefined {
  const entry = Object.entries(connectionParams ?? {}).find(
    ([name]) => name.toLowerCase() === 'authorization',
  );
  return typeof entry?.[1] === 'string' ? entry[1] : undefined;
}

function mayConnect({ headers }: IncomingMessage, origins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || origins.includes(origin)) return true;
  return origin === `http://${host}` || origin === `https://${host}`;
}

function refused(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
