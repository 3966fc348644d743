import type { Logger } from '@hoerok/shared/telemetry';
import type { SubscribePayload } from 'graphql-ws';
import { z } from 'zod';
import { createBoundedQueue } from './bounded-queue.ts';
import { connectionInit, type SigningDeps, type UpstreamIdentity } from './connection-init.ts';
import { brokenOff, slowReader } from './upstream-failure.ts';
import type { UpstreamLimits } from './upstream-client.ts';
import { openUpstreamSocket, type UpstreamSocket } from './upstream-socket.ts';

// What may wait for one reader. Beyond it the stream ends: a subgraph cannot be asked to wait for one of many.
const WAITING = { maxItems: 256, maxBytes: 1024 * 1024 };

const answerSchema = z
  .object({
    data: z.record(z.string(), z.unknown()).nullable(),
    errors: z.array(z.looseObject({})),
    extensions: z.unknown(),
  })
  .partial()
  .refine((answer) => answer.data !== undefined || answer.errors !== undefined);

/** What a subgraph answers for one event: `data`, `errors` or both. Nobody else holds it. */
export type UpstreamAnswer = z.output<typeof answerSchema>;

/** The answers to one subscription. One pull at a time. */
export interface UpstreamSource {
  /** The next answer, `null` at the end. @throws what the subscriber should see. */
  readonly pull: () => Promise<UpstreamAnswer | null>;
  /** Ends it at once, also while a pull waits; the subgraph is told. */
  readonly close: () => void;
}

/** One subscription to be taken from a subgraph. */
export interface UpstreamRequest {
  readonly subgraph: { readonly name: string; readonly url: string };
  readonly operation: SubscribePayload;
  readonly identity: UpstreamIdentity;
}

/** Takes subscriptions from subgraphs that speak graphql-transport-ws. */
export interface Upstreams {
  /** Subscribes; what goes wrong is thrown by the first pull. */
  readonly open: (request: UpstreamRequest) => UpstreamSource;
  /** How many sockets are open or being opened. */
  readonly sockets: () => number;
  readonly close: () => void;
}

/** What {@link createUpstreams} needs. */
export interface UpstreamsDeps {
  /** WebSocket URLs by subgraph. @default the subgraph's own URL, with `ws` in place of `http` */
  readonly urls: ReadonlyMap<string, string>;
  readonly signing: SigningDeps;
  readonly limits: UpstreamLimits;
  readonly logger: Logger;
}

/**
 * One multiplexed socket per subgraph and identity (viewer and propagated headers), opened for its first subscription
 * and closed a moment after its last.
 */
export function createUpstreams({ urls, signing, limits, logger }: UpstreamsDeps): Upstreams {
  const sockets = new Map<string, UpstreamSocket>();

  function socketFor({ subgraph, identity }: UpstreamRequest): UpstreamSocket {
    const url = urls.get(subgraph.name) ?? subgraph.url.replace(/^http/, 'ws');
    const key = JSON.stringify([subgraph.name, url, identity.viewer, identity.headers]);
    const known = sockets.get(key);
    if (known !== undefined) return known;
    const socket = openUpstreamSocket({
      subgraph: subgraph.name,
      url,
      connectionInit: () => connectionInit(url, identity, signing),
      limits,
      onGone: () => sockets.delete(key),
      logger,
    });
    sockets.set(key, socket);
    return socket;
  }

  return {
    open: (request) => openSource(socketFor(request), request.operation),
    sockets: () => sockets.size,
    close: () => {
      for (const socket of sockets.values()) socket.close();
    },
  };
}

function openSource(socket: UpstreamSocket, operation: SubscribePayload): UpstreamSource {
  const queue = createBoundedQueue<UpstreamAnswer>(WAITING);
  const endWith = (error: Error): void => {
    leave();
    queue.finish(error);
  };
  const leave = socket.subscribe(operation, {
    next: (message, bytes) => {
      const answer = answerSchema.safeParse(message);
      if (!answer.success) endWith(brokenOff(new Error('the subgraph sent no GraphQL response')));
      else if (!queue.push(answer.data, bytes)) endWith(slowReader());
    },
    end: queue.finish,
  });
  return {
    pull: queue.pull,
    close: () => {
      leave();
      queue.discard();
    },
  };
}
