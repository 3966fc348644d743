import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import {
  createSubgraphClient,
  type SubgraphClient,
  type SubgraphClientOptions,
} from '../src/datasources/subgraph-client.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

/** The address of a server that listens until the test is over. */
export async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => void sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}
/** An origin that speaks HTTP. */
export const serve = async (listener: RequestListener): Promise<string> =>
  await listen(createServer(listener));
/** An origin that is told of every piece that comes, with the number of its connection. */
export const serveRaw = async (onRequest: (socket: Socket, connection: number) => void): Promise<string> => {
  let connections = 0;
  const server = createTcpServer((socket) => {
    const connection = (connections += 1);
    socket.on('error', () => undefined).on('data', () => onRequest(socket, connection));
  });
  return await listen(server);
};

// However busy the machine is while tests run.
const CPU_TO_SPARE = { isHigh: () => false, stop: () => undefined };

/** A client that is closed when the test is over. It believes that there is CPU to spare. */
export function open(options: Partial<SubgraphClientOptions> = {}): SubgraphClient {
  const client = createSubgraphClient({
    timeoutMs: 2_000,
    maxResponseBytes: 1_000,
    pressure: CPU_TO_SPARE,
    ...options,
  });
  opened.push(client.close);
  return client;
}

const { signal } = new AbortController();
/** What a query is sent as. */
export const query = { body: '{"query":"{ me }"}', headers: {}, signal, repeatable: true };
/** What a mutation is sent as. */
export const mutation = { body: '{"query":"mutation { me }"}', headers: {}, signal };
/** An answer as it goes over the wire. */
export const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';
