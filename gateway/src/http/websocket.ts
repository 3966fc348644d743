import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError, messageOf } from '@hoerok/shared/errors';
import { type Logger, SpanKind, withSpan } from '@hoerok/shared/telemetry';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  getOperationAST,
  GraphQLError,
  parse,
} from 'graphql';
import { CloseCode, type Context, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Authenticator } from '../auth/identify.ts';
import type { GatewayContext } from '../context.ts';
import type { Pipeline } from '../execution/pipeline.ts';
import type { AdmittedOperation, Admit } from '../limits/admission.ts';
import type { Asker, IsAuditor } from '../limits/asker.ts';
import type { ClientAddress } from '../limits/client-address.ts';
import { openStream } from '../subscriptions/open-stream.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import type { LastingConnections } from './lasting-connections.ts';
import type { AddressCounts } from './sockets-per-address.ts';
import { readOperation } from './read-operation.ts';
import { createExpiries, type Expiries } from './expiries.ts';
import { createKeepAlive } from './keep-alive.ts';
import { openSocketSession } from './socket-session.ts';
import { Connection, type Parameters } from './socket-connection.ts';
import { speak } from './socket-transport.ts';

const INIT_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 2_000;
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

type SocketContext = Context<Parameters, Connection>;

/** What {@link serveWebSockets} needs. */
export interface WebSocketDeps {
  readonly authenticator: Authenticator;
  readonly pipeline: Pipeline;
  readonly admit: Admit;
  readonly isAuditor: IsAuditor;
  readonly clientAddress: ClientAddress;
  readonly subscriptions: Subscriptions;
  readonly connections: LastingConnections;
  readonly propagateHeaders: readonly string[];
  /** Origins of pages that may open sockets, besides pages of this very host. */
  readonly origins: readonly string[];
  readonly maxTokens: number;
  readonly maxOperations: number;
  readonly addresses: AddressCounts;
  /** Largest message of a client; beyond it the socket is closed with 1009. */
  readonly maxMessageBytes: number;
  readonly keepAliveMs: number;
  readonly logger: Logger;
}

/**
 * Serves graphql-transport-ws at `/graphql` of an HTTP server. A socket lives as long as its access token and then closes
 * with 4403, as it does for a token that is not valid; a `ping` with a payload `{ accessToken }` renews it in place.
 *
 * A browser says which page opens a socket; a foreign one is refused with 403. Programs send no `Origin` and are let in:
 * identity comes from a token alone, never from a cookie.
 * @returns closes every socket that is still open with 1001.
 */
