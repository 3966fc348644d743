import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

const ANSWER = 'x'.repeat(100);
let server: Server;
let asked = 0;
let way: FaultProxy;

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => {
      asked += 1;
      socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${ANSWER.length}\r\n\r\n${ANSWER}`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  way = await startFaultProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
afterAll(async () => {
  await way[Symbol.asyncDispose]();
  server.close();
});

/** The answer, or the code of what went wrong. */
async function ask(): Promise<string> {
  return await fetch(way.url)
    .then(async (response) => await response.text())
    .catch((error: unknown) => (error as { cause?: { code?: string } }).cause?.code ?? String(error));
}

describe('a way with faults', () => {
  it('passes everything in clear weather', async () => {
    way.change({ kind: 'clear' });
    expect(await ask()).toBe(ANSWER);
  });

  it('asks the server and loses its answer, or does not even ask, when it is lossy', async () => {
    way.change({ kind: 'lossy', share: 1 });
    const [before, requests] = [asked, way.requests()];
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    expect(answers).not.toContain(ANSWER);
    expect(way.requests() - requests).toBe(20);
    expect(asked - before).toBeGreaterThan(0);
    expect(asked - before).toBeLessThan(20);
  });

  it('cuts an answer off, and gives another one in place of it', async () => {
    way.change({ kind: 'broken', afterBytes: 10 });
    expect(await ask()).not.toBe(ANSWER);
    way.change({ kind: 'answering', fault: 'html' });
    expect(await ask()).toBe('<html>busy</html>');
  });
});
