import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { UserViewer } from '@hoerok/shared/auth';
import { createLogger } from '@hoerok/shared/telemetry';
import { TEST_SIGNING_KEY, until } from '@hoerok/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createUpstreams, type Upstreams, type UpstreamSource } from '../src/upstream/upstreams.ts';
import { serveUpstream } from './fixture-upstream.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

const LIMITS = { timeoutMs: 5_000, maxMessageBytes: 100_000, keepAliveMs: 60_000, lingerMs: 60_000 };

function upstreamsWith(
  limits: Partial<typeof LIMITS> = {},
  signingKey: string | null = TEST_SIGNING_KEY,
): Upstreams {
  const upstreams = createUpstreams({
    urls: new Map(),
    signing: { signingKey: signingKey ?? undefined, clock: Date.now },
    limits: { ...LIMITS, ...limits },
    logger: createLogger({ service: 'gateway', level: 'silent' }),
  });
  cleanUps.push(upstreams.close);
  return upstreams;
}

const viewer = (userId: string): UserViewer => ({
  kind: 'user',
  userId,
  workspaceId: 'w1',
  role: 'MEMBER',
  sessionId: 's1',
});
const QUERY = 'subscription { roomChanged(id: "r") { id name } }';

function open(upstreams: Upstreams, url: string, query = QUERY, userId = 'u1'): UpstreamSource {
  const identity = { viewer: viewer(userId), headers: {} };
  return upstreams.open({ subgraph: { name: 'rooms', url }, operation: { query }, identity });
}

