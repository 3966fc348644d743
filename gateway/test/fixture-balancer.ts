import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

const PROBE_MS = 50;

/** A TCP balancer: round robin over the targets that say they are ready, no affinity, no look into what it carries. */
export interface Balancer {
  readonly url: string;
  /** Ports that get new connections. */
  readonly ready: () => readonly number[];
  readonly close: () => Promise<void>;
}

/** Balances a free port over gateways on this host. Each is asked for its readiness, as any balancer would. */
export async function serveBalancer(ports: readonly number[]): Promise<Balancer> {
  const sockets = new Set<Socket>();
  let ready: readonly number[] = [];
  let turn = 0;

  async function probe(): Promise<void> {
    const answers = ports.map(async (port) => {
      const response = await fetch(`http://127.0.0.1:${port}/health/readiness`);
      await response.body?.cancel();
      return response.ok ? [port] : [];
    });
    const settled = await Promise.allSettled(answers);
    ready = settled.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  }

  const server = createServer((client) => {
    turn += 1;
    const port = ready[turn % ready.length];
    if (port === undefined) return client.destroy();
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
    client.pipe(upstream).pipe(client);
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await probe();
  const probing = setInterval(() => void probe(), PROBE_MS);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready: () => ready,
    close: async () => {
      clearInterval(probing);
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
