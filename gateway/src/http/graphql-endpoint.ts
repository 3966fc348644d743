import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { isJsonObject } from '@hoerok/executor';
import type { Viewer } from '@hoerok/shared/auth';
import { messageOf } from '@hoerok/shared/errors';
import { readBody } from '@hoerok/shared/http';
import type { Logger } from '@hoerok/shared/telemetry';
import type { OperationTypeNode } from 'graphql';
import type { Authenticator, IdentifiableRequest, Identity } from '../auth/identify.ts';
import type { GatewayContext } from '../context.ts';
import type { Pipeline } from '../execution/pipeline.ts';
import type { AdmittedOperation, Admit, Refusal } from '../limits/admission.ts';
import type { IsAuditor } from '../limits/asker.ts';
import type { ClientAddress } from '../limits/client-address.ts';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import { pickHeaders } from './client-context.ts';
import { EVENT_STREAM } from './event-stream.ts';
import type { LastingConnections } from './lasting-connections.ts';
import { MULTIPART } from './multipart.ts';
import { readOperation } from './read-operation.ts';
import { parseJson } from './request-json.ts';
import { sendFailure, sendRefusal, sendText } from './respond.ts';
import { type StreamFormat, streamResults } from './stream-results.ts';

/** What {@link createGraphQLEndpoint} needs. */
export interface GraphQLEndpointDeps {
  readonly authenticator: Authenticator;
  readonly admit: Admit;
  readonly isAuditor: IsAuditor;
  readonly clientAddress: ClientAddress;
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
  return async (request, response, requestId) => {
    try {
      await answer({ request, response, requestId }, deps);
    } catch (error) {
      deps.logger.info({ requestId, reason: messageOf(error) }, 'A request is refused.');
      if (response.headersSent || response.destroyed) response.destroy();
      else sendFailure(response, error);
    }
  };
}

async function answer(exchange: Exchange, deps: GraphQLEndpointDeps): Promise<void> {
  const { request, response } = exchange;
  const { method = 'GET', url: path = '/', headers } = request;
  const raw = await readBody(request, deps.maxBodyBytes);
  // Its connection may be gone later on, and with it the address.
  const address = deps.clientAddress(request);
  const identity = await identified({ method, path, headers, body: raw }, address, deps);
  if ('refusal' in identity) return sendRefusal(response, identity.refusal);
  const { viewer } = identity;
  const search = path.includes('?') ? path.slice(path.indexOf('?')) : '';
  const body = parseJson(raw, headers['content-type']);
  const source = method === 'GET' ? Object.fromEntries(new URLSearchParams(search)) : body;
  const clientName = headers['apollographql-client-name'];
  const admission = await deps.admit(readOperation(source), {
    viewer,
    address,
    isAuditor: deps.isAuditor(viewer, headers),
    clientName: typeof clientName === 'string' ? clientName : undefined,
  });
  if (admission.refusal !== null) return sendRefusal(response, admission.refusal);
  const { operation, type, cost } = admission;
  const own = contextOf(exchange, viewer, deps.propagateHeaders);
  const context = cost === null ? own : { ...own, cost };
  const format = streamFormatOf(request, type);
  if (format === null)
    return await answerPlainly({ ...exchange, method, search, body, operation, context }, deps);
  if (method === 'GET' && type === 'mutation') return sendRefusal(response, NEEDS_POST);
  return await streamResults({ request, response, operation, context, identity, address }, format, deps);
}

// Whoever tries one token after the other is counted like any anonymous client.
async function identified(
  request: IdentifiableRequest,
  address: string | undefined,
  { authenticator, admit }: GraphQLEndpointDeps,
): Promise<Identity | { readonly refusal: Refusal }> {
  try {
    return await authenticator.identify(request);
  } catch (error) {
    const refusal = await admit.count({ viewer: null, address, isAuditor: false, clientName: undefined });
    if (refusal === null) throw error;
    return { refusal };
  }
}

async function answerPlainly(plain: Plain, { pipeline }: GraphQLEndpointDeps): Promise<void> {
  const { request, response, method, context } = plain;
  const words = spoken(plain);
  const contentType = method === 'POST' ? plainContentType(request.headers) : null;
  const known = contentType === null ? null : await pipeline.answerKnown(words.body, context);
  if (contentType !== null && known !== null)
    return sendText(response, { status: 200, headers: { ...contentType }, text: known });
  const head = { method, headers: headerMap(request) };
  return await send(response, await pipeline.answerHttp({ ...head, ...words }, context));
}

function contextOf(
  { request, requestId }: Exchange,
  viewer: Viewer | null,
  names: readonly string[],
): GatewayContext {
  const headers = pickHeaders(request.headers, names);
  return { requestId, viewer, headers, signal: departureOf(request.socket) };
}

const departures = new WeakMap<Socket, AbortSignal>();

// One for each connection: to make one for each request would cost more than most of what is done with it.
function departureOf(socket: Socket): AbortSignal {
  const known = departures.get(socket);
  if (known !== undefined) return known;
  const gone = new AbortController();
  departures.set(socket, gone.signal);
  // It may have gone while the request was read.
  if (socket.destroyed) gone.abort();
  else socket.once('close', () => gone.abort());
  return gone.signal;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
}

interface Plain extends Exchange {
  readonly method: string;
  readonly search: string;
  readonly body: unknown;
  readonly operation: AdmittedOperation;
  readonly context: GatewayContext;
}

const NEEDS_POST: Refusal = {
  status: 405,
  headers: { allow: 'POST' },
  errors: [{ message: 'A mutation needs a POST request.', extensions: { code: 'BAD_REQUEST' } }],
};

// What was sent, with the text of an operation that was named by its id.
function spoken({ search, body, operation }: Pick<Plain, 'search' | 'body' | 'operation'>): {
  readonly search: string;
  readonly body: unknown;
} {
  const { query, extensions } = operation;
  if (query === undefined) return { search, body };
  const parameters = new URLSearchParams(search);
  if (isJsonObject(body)) {
    if (body['query'] === query && body['extensions'] === extensions) return { search, body };
    const { extensions: _, ...rest } = body;
    return { search, body: { ...rest, query, ...(extensions === undefined ? {} : { extensions }) } };
  }
  if (parameters.get('query') === query && !parameters.has('extensions')) return { search, body };
  parameters.set('query', query);
  parameters.delete('extensions');
  if (extensions !== undefined) parameters.set('extensions', JSON.stringify(extensions));
  return { search: `?${parameters.toString()}`, body };
}

/**
 * The first of the accepted types that streams; null for plain JSON. A client that would rather have JSON gets a stream for
 * a subscription. Without `subscriptionSpec`, multipart means something else.
 */
function streamFormatOf(
  { headers }: IncomingMessage,
  operation: OperationTypeNode | undefined,
): StreamFormat | null {
  let prefersJson = false;
  for (const type of (headers.accept ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = type.split(';').map((piece) => piece.trim().replaceAll('"', ''));
    if (JSON_TYPES.has(name)) prefersJson = true;
    const format = name === 'text/event-stream' ? EVENT_STREAM : multipartOf(name, parameters);
    if (format === null) continue;
    return prefersJson && operation !== 'subscription' ? null : format;
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
