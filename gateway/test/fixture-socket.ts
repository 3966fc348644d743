import { once } from 'node:events';
import { until } from '@hoerok/shared/testing';
import { WebSocket } from 'ws';
import type { Result } from './fixture-clients.ts';

/** One message of graphql-transport-ws. */
export interface SocketMessage {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A socket that a test speaks to by hand. */
export interface HandSocket {
  readonly socket: WebSocket;
  /** Everything that has come, in order. */
  readonly messages: readonly SocketMessage[];
  /** Code and reason of its end. */
  readonly closed: Promise<readonly [number, string]>;
  readonly send: (message: object) => void;
  /** Says who it is and waits until it is accepted. */
  readonly init: (payload?: object) => Promise<void>;
  readonly subscribe: (id: string, query: string, variables?: object) => void;
  /** Results of one of its operations. */
  readonly results: (id: string) => Result[];
  /** Sends a `ping` and gives the payload of the answer to it. */
  readonly ping: (payload: object) => Promise<unknown>;
}

/** Opens a socket; rejects when it is refused. */
export async function openSocket(
  url: string,
  options: { readonly origin?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<HandSocket> {
  const address = `${url.replace(/^http/, 'ws')}/graphql`;
  const socket = new WebSocket(address, 'graphql-transport-ws', options);
  const messages: SocketMessage[] = [];
  socket.on('message', (data: Buffer) => void messages.push(JSON.parse(data.toString()) as SocketMessage));
  const closed = once(socket, 'close').then(([code, reason]): readonly [number, string] => [
    code as number,
    String(reason),
  ]);
  // A socket that is refused says so when it should open.
  closed.catch(() => undefined);
  await once(socket, 'open');
  const send = (message: object): void => socket.send(JSON.stringify(message));
  const ofType = (type: string): SocketMessage[] => messages.filter((message) => message.type === type);
  return {
    socket,
    messages,
    closed,
    send,
    init: async (payload = {}) => {
      send({ type: 'connection_init', payload });
      await until('the socket is acknowledged', () => ofType('connection_ack').length > 0);
    },
    subscribe: (id, query, variables = {}) => send({ id, type: 'subscribe', payload: { query, variables } }),
    results: (id) =>
      ofType('next')
        .filter((message) => message.id === id)
        .map(({ payload }) => payload as Result),
    ping: async (payload) => {
      const before = ofType('pong').length;
      send({ type: 'ping', payload });
      await until('the ping is answered', () => ofType('pong').length > before);
      return ofType('pong')[before]?.payload;
    },
  };
}
