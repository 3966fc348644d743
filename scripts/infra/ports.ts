import { createServer } from 'node:net';

/** A TCP port of 127.0.0.1 that is free now: the preferred one when it is, else one the system picks. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined) {
    const kept = await tryListen(preferred);
    if (kept !== undefined) return kept;
  }
  const picked = await tryListen(0);
  if (picked === undefined) throw new Error('no free port on 127.0.0.1');
  return picked;
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
