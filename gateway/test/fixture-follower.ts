import { setTimeout as pause } from 'node:timers/promises';
import { createClient as createHoerokClient } from '@hoerok/client';
import { createClient } from 'graphql-ws';
import { Agent, EventSource } from 'undici';
import { WebSocket } from 'ws';
import type { Operation, Result } from './fixture-clients.ts';

const RETRY_MS = 50;

/** A subscriber that comes back for as long as it is wanted. */
export interface Follower {
  /** Its events, over all connections. */
  readonly events: readonly Result[];
  /** How often it was told, on an open connection, that it could not be served. */
  readonly refusals: () => number;
  /** How often it has connected. */
  readonly connections: () => number;
  /** The stream has said its last word. */
  readonly isOver: () => boolean;
  readonly stop: () => Promise<void>;
}

/** Follows a subscription with one kind of client. */
export type Follow = (url: string, token: string, operation: Operation) => Follower;

/**
 * The stock graphql-ws client, used as the documentation says: what goes on after a loss carries the id of the last event
 * in `extensions.lastEventId`.
 */
export const followWithGraphqlWs: Follow = (url, token, operation) => {
  const events: Result[] = [];
  const extensions: Record<string, unknown> = {};
  let [connections, refusals] = [0, 0];
  let [isOver, isWanted] = [false, true];
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async () => await pause(Math.random() * RETRY_MS),
    on: { connected: () => void (connections += 1) },
  });
  function subscribe(): void {
    let refused = false;
    client.subscribe<Record<string, unknown>, Record<string, unknown>>(
      { ...operation, extensions },
      {
        next: (result) => {
          const eventId = result.extensions?.['eventId'];
          refused = eventId === undefined;
          if (refused) return void (refusals += 1);
          extensions['lastEventId'] = eventId;
          events.push(result as unknown as Result);
          return undefined;
        },
        error: () => undefined,
        complete: () => {
          isOver = !refused;
          if (refused && isWanted) setTimeout(subscribe, RETRY_MS);
        },
      },
    );
  }
  subscribe();
  return {
    events,
    refusals: () => refusals,
    connections: () => connections,
    isOver: () => isOver,
    stop: async () => {
      isWanted = false;
      await client.dispose();
    },
  };
};

/** Our own client, which does all of that by itself. */
export const followWithHoerokClient: Follow = (url, token, { query, variables = {} }) => {
  const events: Result[] = [];
  let [connections, refusals] = [0, 0];
  let isOver = false;
  class CountedSocket extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      this.once('open', () => void (connections += 1));
    }
  }
  const hoerok = createHoerokClient({
    url,
    accessToken: () => token,
    webSocketImpl: CountedSocket,
    backoff: { baseMs: RETRY_MS, capMs: 500 },
    onInterrupt: ({ code }) => void (refusals += code === 'CONNECTION_LOST' ? 0 : 1),
  });
  async function read(): Promise<void> {
    for await (const { data, errors, eventId, delivery, gap } of hoerok.subscribe(query, variables)) {
      const extensions = { eventId, delivery, ...(gap ? { resume: 'RESUME_GAP' } : {}) };
      events.push({ data, ...(errors.length === 0 ? {} : { errors }), extensions } as Result);
    }
    isOver = true;
  }
  const reading = read();
  reading.catch(() => undefined);
  return {
    events,
    refusals: () => refusals,
    connections: () => connections,
    isOver: () => isOver,
    stop: async () => {
      hoerok.close();
      await reading;
    },
  };
};

/** An unmodified EventSource; only the header that a page cannot set is put in on the way. */
export const followWithEventSource: Follow = (url, token, { query, variables = {} }) => {
  const events: Result[] = [];
  let [connections, refusals] = [0, 0];
  const agent = new Agent();
  const dispatcher = agent.compose((dispatch) => (options, handler) => {
    const headers = { ...(options.headers as Record<string, string>), authorization: `Bearer ${token}` };
    return dispatch({ ...options, headers }, handler);
  });
  const operation = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const node = { dispatcher, reconnectionTime: RETRY_MS };
  const source = new EventSource(`${url}/graphql?${operation.toString()}`, { node });
  source.addEventListener('open', () => void (connections += 1));
  source.addEventListener('next', (event) => {
    const result = JSON.parse((event as unknown as { readonly data: string }).data) as Result;
    if (result.extensions?.['eventId'] === undefined) refusals += 1;
    else events.push(result);
  });
  return {
    events,
    refusals: () => refusals,
    connections: () => connections,
    isOver: () => source.readyState === EventSource.CLOSED,
    stop: async () => {
      source.close();
      await agent.destroy();
    },
  };
};
