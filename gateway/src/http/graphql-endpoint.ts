import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { messageOf } from '@hoerok/shared/errors';
import { readBody } from '@hoerok/shared/http';
import type { Logger } from '@hoerok/shared/telemetry';
import type { Authenticator, Identity } from '../auth/identify.ts';
import type { GatewayContext } from '../context.ts';
import { type OperationRequest, type Pipeline, withoutHttp } from '../execution/pipeline.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import { pickHeaders } from './client-context.ts';
import { EVENT_STREAM } from './event-stream.ts';
import type { LastingConnections } from './lasting-connections.ts';
import { MULTIPART } from './multipart.ts';
import { readOperation } from './read-operation.ts';
import { parseJson } from './request-json.ts';
import { sendFailure, sendJson, sendText } from './respond.ts';
import { type StreamFormat, streamResults } from './stream-results.ts';

/** What {@link createGraphQLEndpoint} needs. */
export interface GraphQLEndpointDeps {
  readonly authenticator: Authenticator;
  readonly pipeline: Pipeline;
  readonly subscriptions: Subscriptions;
  readonly propagateHeaders: readonly string[];
  readonly maxBodyBytes: number;
  readonly connections: LastingConnections;
  readonly keepAliveMs: number;
  readonly logger: Logger;
}

/** Answers one request to `/graphql`. Never rejects. */
export type GraphQLEndpoint = (
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
) => Promise<void>;

/** GraphQL over HTTP, and as a stream for clients that accept `text/event-stream` or Apollo's multipart protocol. */
export function createGraphQLEndpoint(deps: GraphQLEndpointDeps): GraphQLEndpoint {
  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://gateway');
    const method = request.method ?? 'GET';
    const raw = await readBody(request, deps.maxBodyBytes);
    const identity = await deps.authenticator.identify({
      method,
      path: request.url ?? '/',
      headers: request.headers,
      body: raw,
    });
    const body = parseJson(raw, request.headers['content-type']);
    const context = contextOf(request, { requestId, identity });
    const text =
      method === 'GET' ? url.searchParams.get('query') : (body as OperationRequest | undefined)?.query;
    const format = streamFormatOf(request, text);
    if (format !== null) {
      const operation = readOperation(method === 'GET' ? Object.fromEntries(url.searchParams) : body);
      await streamResults({ request, response, operation, context, identity }, format, deps);
      return;
    }
    const contentType = method === 'POST' ? plainContentType(request.headers) : null;
    const known = contentType === null ? null : await deps.pipeline.answerKnown(body, context);
    if (contentType !== null && known !== null) {
      sendText(response, { status: 200, headers: { ...contentType }, text: known });
      return;
    }
    const refusals = deps.pipeline.refuse(text);
    if (refusals.length > 0) {
      sendJson(response, 400, { errors: refusals.map(withoutHttp) });
      return;
    }
    const head = { method, headers: headerMap(request), search: url.search };
    await send(response, await deps.pipeline.answerHttp({ ...head, body }, context));
  }

  function contextOf(
    request: IncomingMessage,
    { requestId, identity }: { readonly requestId: string; readonly identity: Identity },
  ): GatewayContext {
    const headers = pickHeaders(request.headers, deps.propagateHeaders);
    return { requestId, viewer: identity.viewer, headers, signal: departureOf(request.socket) };
  }

  return async (request, response, requestId) => {
    try {
      await answer(request, response, requestId);
    } catch (error) {
      deps.logger.info({ requestId, reason: messageOf(error) }, 'A request is refused.');
      if (response.headersSent || response.destroyed) response.destroy();
      else sendFailure(response, error);
    }
  };
}

const departures = new WeakMap<Socket, AbortSignal>();

// One for each connection: to make one for each request would cost more than most of what is done with it.
function departureOf(socket: Socket): AbortSignal {
  const known = departures.get(socket);
  if (known !== undefined) return known;
  const gone = new AbortController();
  departures.set(socket, gone.signal);
  socket.once('close', () => gone.abort());
  return gone.signal;
}

/**
 * The first of the accepted types that streams; null for plain JSON. A client that would rather have JSON gets a stream for
 * what is, or might be, a subscription. Without `subscriptionSpec`, multipart means something else.
 */
function streamFormatOf({ headers }: IncomingMessage, text: unknown): StreamFormat | null {
  let prefersJson = false;
  for (const type of (headers.accept ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = type.split(';').map((piece) => piece.trim().replaceAll('"', ''));
    if (JSON_TYPES.has(name)) prefersJson = true;
    const format = name === 'text/event-stream' ? EVENT_STREAM : multipartOf(name, parameters);
    if (format === null) continue;
    return prefersJson && !/\bsubscription\b/.test(String(text)) ? null : format;
  }
  return null;
}

/** What a client that accepts this gets its answer as; `null` when that takes a closer look. */
function plainContentType({ accept }: IncomingMessage['headers']): Readonly<Record<string, string>> | null {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return JSON_HEADERS;
  return accept.startsWith('application/graphql-response+json') ? GRAPHQL_HEADERS : null;
}

const JSON_HEADERS = { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' };
const GRAPHQL_HEADERS = {
  'cache-control': 'no-store',
  'content-type': 'application/graphql-response+json; charset=utf-8',
};

const JSON_TYPES = new Set(['application/json', 'application/graphql-response+json']);

function multipartOf(name: string, parameters: readonly string[]): StreamFormat | null {
  return name === 'multipart/mixed' && parameters.includes('subscriptionspec=1.0') ? MULTIPART : null;
}

function headerMap({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

async function send(
  response: ServerResponse,
  { status = 200, headers: map, body }: HTTPGraphQLResponse,
): Promise<void> {
  const headers = Object.fromEntries(map);
  if (body.kind === 'complete') {
    sendText(response, { status, headers, text: body.string });
    return;
  }
  response.writeHead(status, headers);
  for await (const part of body.asyncIterator) response.write(part);
  response.end();
}
