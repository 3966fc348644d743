import {
  createClient,
  type FormattedExecutionResult,
  type Sink,
  type SubscribePayload,
} from 'graphql-ws/client';
import type { AccessTokens } from './access-tokens.ts';
import { explainFailure, FORBIDDEN, isClose } from './connection-failure.ts';
import type { HoerokError } from './hoerok-error.ts';
import { createSocketUpkeep, type OpenSocket } from './socket-upkeep.ts';

const CONNECT_TIMEOUT_MS = 15_000;

/** The one WebSocket of a client: open while somebody is subscribed. */
export interface Connection {
  /** Subscribes once, without trying again. @returns leaves at once. */
  readonly subscribe: (request: SubscribePayload, sink: Sink<FormattedExecutionResult>) => () => void;
  /** What ended a subscription, or kept it from beginning. */
  readonly explain: (ended: unknown) => HoerokError;
  /** Attempts to connect in a row that have failed so far. */
  readonly failures: () => number;
  /** Whether the gateway was ever reached. */
  readonly wasOpen: () => boolean;
}

/** What {@link createConnection} needs. */
export interface ConnectionOptions {
  /** `ws:` or `wss:` */
  readonly url: string;
  readonly tokens: AccessTokens;
  /** A class like the browser's `WebSocket`; `undefined` for the global one. */
  readonly webSocketImpl: unknown;
  /** Silence after which the gateway is asked whether it is there; half of it later the connection counts as lost. */
  readonly keepAliveMs: number;
}

/**
 * A graphql-transport-ws connection that keeps its access token fresh. Whether to come back after a loss is left to the
 * subscriptions, for each of them has to say where it goes on.
 */
export function createConnection(options: ConnectionOptions): Connection {
  const { url, tokens, webSocketImpl, keepAliveMs } = options;
  let failures = 0;
  let refusals = 0;
  let wasOpen = false;
  let initialToken: string | null = null;
  const upkeep = createSocketUpkeep(tokens, () => client.terminate());

  const client = createClient({
    url,
    ...(webSocketImpl === undefined ? {} : { webSocketImpl }),
    retryAttempts: 0,
    keepAlive: keepAliveMs,
    connectionParams: async () => {
      initialToken = await tokens.current();
      return initialToken === null ? {} : { authorization: `Bearer ${initialToken}` };
    },
    on: {
      connecting: () => {
        failures += 1;
        upkeep.expectWithin(CONNECT_TIMEOUT_MS);
      },
      connected: (socket) => {
        failures = 0;
        refusals = 0;
        wasOpen = true;
        upkeep.heard();
        upkeep.renewOn(socket as OpenSocket, initialToken);
      },
      ping: (isReceived) => {
        if (!isReceived) upkeep.expectWithin(keepAliveMs / 2);
      },
      pong: (isReceived) => {
        if (isReceived) upkeep.heard();
      },
      error: upkeep.rest,
      closed: (event) => {
        upkeep.rest();
        if (!isClose(event) || event.code !== FORBIDDEN) return;
        refusals += 1;
        if (initialToken !== null) tokens.refuse(initialToken);
      },
    },
  });

  return {
    subscribe: (request, sink) => client.subscribe(request, sink as Sink),
    explain: (ended) => explainFailure(ended, initialToken !== null && refusals <= 1),
    failures: () => failures,
    wasOpen: () => wasOpen,
  };
}
