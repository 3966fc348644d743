import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createOutboundClient,
  type OutboundClient,
  type OutboundOptions,
  type Resolve,
} from './outbound-client.ts';

/** A name service that knows what a test says, and counts who asks. */
function nameService(answers: Readonly<Record<string, readonly string[]>>): {
  asked: string[];
  resolve: Resolve;
} {
  const asked: string[] = [];
  return {
    asked,
    resolve: (hostname, _options, done) => {
      asked.push(hostname);
      const addresses = answers[hostname] ?? [];
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  };
}

describe('the outbound client', () => {
  const seen: { url: string | undefined; headers: IncomingMessage['headers']; body: string }[] = [];
  let answer: (response: ServerResponse) => void;
  let port: number;
  const clients: OutboundClient[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.once('end', () => {
      seen.push({ url: request.url, headers: request.headers, body });
      answer(response);
    });
  });

  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(async () => {
    seen.length = 0;
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  const clientOf = (options: OutboundOptions): OutboundClient => {
    const client = createOutboundClient(options);
    clients.push(client);
    return client;
  };
  const post = (client: OutboundClient, url: string): ReturnType<OutboundClient['request']> =>
    client.request({ url, method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' });

  it('sends what it is given and gives back status and body', async () => {
    answer = (response) => response.writeHead(202, { 'x-made-by': 'test' }).end('taken');
    const { status, headers, body } = await post(
      clientOf({ reach: 'PRIVATE' }),
      `http://127.0.0.1:${port}/a?b=c`,
    );
    expect({ status, made: headers['x-made-by'], body: body.toString() }).toEqual({
      status: 202,
      made: 'test',
      body: 'taken',
    });
    expect(seen).toMatchObject([{ url: '/a?b=c', body: '{"a":1}' }]);
    expect(Object.keys(seen[0]?.headers ?? {}).toSorted()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
    ]);
  });

  it('connects to nothing when a name leads to a private address, or one of several does', async () => {
    const { asked, resolve } = nameService({
      'rebind.example.com': ['127.0.0.1'],
      'mixed.example.com': ['93.184.216.34', '169.254.169.254'],
      'mapped.example.com': ['::ffff:127.0.0.1'],
      'nowhere.example.com': [],
    });
    const client = clientOf({ resolve });
    for (const name of ['rebind', 'mixed', 'mapped', 'nowhere'])
      await expect(post(client, `https://${name}.example.com/`)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(asked.length).toBe(4);
    await expect(post(client, `http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(asked.length).toBe(4);
    expect(seen).toEqual([]);
  });

  it('asks for a name once for each call and connects to the very address that it has looked at', async () => {
    answer = (response) => response.end();
    let turn = 0;
    const resolve: Resolve = (_hostname, _options, done) => {
      turn += 1;
      // The second answer would be a forbidden one, had anybody asked for it.
      done(null, [{ address: turn === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]);
    };
    const client = clientOf({ reach: 'PRIVATE', resolve });
    expect((await post(client, `http://hook.example.com:${port}/`)).status).toBe(200);
    expect(turn).toBe(1);
    await expect(post(client, `http://hook.example.com:${port}/`)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    expect(seen.length).toBe(1);
  });

  it('follows no redirect', async () => {
    answer = (response) => response.writeHead(307, { location: `http://127.0.0.1:${port}/inside` }).end();
    expect((await post(clientOf({ reach: 'PRIVATE' }), `http://127.0.0.1:${port}/`)).status).toBe(307);
    expect(seen.map(({ url }) => url)).toEqual(['/']);
  });

  it('reads no more of an answer than it may', async () => {
    answer = (response) => {
      response.on('error', () => undefined);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', more);
      more();
    };
    const client = clientOf({ reach: 'PRIVATE', maxResponseBytes: 1_000 });
    expect((await post(client, `http://127.0.0.1:${port}/`)).body.length).toBe(1_000);
  });

  it('gives up when nothing, or not all of it, comes in time', async () => {
    const client = clientOf({ reach: 'PRIVATE', timeoutMs: 100 });
    for (const begin of [() => undefined, (response: ServerResponse) => void response.write('a')]) {
      answer = begin;
      await expect(post(client, `http://127.0.0.1:${port}/`)).rejects.toMatchObject({
        code: 'TIMEOUT',
        retryable: true,
      });
    }
  });

  it('says that nothing listens, without the address', async () => {
    const free = createServer();
    await new Promise<void>((listening) => free.listen(0, '127.0.0.1', listening));
    const { port: closed } = free.address() as AddressInfo;
    await new Promise((done) => free.close(done));
    await expect(post(clientOf({ reach: 'PRIVATE' }), `http://127.0.0.1:${closed}/`)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
      message: 'The address cannot be reached (ECONNREFUSED).',
    });
  });
});
