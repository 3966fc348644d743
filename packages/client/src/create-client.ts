import { type AccessTokenSource, createAccessTokens } from './access-tokens.ts';
import { createConnection } from './connection.ts';
import { executeOperation } from './execute.ts';
import type { WatchTaskSubscription } from './generated/operations.ts';
import { type GraphQLDocument, textOf } from './graphql-document.ts';
import { HoerokError } from './hoerok-error.ts';
import { type BackoffOptions, createPause } from './pause.ts';
import { createRecovery } from './recovery.ts';
import { openSubscription, type SubscribeOptions } from './subscription.ts';
import type { SubscriptionEvent } from './subscription-event.ts';
import { type Task, tasksOf, WATCH_TASK } from './watch-task.ts';

/** Options of {@link createClient}. */
export interface ClientOptions {
  /** The gateway, for example `https://hoerok.example`. A path is taken as it is; without one it is `/graphql`. */
  readonly url: string | URL;
  /** Signs every request. One client is for one person: close it at sign-out. @default none */
  readonly accessToken?: AccessTokenSource;
  /** A class like the browser's `WebSocket`. @default the global one, which browsers and Node 22 have */
  readonly webSocketImpl?: unknown;
  /** @default the global one */
  readonly fetch?: typeof globalThis.fetch;
  /** Events of one subscription that may wait for their reader; 16 times as many for a moment. @default 256 */
  readonly bufferSize?: number;
  /** Waits between attempts to take up a stream again. */
  readonly backoff?: BackoffOptions;
  /**
   * Failures in a row after which a stream is given up; what has never worked is after 5 at the latest.
   * @default Infinity
   */
  readonly reconnectAttempts?: number;
  /** Silence after which the gateway is asked whether it is still there, in milliseconds. @default 12000 */
  readonly keepAliveMs?: number;
  /** Told of each interruption that is about to be mended, for example to show it. */
  readonly onInterrupt?: (error: HoerokError) => void;
}

/** Options of one request. */
export interface ExecuteOptions {
  readonly signal?: AbortSignal;
}

/** A client of one Hoerok gateway for one person. */
export interface HoerokClient {
  /**
   * Runs a query or a mutation over HTTP and gives its data; `userErrors` of a mutation are data.
   * @throws HoerokError when the answer holds errors, or there is none; what of the data could be had is in `data`
   */
  readonly execute: <Data = unknown, Variables extends object = Record<string, unknown>>(
    document: GraphQLDocument<Data, Variables>,
    variables?: Variables,
    options?: ExecuteOptions,
  ) => Promise<Data>;
  /**
   * Events of a subscription, each once and in order, over lost connections, expiring tokens and restarts of the gateway.
   * It begins with the first `next()`, so with the loop, and ends with the stream or when the loop is left; then the
   * gateway is told at once. An abort of `signal` ends the loop without an error.
   * @throws HoerokError from the loop when the stream is refused, or given up
   */
  readonly subscribe: <Data = unknown, Variables extends object = Record<string, unknown>>(
    document: GraphQLDocument<Data, Variables>,
    variables?: Variables,
    options?: SubscribeOptions,
  ) => AsyncIterableIterator<SubscriptionEvent<Data>>;
  /** A task as it is now, then each change; ends by itself when the task has ended. Otherwise as {@link subscribe}. */
  readonly watchTask: (id: string, options?: SubscribeOptions) => AsyncIterableIterator<Task>;
  /** Ends every loop without an error, and the connection. */
  readonly close: () => void;
}

/** Builds a client. It connects with the first subscription, over one WebSocket for all. */
export function createClient(options: ClientOptions): HoerokClient {
  const { bufferSize = 256, backoff = {}, reconnectAttempts = Infinity, keepAliveMs = 12_000 } = options;
  const url = endpointOf(options.url);
  const tokens = createAccessTokens(options.accessToken ?? (() => null));
  const { webSocketImpl } = options;
  const connection = createConnection({
    url: url.replace(/^http/, 'ws'),
    tokens,
    webSocketImpl,
    keepAliveMs,
  });
  const pauseConnecting = createPause(backoff);
  const running = new Set<() => void>();
  let isClosed = false;

  const refuseClosed = (): void => {
    if (isClosed) throw new HoerokError('CLIENT_CLOSED', 'This client is closed; create another.');
  };
  const subscribe: HoerokClient['subscribe'] = <Data>(
    document: GraphQLDocument<Data, never>,
    variables: object = {},
    subscribeOptions: SubscribeOptions = {},
  ) => {
    refuseClosed();
    const request = { query: textOf(document), variables: { ...variables } };
    const recovery = createRecovery({ connection, pauseConnecting, backoff, attempts: reconnectAttempts });
    return openSubscription<Data>(request, subscribeOptions, {
      connection,
      authorize: tokens.current,
      recovery,
      bufferSize,
      onInterrupt: options.onInterrupt ?? (() => undefined),
      running,
    });
  };
  return {
    execute: async <Data>(
      document: GraphQLDocument<Data, never>,
      variables: object = {},
      { signal = null }: { readonly signal?: AbortSignal | null } = {},
    ) => {
      refuseClosed();
      const fetch = options.fetch ?? globalThis.fetch;
      return (await executeOperation(
        { query: textOf(document), variables, signal },
        { url, tokens, fetch },
      )) as Data;
    },
    subscribe,
    watchTask: (id, watchOptions) =>
      tasksOf(subscribe<WatchTaskSubscription>(WATCH_TASK, { id }, watchOptions)),
    close: () => {
      isClosed = true;
      for (const leave of running) leave();
    },
  };
}

function endpointOf(address: string | URL): string {
  const url = new URL(address);
  if (url.pathname === '/') url.pathname = '/graphql';
  return url.href;
}
