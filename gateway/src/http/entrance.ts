import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, createServer, type Server as Listener } from 'node:net';
import { AppError, messageOf } from '@hoerok/shared/errors';

/** Connections that the system holds in a queue until they are taken: after a restart all clients come back at once. */
const BACKLOG = 4_096;

/**
 * Queues of one port. Node takes one connection out of each in a turn of the event loop, however many wait, and Linux
 * allows a queue no more than `net.core.somaxconn`, 4,096 as a rule.
 */
const QUEUES = 4;

/** Where clients come in. */
export interface Entrance {
  readonly port: number;
  /** Lets nobody in any more, and resolves when the last connection has ended. */
  readonly close: () => Promise<void>;
}

/**
 * Has an HTTP server listen, on Linux with several queues, which the system shares newcomers out among; elsewhere with one.
 * @throws AppError `BAD_CONFIGURATION` when the address is taken or is none of this machine.
 */
export async function openEntrance(
  server: Server,
  { HOST: host, PORT }: { readonly HOST: string; readonly PORT: number },
): Promise<Entrance> {
  const reusePort = process.platform === 'linux';
  const listeners: Listener[] = [server];
  try {
    // A port that is shared is not refused to another gateway of the same user: so it is asked for alone first.
    if (reusePort && PORT !== 0) {
      const probe = createServer((socket) => socket.destroy());
      await endOf([await listening(probe, { host, port: PORT })]);
    }
    await listening(server, { host, port: PORT, reusePort });
    const { port } = server.address() as AddressInfo;
    while (reusePort && listeners.length < QUEUES) {
      const options = { allowHalfOpen: true, noDelay: true };
      const listener = createServer(options, (socket) => server.emit('connection', socket));
      listeners.push(await listening(listener, { host, port, reusePort }));
    }
    return { port, close: async () => await endOf(listeners) };
  } catch (error) {
    for (const listener of listeners) listener.close();
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const message = isTaken
      ? `Port ${PORT} is taken; stop what uses it or set PORT to another one.`
      : `The gateway cannot listen on ${host}:${PORT}: ${messageOf(error)}`;
    throw new AppError('BAD_CONFIGURATION', message, { cause: error });
  }
}

async function listening(
  listener: Listener,
  address: { readonly host: string; readonly port: number; readonly reusePort?: boolean },
): Promise<Listener> {
  listener.listen({ ...address, backlog: BACKLOG });
  await once(listener, 'listening');
  return listener;
}

async function endOf(listeners: readonly Listener[]): Promise<void> {
  const ended = listeners.map(async (listener) => void (await once(listener, 'close')));
  for (const listener of listeners) listener.close();
  await Promise.all(ended);
}