export function serveWebSockets(server: Server, deps: WebSocketDeps): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: deps.maxMessageBytes, handleProtocols });
  const graphql = makeServer<Parameters, Connection>(socketOptions(deps));
  let stopping = false;

  const transport = { server: graphql, keepAlive: createKeepAlive(deps.keepAliveMs), logger: deps.logger };
  // ws closes a socket that breaks the protocol by itself.
  const broken = ({ message }: Error): void =>
    deps.logger.info({ reason: message }, 'A socket broke the protocol.');

  function open(socket: WebSocket, request: IncomingMessage): void {
    socket.on('error', broken);
    speak(socket, new Connection(socket, request), transport);
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const wrong = stopping ? '503 Service Unavailable' : refusalOf(request, deps.origins);
    const leave = wrong === null ? deps.addresses.enter(deps.clientAddress(request)) : null;
    const refusal = wrong ?? (leave === null ? '429 Too Many Requests' : null);
    if (leave !== null) socket.once('close', leave);
    if (refusal === null) {
      sockets.handleUpgrade(request, socket, head, open);
      return;
    }
    // The client may be gone already.
    socket.on('error', () => undefined);
    socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\n\r\n`);
  });
  return async () => {
    stopping = true;
    for (const socket of sockets.clients) socket.close(GOING_AWAY, 'Going away');
    // A client that does not answer the closing word may not hold us up.
    const impatience = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, CLOSE_TIMEOUT_MS);
    await new Promise<void>((closed) => sockets.close(() => closed()));
    clearTimeout(impatience);
  };
}

function socketOptions(deps: WebSocketDeps): ServerOptions<Parameters, Connection> {
  const prepared = new WeakMap<ExecutionArgs, PreparedOperation>();
  const connecting = { ...deps, expiries: createExpiries() };

  async function run(args: ExecutionArgs): Promise<AsyncIterable<ExecutionResult>> {
    const operation = prepared.get(args);
    if (operation === undefined) throw new Error('an operation was started that nobody prepared');
    prepared.delete(args);
    // No HTTP request surrounds it, so it has a span of its own; the pipeline gives it its name.
    const results = await withSpan({ name: 'operation', kind: SpanKind.SERVER }, () =>
      openStream(operation.request, operation.context, deps),
    );
    return results as unknown as AsyncIterable<ExecutionResult>;
  }

  return {
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: async (socket) => await connect(socket, connecting),
    onClose: ({ extra }) => {
      extra.exit?.();
      extra.session?.close();
    },
    // What is wrong with one operation is told to that operation; the socket and all others on it stay.
    onSubscribe: async (socket, _id, payload) => {
      if (socket.extra.session?.hasExpired() === true)
        return [refused('The access token has ended.', 'UNAUTHENTICATED')];
      if (Object.keys(socket.subscriptions).length > deps.maxOperations) {
        return [refused(`A socket carries at most ${deps.maxOperations} operations at once.`, 'TOO_LARGE')];
      }
      const admission = await deps.admit(readOperation(payload), askerOf(socket));
      if (admission.refusal !== null)
        return admission.refusal.errors.map(
          ({ message, extensions }) => new GraphQLError(message, { extensions }),
        );
      const { operation, type, cost } = admission;
      const stub = type === undefined ? stubOf(operation, deps.maxTokens) : STUBS[type];
      if (stub instanceof GraphQLError) return [stub];
      const args = { document: stub } as unknown as ExecutionArgs;
      const context = { ...contextOf(socket), ...(cost === null ? {} : { cost }) };
      prepared.set(args, { request: operation, context });
      return args;
    },
    execute: run,
    subscribe: run,
    // Results are formatted already.
    onNext: (...[, , , , result]) => result as FormattedExecutionResult,
  };
}

const STUBS = {
  query: parse('query { x }'),
  mutation: parse('mutation { x }'),
  subscription: parse('subscription { x }'),
};

// graphql-ws looks at a document to tell subscriptions from the rest, and holds it for as long as the operation runs; the
// pipeline starts from the text. So it gets the smallest document of the right kind.
function stubOf(
  { query = '', operationName }: AdmittedOperation,
  maxTokens: number,
): DocumentNode | GraphQLError {
  try {
    const operation = getOperationAST(parse(query, { maxTokens, noLocation: true }), operationName);
    // Which operation is meant is the pipeline's to say, in words of its own.
    return STUBS[operation?.operation ?? 'query'];
  } catch (error) {
    return refused(messageOf(error), 'GRAPHQL_PARSE_FAILED');
  }
}

interface PreparedOperation {
  readonly request: AdmittedOperation;
  readonly context: GatewayContext;
}

type ConnectDeps = WebSocketDeps & { readonly expiries: Expiries };

async function connect(context: SocketContext, deps: ConnectDeps): Promise<boolean> {
  const { extra, connectionParams } = context;
  // It is kept with the socket; nobody looks at it again.
  (context as { connectionParams: Parameters }).connectionParams = undefined;
  const { socket, opening } = extra;
  if (opening === null) throw new Error('a socket was opened twice');
  const { headers } = opening;
  const address = deps.clientAddress(opening);
  extra.opening = null;
  try {
    const authorization = authorizationOf(connectionParams) ?? headers.authorization;
    const end = (reason: string): void => {
      socket.close(CloseCode.Forbidden, reason);
      // A client that does not answer the closing word is not listened to any more.
      setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS).unref();
    };
    const session = await openSocketSession({ authorization, headers, end }, deps);
    extra.session = session;
    const { viewer } = session.now();
    extra.asker = {
      address,
      ...aboutClient(opening, { viewer, connectionParams, isAuditor: deps.isAuditor }),
    };
    // Gone while we looked who it is.
    if (socket.readyState !== socket.OPEN) {
      session.close();
      return false;
    }
    const leave = (): void => socket.close(GOING_AWAY, 'Going away');
    extra.exit = deps.connections.enter({ viewer, address, leave });
    if (extra.exit === null) leave();
    return extra.exit !== null;
  } catch (error) {
    deps.logger.info({ reason: messageOf(error) }, 'A socket is refused.');
    const retryable = error instanceof AppError && error.retryable;
    socket.close(retryable ? TRY_AGAIN_LATER : CloseCode.Forbidden, messageOf(error));
    return false;
  }
}

function contextOf({ extra: { session } }: SocketContext): GatewayContext {
  if (session === null) throw new Error('an operation was started on a socket that nobody has opened');
  return { requestId: newRequestId(), ...session.now(), renewed: session.now, signal: session.signal };
}

// It is held for as long as the operation runs. Node puts ids together of many small strings; this is one.
function newRequestId(): string {
  return Buffer.from(randomUUID(), 'latin1').toString('latin1');
}

function askerOf({ extra: { session, asker } }: SocketContext): Asker {
  if (session === null || asker === null) throw new Error('an operation came before anybody said who it is');
  return { ...asker, viewer: session.now().viewer };
}

// Pages cannot set headers of a socket, so both may come with its first message.
function aboutClient(
  { headers }: Pick<IncomingMessage, 'headers'>,
  { viewer, connectionParams, isAuditor }: ClientQuestion,
): Pick<Asker, 'isAuditor' | 'clientName'> {
  const said = (name: string): string | undefined => {
    const value = headers[name] ?? connectionParams?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    isAuditor: isAuditor(viewer, { 'x-audit-token': said('x-audit-token') }),
    clientName: said('apollographql-client-name'),
  };
}

interface ClientQuestion extends Pick<Asker, 'viewer'> {
  readonly connectionParams: Parameters;
  readonly isAuditor: IsAuditor;
}

function authorizationOf(parameters: Parameters): string | undefined {
  const entry = Object.entries(parameters ?? {}).find(([name]) => name.toLowerCase() === 'authorization');
  return typeof entry?.[1] === 'string' ? entry[1] : undefined;
}

function refusalOf({ url, headers }: IncomingMessage, origins: readonly string[]): string | null {
  if (new URL(url ?? '/', 'http://gateway').pathname !== '/graphql') return '404 Not Found';
  const { origin, host } = headers;
  const isOurs = origin === `http://${host}` || origin === `https://${host}`;
  return origin === undefined || isOurs || origins.includes(origin) ? null : '403 Forbidden';
}

function refused(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
