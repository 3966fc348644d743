import { until } from '@hoerok/shared/testing';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** One result as a client reads it. */
export interface Result {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions?: Record<string, unknown>;
  }[];
  readonly extensions?: Record<string, unknown>;
}

/** An operation to be sent over any transport. */
export interface Operation {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly extensions?: Record<string, unknown>;
}

/** A running subscription of a test. */
export interface Subscriber {
  readonly results: Result[];
  /** Waits until a condition on the results holds. */
  readonly until: (holds: (results: readonly Result[]) => boolean) => Promise<void>;
  /** Resolves when the server completes, rejects when the transport fails. */
  readonly completed: Promise<void>;
  readonly stop: () => void;
}

/** Sends an operation as an ordinary HTTP request. */
export async function post(
  url: string,
  operation: Partial<Operation>,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; body: Result }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(operation),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Result };
}

/** Subscribes over graphql-transport-ws. */
export function subscribeSocket(url: string, operation: Operation, token?: string): Subscriber {
  const client = createSocketClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token === undefined ? {} : { connectionParams: { authorization: `Bearer ${token}` } }),
  });
  return subscriber((sink) => client.subscribe(operation as never, sink));
}

/** Subscribes over server-sent events. */
export function subscribeEvents(url: string, operation: Operation, token?: string): Subscriber {
  const client = createSseClient({
    url: `${url}/graphql`,
    retryAttempts: 0,
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
  });
  return subscriber((sink) => client.subscribe(operation as never, sink));
}

/** What one part of a multipart response says. */
export interface MultipartMessage {
  readonly payload?: Result | null;
  readonly errors?: Result['errors'];
}

/**
 * Subscribes over Apollo's multipart protocol. A reader of its own, which knows RFC 2046 and nothing of the gateway: a part
 * counts once the boundary after it has come, and a body without the closing boundary is an error.
 */
export function subscribeMultipart(
  url: string,
  operation: Operation,
  token?: string,
): Subscriber & { readonly messages: readonly MultipartMessage[] } {
  const messages: MultipartMessage[] = [];
  const leaving = new AbortController();
  const headers = {
    accept: 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json',
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const request = { method: 'POST', headers, body: JSON.stringify(operation), signal: leaving.signal };

  async function read({ next, error, complete }: Sink): Promise<void> {
    const response = await fetch(`${url}/graphql`, request);
    const type = response.headers.get('content-type') ?? '';
    if (!type.startsWith('multipart/mixed')) throw new Error(`${response.status} ${await response.text()}`);
    for await (const message of readParts(response, type)) {
      messages.push(message);
      if (message.errors !== undefined) return error(message);
      if (message.payload !== undefined) next(message.payload);
    }
    complete();
  }

  const stream = subscriber((sink) => {
    read(sink).catch(sink.error);
    return () => leaving.abort();
  });
  return { ...stream, messages };
}

async function* readParts(response: Response, type: string): AsyncGenerator<MultipartMessage> {
  const boundary = `\r\n--${/boundary="?([^";]+)"?/.exec(type)?.[1]}`;
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf(boundary); end !== -1; end = text.indexOf(boundary)) {
      const part = text.slice(0, end);
      text = text.slice(end + boundary.length);
      const body = part.indexOf('\r\n\r\n');
      // What comes before the first boundary is no part.
      if (body === -1) continue;
      if (!/^content-type: application\/json$/im.test(part.slice(0, body)))
        throw new Error(`no JSON: ${part}`);
      yield JSON.parse(part.slice(body)) as MultipartMessage;
    }
  }
  if (!text.startsWith('--')) throw new Error('the response breaks off before its closing boundary');
}

interface Sink {
  readonly next: (result: unknown) => void;
  readonly error: (error: unknown) => void;
  readonly complete: () => void;
}

function subscriber(subscribe: (sink: Sink) => () => void): Subscriber {
  const results: Result[] = [];
  const end = Promise.withResolvers<void>();
  // A test that stops by itself never looks at the end.
  end.promise.catch(() => undefined);
  const stop = subscribe({
    next: (result) => void results.push(result as Result),
    error: (error) => end.reject(error),
    complete: () => end.resolve(),
  });
  return {
    results,
    until: async (holds) => {
      await until('the results of a subscription', () => holds(results), { intervalMs: 5 });
    },
    completed: end.promise,
    stop,
  };
}
