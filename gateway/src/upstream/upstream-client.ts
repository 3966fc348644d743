import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@hoerok/shared/errors';
import { createClient, type Sink, type SubscribePayload } from 'graphql-ws';
import { type ClientOptions, WebSocket } from 'ws';
import { closeCodeOf, failureOf } from './upstream-failure.ts';

// Before the socket is acknowledged nothing has been asked, so nothing can be lost by asking again.
const RETRIES = 2;
const RETRY_MS = 100;
const NORMAL_CLOSURE = 1000;

/** Times and sizes of a socket to a subgraph. */
export interface UpstreamLimits {
  /** For the handshake, for its acknowledgement, and for the answer to a ping. */
  readonly timeoutMs: number;
  /** A larger message breaks the socket. */
  readonly maxMessageBytes: number;
  /** How often the subgraph is pinged. */
  readonly keepAliveMs: number;
  /** How long the socket outlives its last subscription. */
  readonly lingerMs: number;
}

/** What {@link createUpstreamClient} needs. */
export interface UpstreamClientOptions {
  readonly url: string;
  /** Called for each attempt to connect, so that a signature is never old. */
  readonly connectionInit: () => Record<string, string>;
  readonly limits: UpstreamLimits;
  /** The socket is lost after it was acknowledged, or was refused for good. May be called more than once. */
  readonly onBroken: (reason: unknown) => void;
}

/** A client of graphql-ws that connects once. */
export interface UpstreamClient {
  /** An error that is no list of GraphQL errors says that the socket could not be opened. */
  readonly subscribe: (operation: SubscribePayload, sink: Sink<unknown>) => () => void;
  /** Length of the message that is being delivered. */
  readonly messageBytes: () => number;
  /** Closes the socket, and connects no more. */
  readonly close: () => void;
}

/**
 * Builds a client. Connecting is tried again, twice and quickly; once the socket is acknowledged its loss is final. A
 * subgraph that leaves a ping unanswered has lost it.
 */
export function createUpstreamClient(options: UpstreamClientOptions): UpstreamClient {
  const { limits, onBroken } = options;
  const sockets = measuredSockets({
    handshakeTimeout: limits.timeoutMs,
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
  });
  let acknowledged = false;
  let patience: NodeJS.Timeout | undefined;
  const client = createClient({
    url: options.url,
    webSocketImpl: sockets.Socket,
    connectionParams: options.connectionInit,
    connectionAckWaitTimeout: limits.timeoutMs,
    keepAlive: limits.keepAliveMs,
    // Whoever owns this closes it before; graphql-ws by itself would hand out a socket that it is about to close.
    lazyCloseTimeout: limits.lingerMs + 1_000,
    retryAttempts: RETRIES,
    retryWait: async (retries) => await delay(RETRY_MS * 2 ** retries * (0.5 + Math.random())),
    shouldRetry: (reason) => !acknowledged && isPassing(reason),
    on: {
      connected: () => {
        acknowledged = true;
      },
      error: (reason) => {
        if (acknowledged) onBroken(reason);
      },
      closed: (event) => {
        clearTimeout(patience);
        // graphql-ws takes 1000 for a reason to connect again, at once and for ever.
        if (acknowledged || closeCodeOf(event) === NORMAL_CLOSURE) onBroken(event);
      },
      ping: (received) => {
        if (!received) patience = setTimeout(sockets.terminate, limits.timeoutMs);
      },
      pong: (received) => {
        if (received) clearTimeout(patience);
      },
    },
  });
  return {
    subscribe: (operation, sink) => client.subscribe(operation, sink),
    messageBytes: sockets.messageBytes,
    close: () => {
      // It rejects when the socket never came up.
      Promise.resolve(client.dispose()).catch(() => undefined);
      if (sockets.isConnecting()) sockets.terminate();
    },
  };
}

interface MeasuredSockets {
  readonly Socket: new (address: string, protocol: string) => WebSocket;
  readonly messageBytes: () => number;
  readonly isConnecting: () => boolean;
  readonly terminate: () => void;
}

// graphql-ws makes its sockets itself, from a class; what we want to know of the newest one is kept here.
function measuredSockets(options: ClientOptions): MeasuredSockets {
  let newest: WebSocket | undefined;
  let messageBytes = 0;
  function watch(socket: WebSocket): void {
    newest = socket;
    // Runs before the listener of graphql-ws, which shows parsed messages only.
    socket.on('message', (text: Buffer) => {
      messageBytes = text.length;
    });
    // graphql-ws takes its own listener off a socket that it gives up; an error after that would end the process.
    socket.on('error', () => undefined);
  }
  class MeasuredSocket extends WebSocket {
    constructor(address: string, protocol: string) {
      super(address, protocol, options);
      watch(this);
    }
  }
  return {
    Socket: MeasuredSocket,
    messageBytes: () => messageBytes,
    isConnecting: () => newest?.readyState === WebSocket.CONNECTING,
    terminate: () => newest?.terminate(),
  };
}

function isPassing(reason: unknown): boolean {
  const failure = failureOf(reason);
  return failure instanceof AppError && failure.retryable;
}
