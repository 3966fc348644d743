import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut, blocked and mended. */
export interface TcpProxy extends AsyncDisposable {
  readonly url: string;
  /** Breaks every connection and refuses new ones. */
  readonly cut: () => Promise<void>;
  /** Half-open: connections stay and new ones are accepted, but no byte comes through in either direction. */
  readonly stall: () => void;
  /** Lets connections through again; what stalled goes on with every byte that was sent meanwhile. */
  readonly mend: () => Promise<void>;
  /** Lets new connections through again; neither end of one that stalled ever hears of the other again. */
  readonly mendForNewcomers: () => Promise<void>;
}

interface Pair {
  readonly inside: Socket;
  readonly outside: Socket;
  flows: boolean;
}

/** Opens a proxy in front of the server of `target`; its URL is the same but for host and port. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<Pair>();
  let stalled = false;
  const flow = (pair: Pair): void => {
    if (pair.flows) return;
    pair.flows = true;
    pair.inside.pipe(pair.outside).pipe(pair.inside);
  };
  const block = (pair: Pair): void => {
    pair.flows = false;
    // Unread bytes stay in the buffers of the system, as those of a dead link stay with their sender.
    pair.inside.unpipe(pair.outside).pause();
    pair.outside.unpipe(pair.inside).pause();
  };
  const server = createServer((inside) => {
    const pair: Pair = { inside, outside: connect(Number(port), hostname), flows: false };
    pairs.add(pair);
    for (const socket of [inside, pair.outside]) {
      socket.on('error', () => undefined);
      socket.once('close', () => {
        pairs.delete(pair);
        inside.destroy();
        pair.outside.destroy();
      });
    }
    if (stalled) block(pair);
    else flow(pair);
  });
  const listen = async (at: number): Promise<void> => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port: own } = server.address() as AddressInfo;
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(own);
  const cut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const { inside, outside } of pairs) {
      inside.destroy();
      outside.destroy();
    }
    await closed;
  };
  const mendForNewcomers = async (): Promise<void> => {
    stalled = false;
    if (!server.listening) await listen(own);
  };
  return {
    url: url.href,
    cut,
    stall: () => {
      stalled = true;
      for (const pair of pairs) block(pair);
    },
    mend: async () => {
      await mendForNewcomers();
      for (const pair of pairs) flow(pair);
    },
    mendForNewcomers,
    [Symbol.asyncDispose]: cut,
  };
}
