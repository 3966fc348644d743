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

/** A query to be sent over any transport. */
export interface Operation {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
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
  operation: Operation,
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
