import { WebSocket } from 'ws';

/** Something to listen to. */
export interface Listening {
  readonly accessToken: string;
  readonly query: string;
  readonly variables: object;
  readonly onEvent?: (data: Readonly<Record<string, unknown>>) => void;
}

/** Subscriptions that stay open. */
export interface Sockets {
  /** Opens one socket with one subscription; resolves when the gateway has acknowledged the socket. */
  readonly open: (listening: Listening) => Promise<void>;
  readonly counts: () => SocketCounts;
  readonly close: () => void;
}

/** What came of all sockets so far. */
export interface SocketCounts {
  readonly open: number;
  readonly events: number;
  /** Closed by the gateway, or a subscription that it refused or ended. */
  readonly broken: number;
}

interface Message {
  readonly type: string;
  readonly payload?: { readonly data?: Readonly<Record<string, unknown>> | null };
}

/** Sockets over graphql-transport-ws: just enough of it, so that hundreds cost little here. */
export function createSockets(gatewayUrl: string): Sockets {
  const url = `${gatewayUrl.replace('http', 'ws')}/graphql`;
  const sockets = new Set<WebSocket>();
  let events = 0;
  let broken = 0;
  let closing = false;
  return {
    open: ({ accessToken, query, variables, onEvent }) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(url, 'graphql-transport-ws');
        const send = (message: object): void => socket.send(JSON.stringify(message));
        socket.on('open', () =>
          send({ type: 'connection_init', payload: { authorization: `Bearer ${accessToken}` } }),
        );
        socket.on('message', (bytes: Buffer) => {
          const { type, payload } = JSON.parse(bytes.toString('utf8')) as Message;
          if (type === 'connection_ack') {
            sockets.add(socket);
            send({ id: '1', type: 'subscribe', payload: { query, variables } });
            resolve();
          } else if (type === 'ping') send({ type: 'pong' });
          else if (type === 'next') {
            events += 1;
            if (payload?.data != null) onEvent?.(payload.data);
          } else if (!closing) broken += 1;
        });
        socket.on('error', reject);
        socket.on('close', (code: number) => {
          if (sockets.delete(socket) && !closing) broken += 1;
          reject(new Error(`The gateway closed the socket: ${code}.`));
        });
      }),
    counts: () => ({ open: sockets.size, events, broken }),
    close: () => {
      closing = true;
      for (const socket of sockets) socket.terminate();
    },
  };
}
