import { createServer, type ServerResponse } from 'node:http';
import { until } from '@hoerok/shared/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Entrance, openEntrance } from './entrance.ts';

/** More than come in by one queue alone, whatever the system shares them out by. */
const GUESTS = 40;
const HOST = '127.0.0.1';

async function serve(PORT = 0): Promise<{ entrance: Entrance; url: string; waiting: ServerResponse[] }> {
  const waiting: ServerResponse[] = [];
  const server = createServer((_request, response) => void waiting.push(response));
  onTestFinished(() => server.closeAllConnections());
  const entrance = await openEntrance(server, { HOST, PORT });
  return { entrance, url: `http://${HOST}:${entrance.port}`, waiting };
}

describe('the entrance of the gateway', () => {
  it('lets everybody in, and is closed when the last request is answered', async () => {
    const { entrance, url, waiting } = await serve();
    const headers = { connection: 'close' };
    const asked = Array.from({ length: GUESTS }, async () => await (await fetch(url, { headers })).text());
    await until('all are in', () => waiting.length === GUESTS);
    let isClosed = false;
    const closed = entrance.close().then(() => {
      isClosed = true;
    });
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    const last = waiting.pop();
    for (const response of waiting) response.end('welcome');
    // All but one of them, whichever that is.
    let answered = 0;
    for (const one of asked) void one.then(() => (answered += 1));
    await until('all but one are answered', () => answered === GUESTS - 1);
    expect(isClosed).toBe(false);
    last?.end('welcome');
    await closed;
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['welcome']));
  });

  it('is refused a port that another gateway has, and gets it when that is closed', async () => {
    const { entrance } = await serve();
    const { port } = entrance;
    await expect(serve(port)).rejects.toMatchObject({
      code: 'BAD_CONFIGURATION',
      message: `Port ${port} is taken; stop what uses it or set PORT to another one.`,
    });
    await entrance.close();
    expect((await serve(port)).entrance.port).toBe(port);
  });

  it('is refused an address that is none of this machine', async () => {
    const opened = openEntrance(createServer(), { HOST: '192.0.2.1', PORT: 0 });
    await expect(opened).rejects.toThrow('The gateway cannot listen on 192.0.2.1:0: listen EADDRNOTAVAIL');
  });
});
