import { type Logger, meter } from '@hoerok/shared/telemetry';
import type { SubscribePayload } from 'graphql-ws';
import { createUpstreamClient, type UpstreamClientOptions } from './upstream-client.ts';
import { failureOf, reasonOf } from './upstream-failure.ts';

const sockets = meter.createUpDownCounter('hoerok_gateway_upstream_sockets', {
  description: 'WebSockets to subgraphs that are open or being opened, by subgraph',
});

/** Takes the answers to one operation. Must not throw. */
export interface UpstreamListener {
  /** `bytes` is the length of the message that brought it. */
  readonly next: (answer: unknown, bytes: number) => void;
  /** Called once; nothing comes after it. Not called when the listener leaves by itself. */
  readonly end: (error?: Error) => void;
}

/** One WebSocket to one subgraph for one identity, shared by all of its subscriptions. */
export interface UpstreamSocket {
  /** Starts an operation. The returned function ends it: the subgraph is told at once. */
  readonly subscribe: (operation: SubscribePayload, listener: UpstreamListener) => () => void;
  /** Closes the socket; its operations end. */
  readonly close: () => void;
}

/** What {@link openUpstreamSocket} needs. */
export interface UpstreamSocketOptions extends Omit<UpstreamClientOptions, 'onBroken'> {
  readonly subgraph: string;
  /** The socket takes no more operations. Called before its listeners end. */
  readonly onGone: () => void;
  readonly logger: Logger;
}

/**
 * Opens a socket. It lives once: when it breaks, every operation on it ends with an error, for its subgraph cannot say
 * what was lost, and the next subscriber opens another one. A while after its last operation it closes by itself.
 */
export function openUpstreamSocket(options: UpstreamSocketOptions): UpstreamSocket {
  const { subgraph, limits, logger } = options;
  // With what takes each out of graphql-ws.
  const listeners = new Map<UpstreamListener, () => void>();
  let gone = false;
  let lingering: NodeJS.Timeout | undefined;
  const client = createUpstreamClient({ ...options, onBroken });
  sockets.add(1, { subgraph });

  function close(error?: Error): void {
    if (gone) return;
    gone = true;
    clearTimeout(lingering);
    sockets.add(-1, { subgraph });
    options.onGone();
    client.close();
    const left = [...listeners];
    listeners.clear();
    for (const [listener, unsubscribe] of left) {
      unsubscribe();
      listener.end(error);
    }
  }

  function onBroken(reason: unknown): void {
    if (listeners.size > 0)
      logger.warn({ subgraph, reason: reasonOf(reason) }, 'The events of a subgraph have broken off.');
    close(failureOf(reason));
  }

  function remove(listener: UpstreamListener): boolean {
    if (!listeners.delete(listener)) return false;
    if (listeners.size === 0) lingering = setTimeout(close, limits.lingerMs);
    return true;
  }

  return {
    subscribe: (operation, listener) => {
      clearTimeout(lingering);
      const unsubscribe = client.subscribe(operation, {
        next: (answer) => {
          if (listeners.has(listener)) listener.next(answer, client.messageBytes());
        },
        error: (reason) => {
          if (!listeners.has(listener)) return;
          if (!Array.isArray(reason)) return onBroken(reason);
          // Errors of the operation are an answer of the subgraph like any other.
          listener.next({ data: null, errors: reason }, client.messageBytes());
          if (remove(listener)) listener.end();
        },
        complete: () => {
          if (remove(listener)) listener.end();
        },
      });
      listeners.set(listener, unsubscribe);
      return () => {
        if (remove(listener)) unsubscribe();
      };
    },
    close,
  };
}