const serve = async () => {
  const upstream = await serveUpstream();
  cleanUps.push(upstream.close);
  return upstream;
};

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A server of graphql-transport-ws that does what a test tells it to. */
async function serveByHand(
  onMessage: (socket: WebSocket, message: Message) => void,
  options: ConstructorParameters<typeof WebSocketServer>[0] = {},
): Promise<{ url: string; connections: () => number }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', ...options });
  await once(server, 'listening');
  let connections = 0;
  server.on('connection', (socket) => {
    connections += 1;
    socket.on('message', (text: Buffer) => onMessage(socket, JSON.parse(text.toString()) as never));
  });
  cleanUps.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/graphql`, connections: () => connections };
}

const acknowledge = (socket: WebSocket, { type }: { type: string }): void => {
  if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
};

describe('a socket to a subgraph', () => {
  it('is shared by the subscriptions of one identity and outlives the last one for a moment', async () => {
    const upstream = await serve();
    const upstreams = upstreamsWith({ lingerMs: 50 });
    const [first, second] = [open(upstreams, upstream.url), open(upstreams, upstream.url)];
    await until('both run', () => upstream.running() === 2);
    expect(upstream.sockets()).toHaveLength(1);
    first.close();
    second.close();
    await until('both are left', () => upstream.running() === 0);
    const third = open(upstreams, upstream.url);
    await until('it runs', () => upstream.running() === 1);
    expect(upstream.inits).toHaveLength(1);
    third.close();
    await until('the socket is closed', () => upstream.sockets().length === 0 && upstreams.sockets() === 0);
    open(upstreams, upstream.url);
    await until('another is open', () => upstream.running() === 1 && upstream.inits.length === 2);
  });

  it('is another one for another identity', async () => {
    const upstream = await serve();
    const upstreams = upstreamsWith();
    for (const id of ['u1', 'u2', 'u1']) open(upstreams, upstream.url, QUERY, id);
    await until('all run', () => upstream.running() === 3);
    expect(upstream.viewers).toEqual([viewer('u1'), viewer('u2')]);
  });

  it('carries the propagated headers, which are part of the identity, also where nothing is signed', async () => {
    const inits: unknown[] = [];
    const upstream = await serveByHand((socket, message) => {
      if (message.type === 'connection_init') inits.push(message.payload);
      acknowledge(socket, message);
    });
    const upstreams = upstreamsWith({}, null);
    for (const authorization of ['Bearer a', 'Bearer b', 'Bearer a']) {
      const identity = { viewer: null, headers: { authorization } };
      upstreams.open({
        subgraph: { name: 'rooms', url: upstream.url },
        operation: { query: QUERY },
        identity,
      });
    }
    await until('both sockets are open', () => inits.length === 2);
    expect(inits).toEqual([{ authorization: 'Bearer a' }, { authorization: 'Bearer b' }]);
    expect(upstreams.sockets()).toBe(2);
  });

  it('that nobody wants any more before it is open carries no operation', async () => {
    const upstream = await serve();
    const upstreams = upstreamsWith({ lingerMs: 1 });
    const source = open(upstreams, upstream.url);
    const pulled = source.pull();
    source.close();
    expect(await pulled).toBeNull();
    await until('no socket is left', () => upstreams.sockets() === 0 && upstream.sockets().length === 0);
    expect(upstream.started).toEqual([]);
  });

  it('is tried again while it could not be opened, three times in all', async () => {
    let refusals = 2;
    const upstream = await serveByHand(
      (socket, message) => {
        acknowledge(socket, message);
        if (message.type !== 'subscribe') return;
        socket.send(JSON.stringify({ id: message.id, type: 'next', payload: { data: { room: null } } }));
      },
      {
        port: 0,
        host: '127.0.0.1',
        verifyClient: (_request, answer) => answer((refusals -= 1) < 0, 503),
      },
    );
    expect(await open(upstreamsWith(), upstream.url).pull()).toEqual({ data: { room: null } });
    refusals = 3;
    await expect(open(upstreamsWith(), upstream.url).pull()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(refusals).toBe(0);
  });

  it('that does not come up in time is unavailable', async () => {
    const sockets = new Set<Socket>();
    const silent: Server = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    cleanUps.push(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const upstreams = upstreamsWith({ timeoutMs: 20 });
    const { port } = silent.address() as AddressInfo;
    const unheard = open(upstreams, `http://127.0.0.1:${port}/graphql`).pull();
    await expect(unheard).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    const unacknowledged = await serveByHand(() => undefined);
    const unanswered = open(upstreams, unacknowledged.url).pull();
    await expect(unanswered).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(upstreams.sockets()).toBe(0);
  });

  it('that leaves a ping unanswered is given up', async () => {
    const upstream = await serveByHand(acknowledge);
    const upstreams = upstreamsWith({ keepAliveMs: 20, timeoutMs: 20 });
    await expect(open(upstreams, upstream.url).pull()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect([upstreams.sockets(), upstream.connections()]).toEqual([0, 1]);
  });

  it('that answers pings stays open while it is quiet', async () => {
    let pings = 0;
    const upstream = await serveByHand((socket, message) => {
      acknowledge(socket, message);
      if (message.type !== 'ping') return;
      pings += 1;
      socket.send('{"type":"pong"}');
    });
    const upstreams = upstreamsWith({ keepAliveMs: 5, timeoutMs: 2_000 });
    const source = open(upstreams, upstream.url);
    await until('it was pinged', () => pings >= 5);
    expect([upstreams.sockets(), upstream.connections()]).toEqual([1, 1]);
    source.close();
  });

  const breaks: readonly [string, string, (socket: WebSocket) => void][] = [
    ['breaks off', 'UNAVAILABLE', (socket) => socket.terminate()],
    ['says goodbye', 'UNAVAILABLE', (socket) => socket.close(1000)],
    ['goes away', 'UNAVAILABLE', (socket) => socket.close(1001)],
    ['sends garbage', 'UNAVAILABLE', (socket) => socket.send('garbage')],
    ['sends another shape', 'UNAVAILABLE', (socket) => socket.send('{"type":"next"}')],
    ['sends more than allowed', 'UNAVAILABLE', (socket) => socket.send('x'.repeat(200_000))],
    ['no longer lets the viewer in', 'FORBIDDEN', (socket) => socket.close(4403)],
    ['no longer knows the viewer', 'UNAUTHENTICATED', (socket) => socket.close(4401)],
  ];
  it.each(breaks)(
    'that %s ends its subscriptions after what has come, with %s, and connects no more',
    async (_what, code, act) => {
      const upstream = await serve();
      const upstreams = upstreamsWith();
      const sources = [open(upstreams, upstream.url), open(upstreams, upstream.url)];
      await until('both run', () => upstream.running() === 2);
      upstream.publish('room:r', { id: 'r', name: 'A' });
      // The other one has got it by then.
      expect(await sources[1]?.pull()).toMatchObject({ data: { roomChanged: { name: 'A' } } });
      const [socket] = upstream.sockets();
      if (socket !== undefined) act(socket);
      await until('the loss is noticed', () => upstreams.sockets() === 0);
      expect(await sources[0]?.pull()).toMatchObject({ data: { roomChanged: { name: 'A' } } });
      for (const source of sources) {
        await expect(source.pull()).rejects.toMatchObject({ code });
        expect(await source.pull()).toBeNull();
      }
      await until('the socket is gone', () => upstream.sockets().length === 0);
      expect([upstreams.sockets(), upstream.inits.length]).toEqual([0, 1]);
    },
  );

  it('that goes away before it is acknowledged is not tried for ever', async () => {
    const upstream = await serveByHand((socket) => socket.close(1000));
    await expect(open(upstreamsWith(), upstream.url).pull()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(upstream.connections()).toBe(1);
  });

  it('to an address that speaks no graphql-transport-ws is a missing source', async () => {
    const other = await serveByHand(() => undefined, { port: 0, host: '127.0.0.1', path: '/elsewhere' });
    await expect(open(upstreamsWith(), other.url).pull()).rejects.toMatchObject({
      extensions: { code: 'SUBSCRIPTION_SOURCE_MISSING' },
    });
  });
});

