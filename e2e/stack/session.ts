import { randomBytes } from 'node:crypto';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { expect, inject } from 'vitest';
import WebSocket from 'ws';

/** What an operation was answered. */
export interface Answer {
  readonly status: number;
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly { message: string; extensions?: Record<string, unknown> }[];
}

/** An event of a subscription. */
export interface SubscriptionEvent {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
  readonly extensions?: Record<string, unknown>;
}

/** A signed-in user of the system under test, with stock clients. */
export interface Session {
  readonly userId: string;
  readonly email: string;
  readonly accessToken: string;
  /** Where the session is. */
  readonly gatewayUrl: string;
  readonly execute: (document: string, variables?: object) => Promise<Answer>;
  /** Data of an operation that must have no errors. */
  readonly data: (document: string, variables?: object) => Promise<Record<string, unknown>>;
  /** All events until the subscription completes. */
  readonly overWebSocket: (
    document: string,
    variables: Record<string, unknown>,
  ) => Promise<SubscriptionEvent[]>;
  readonly overSse: (document: string, variables: Record<string, unknown>) => Promise<SubscriptionEvent[]>;
}

const PASSWORD = 'correct horse battery staple';

/** What somebody brings along. */
export interface Newcomer {
  /** @default a workspace of their own */
  readonly invitationToken?: string;
  /** BCP 47 tag. @default 'en' */
  readonly locale?: string;
  /** Another system than the one of all scenarios. */
  readonly gatewayUrl?: string;
}

/** Registers an account: in a workspace of its own, or by the invitation of an ADMIN. */
export async function register(name: string, newcomer: string | Newcomer = {}): Promise<Session> {
  const {
    gatewayUrl = inject('gatewayUrl'),
    invitationToken,
    ...profile
  } = typeof newcomer === 'string' ? { invitationToken: newcomer } : newcomer;
  const email = `${name.toLowerCase().replace(/[^ -~]+/g, 'x')}.${randomBytes(4).toString('hex')}@hoerok.example`;
  const way = invitationToken === undefined ? { email } : { invitationToken };
  const input = { ...profile, ...way, password: PASSWORD, name };
  const { data } = await post(
    { gatewayUrl },
    `mutation ($input: RegisterInput!) { register(input: $input) { accessToken user { id email } userErrors { code message } } }`,
    { input },
  );
  const payload = data?.['register'] as { accessToken: string; user: { id: string; email: string } };
  expect(payload).toMatchObject({ userErrors: [] });
  return session(payload.user, payload.accessToken, gatewayUrl);
}

/** A session with any access token, a wrong one included. */
export function session(
  user: { id: string; email: string },
  accessToken: string,
  gatewayUrl = inject('gatewayUrl'),
): Session {
  const execute = (document: string, variables: object = {}): Promise<Answer> =>
    post({ gatewayUrl, accessToken }, document, variables);
  const url = `${gatewayUrl}/graphql`;
  const headers = { authorization: `Bearer ${accessToken}` };
  return {
    userId: user.id,
    email: user.email,
    accessToken,
    gatewayUrl,
    execute,
    data: async (document, variables) => {
      const { data, errors } = await execute(document, variables);
      expect(errors).toEqual([]);
      return data ?? {};
    },
    overWebSocket: async (query, variables) => {
      const client = createSocketClient({
        url: url.replace('http', 'ws'),
        connectionParams: headers,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
      });
      const events = await collect(client.iterate({ query, variables }));
      await client.dispose();
      return events;
    },
    overSse: async (query, variables) => {
      const client = createSseClient({ url, headers, retryAttempts: 0 });
      const events = await collect(client.iterate({ query, variables }));
      client.dispose();
      return events;
    },
  };
}

async function post(
  { gatewayUrl, accessToken }: { gatewayUrl: string; accessToken?: string },
  query: string,
  variables: object,
): Promise<Answer> {
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data?: Answer['data']; errors?: Answer['errors'] };
  return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
}

async function collect(events: AsyncIterable<unknown>): Promise<SubscriptionEvent[]> {
  const collected: SubscriptionEvent[] = [];
  for await (const event of events) collected.push(event as SubscriptionEvent);
  return collected;
}
