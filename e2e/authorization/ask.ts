import { randomUUID } from 'node:crypto';
import { signRequest, type UserViewer, type Viewer } from '@hoerok/shared/auth';
import { createClient } from 'graphql-ws';
import { inject } from 'vitest';
import WebSocket from 'ws';
import type { Session } from '../stack/session.ts';

/** What somebody was answered. */
export interface Reply {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}

/** A GraphQL request. */
export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Asks the gateway, as a client does; `null` is anonymous. */
export async function askGateway(who: Session | null, question: Question): Promise<Reply> {
  return await askGatewayWith({}, who, question);
}

/** Asks the gateway with headers of one's own making, besides those that say who asks. */
export async function askGatewayWith(
  headers: Readonly<Record<string, string>>,
  who: Session | null,
  question: Question,
): Promise<Reply> {
  const own = who === null ? {} : { authorization: `Bearer ${who.accessToken}` };
  return await post(`${inject('gatewayUrl')}/graphql`, JSON.stringify(question), { ...own, ...headers });
}

/** Asks a subgraph as the gateway does: signed, for a viewer. */
export async function askSubgraph(subgraph: string, who: Session | null, question: Question): Promise<Reply> {
  const url = `${inject('subgraphUrls')[subgraph]}/graphql`;
  return await post(url, JSON.stringify(question), signed(question, viewerOf(who)));
}

/** The headers by which our own processes know each other. @default key the one they share */
export function signed(
  question: Question,
  viewer: Viewer | null,
  key = inject('signingKey'),
): Record<string, string> {
  const request = { method: 'POST', path: '/graphql', body: JSON.stringify(question) };
  return signRequest(request, { key, viewer, nowMs: Date.now(), nonce: randomUUID() });
}

/** Subscribes without a token; everything until the end. */
export async function watchAnonymously({ query, variables }: Question): Promise<unknown[]> {
  const url = `${inject('gatewayUrl').replace('http', 'ws')}/graphql`;
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
  const events: unknown[] = [];
  for await (const event of client.iterate({ query, variables: { ...variables } })) events.push(event);
  await client.dispose();
  return events;
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return (await response.json()) as Reply;
}

/** The viewer that a session's access token stands for. */
export function viewerOf(who: Session | null): UserViewer | null {
  if (who === null) return null;
  const [, payload = ''] = who.accessToken.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, string>;
  return {
    kind: 'user',
    userId: claims['sub'] ?? '',
    workspaceId: claims['ws'] ?? '',
    role: claims['role'] as UserViewer['role'],
    sessionId: claims['sid'] ?? '',
  };
}