describe('a subscription at a subgraph', () => {
  it('that the subgraph refuses ends with its errors and leaves its neighbors alone', async () => {
    const upstream = await serve();
    const upstreams = upstreamsWith();
    const neighbor = open(upstreams, upstream.url);
    const refused = open(upstreams, upstream.url, 'subscription { nothingLikeThat }');
    expect(await refused.pull()).toMatchObject({ errors: [{ message: expect.stringContaining('Cannot') }] });
    expect(await refused.pull()).toBeNull();
    await until('the neighbor runs', () => upstream.running() === 1);
    upstream.publish('room:r', { id: 'r', name: 'A' });
    expect(await neighbor.pull()).toMatchObject({ data: { roomChanged: { name: 'A' } } });
  });

  it('that answers something else than GraphQL ends, and the subgraph is told', async () => {
    const told: string[] = [];
    const upstream = await serveByHand((socket, message) => {
      acknowledge(socket, message);
      told.push(message.type);
      if (message.type === 'subscribe')
        socket.send(JSON.stringify({ id: message.id, type: 'next', payload: { data: 'nonsense' } }));
    });
    await expect(open(upstreamsWith(), upstream.url).pull()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await until('the subgraph is told', () => told.includes('complete'));
  });

  it('that is read too slowly gets what fits in order, then an error, and leaves its neighbors alone', async () => {
    const upstream = await serve();
    const upstreams = upstreamsWith();
    const [slow, quick] = [open(upstreams, upstream.url), open(upstreams, upstream.url)];
    await until('both run', () => upstream.running() === 2);
    const read: unknown[] = [];
    for (let index = 0; index < 400; index += 1) {
      upstream.publish('room:r', { id: 'r', name: String(index) });
      read.push(await quick.pull());
    }
    await until('the subgraph is told', () => upstream.running() === 1);
    expect(read).toHaveLength(400);
    for (let index = 0; index < 256; index += 1)
      expect(await slow.pull()).toMatchObject({ data: { roomChanged: { name: String(index) } } });
    await expect(slow.pull()).rejects.toMatchObject({ extensions: { code: 'SLOW_READER' } });
  });

  it('holds no more than a mebibyte for a slow reader', async () => {
    const upstream = await serve();
    const upstreams = upstreamsWith();
    const slow = open(upstreams, upstream.url);
    await until('it runs', () => upstream.running() === 1);
    for (let index = 0; index < 20; index += 1)
      upstream.publish('room:r', { id: 'r', name: 'x'.repeat(90_000) });
    await until('the subgraph is told', () => upstream.running() === 0);
    for (let index = 0; index < 11; index += 1) expect(await slow.pull()).not.toBeNull();
    await expect(slow.pull()).rejects.toMatchObject({ extensions: { code: 'SLOW_READER' } });
  });

  it('ends when the subgraph completes it', async () => {
    const upstream = await serve();
    const source = open(upstreamsWith(), upstream.url);
    await until('it runs', () => upstream.running() === 1);
    upstream.complete('room:r');
    expect(await source.pull()).toBeNull();
  });
});
