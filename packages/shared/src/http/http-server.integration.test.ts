import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listen, type RunningHttpServer } from './http-server.ts';

let server: RunningHttpServer;
let endless: Readable;

beforeAll(async () => {
  server = await listen({ host: '127.0.0.1', port: 0, requestTimeoutMs: 60_000 }, async ({ url }) => {
    if (url === '/broken') {
      const parts = ['begin', new Error('the storage is away')].values();
      const read = (): void => {
        const { value } = parts.next();
        if (value instanceof Error) body.destroy(value);
        else body.push(value);
      };
      const body = new Readable({ read });
      return { status: 200, headers: { 'content-length': '100' }, body };
    }
    endless = new Readable({ read: () => void setImmediate(() => endless.push('sound ')) });
    return { status: 200, body: url === '/endless' ? endless : Readable.from(['one ', 'two']) };
  });
});
afterAll(() => server.close());

it('answers with a stream', async () => {
  const answer = await fetch(`${server.url}/short`);
  expect([await answer.text(), answer.headers.get('x-content-type-options')]).toEqual(['one two', 'nosniff']);
});

it('ends the stream of a client that goes away', async () => {
  const socket = connect(server.port, '127.0.0.1');
  socket.write('GET /endless HTTP/1.1\r\nhost: x\r\n\r\n');
  await once(socket, 'data');
  const ended = new Promise((done) => endless.once('close', done));
  socket.destroy();
  await ended;
  expect(endless.destroyed).toBe(true);
});

it('breaks off an answer whose stream fails, and goes on serving', async () => {
  const reading = fetch(`${server.url}/broken`).then((answer) => answer.text());
  await expect(reading).rejects.toThrow(/fetch failed|terminated/);
  expect((await fetch(`${server.url}/short`)).status).toBe(200);
});
