import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadConfig } from '@hoerok/shared/config';
import { createLogger } from '@hoerok/shared/telemetry';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gatewayEnvironment } from '../src/config.ts';
import { type Gateway, startGateway } from '../src/server.ts';
import { post, type Result } from './fixture-clients.ts';
import { compose, type FixtureSubgraph, serveSubgraph } from './fixture-graph.ts';

const DEADLINE_MS = 800;
/** What the gateway itself may take, on a machine that does other things too. */
const MARGIN_MS = 1_000;
const USERS = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
type User @key(fields: "id") { id: ID! name: String! }
type Query { me: User }
`;
const ROOMS = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
type Room { name: String }
type User @key(fields: "id") { id: ID! room: Room }
type Query { room: Room }
type Mutation { rename: Room }
`;
const BOTH = '{ me { id name } room { name } }';
const MINE = '{ me { id name room { name } } }';
const BOMB = gzipSync(Buffer.alloc(50_000_000));
const ROOM = '{"data":{"room":{"name":"large"}}}';

/** A subgraph of bare TCP that does whatever a test wants. */
interface Faulty {
  readonly url: string;
  /** Called with each request, as its text, and the number of its connection. */
  behave: (socket: Socket, request: string, connection: number) => void;
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

async function serveFaulty(): Promise<Faulty> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const server: Server = createServer((socket) => {
    const connection = sockets.add(socket).size;
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      requests.push(bytes.toString());
      faulty.behave(socket, bytes.toString(), connection);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const faulty: Faulty = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    behave: () => undefined,
    requests,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return faulty;
}

const http = (body: string | Buffer, status = '200 OK', headers = 'content-type: application/json'): Buffer =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status}\r\n${headers}\r\ncontent-length: ${body.length}\r\n\r\n`),
    Buffer.from(body),
  ]);

let opened = new AsyncDisposableStack();
let users: FixtureSubgraph;
let rooms: Faulty;
let file = '';
let gateway: Gateway;

const start = async (environment: Record<string, string> = {}): Promise<Gateway> => {
  const logger = createLogger({ service: 'gateway', level: 'silent' });
  const config = loadConfig(gatewayEnvironment, {
    SUPERGRAPH_FILE: file,
    PORT: '0',
    NODE_ENV: 'test',
    SUBGRAPH_TIMEOUT_MS: String(DEADLINE_MS),
    SUBGRAPH_RESPONSE_BYTES: '100000',
    SHUTDOWN_DELAY_SECONDS: '0',
    ...environment,
  });
  const started = await startGateway(config, { logger });
  opened.defer(started.close);
  return started;
};

beforeAll(async () => {
  users = await serveSubgraph('users', USERS, {
    Query: { me: () => ({ id: 'u1', name: 'User u1' }) },
    User: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `User ${id}` }) },
  });
  opened.defer(users.close);
  rooms = await serveFaulty();
  opened.defer(rooms.close);
  const directory = await mkdtemp(join(tmpdir(), 'hoerok-faults-'));
  opened.defer(async () => await rm(directory, { recursive: true }));
  file = join(directory, 'supergraph.graphql');
  await writeFile(file, compose([users, { name: 'rooms', url: rooms.url, sdl: ROOMS }]));
  gateway = await start();
});
afterAll(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

const wellBehaved: Faulty['behave'] = (socket) => void socket.write(http(ROOM));

/** The circuit is closed, and good answers outnumber the bad one that a test brings. */
beforeEach(async () => {
  rooms.behave = wellBehaved;
  for (let time = 0; time < 2; time += 1)
    await until('the subgraph is asked again', async () => {
      const { body } = await post(gateway.url, { query: '{ room { name } }' });
      return body.errors === undefined;
    });
  rooms.requests.length = 0;
});

/** Nothing of the subgraph may show: neither where it is, nor what it said, nor what Node calls it. */
const SECRETS =
  /127\.0\.0\.1|localhost|ECONN|EPIPE|UND_ERR|HPE_|socket|zlib|secret|<html|stack|serviceName|rooms|\b50\d\b/i;

const codesOf = ({ errors = [] }: Result): unknown[] => errors.map(({ extensions }) => extensions?.['code']);

type Fault = readonly [what: string, behave: Faulty['behave'], code: string];

const faults: readonly Fault[] = [
  ['never answers', () => undefined, 'TIMEOUT'],
  ['never answers to the end', (socket) => void socket.write(http(ROOM).subarray(0, -1)), 'TIMEOUT'],
  ['answers byte by byte', (socket) => drip(socket), 'TIMEOUT'],
  ['resets', (socket) => void socket.resetAndDestroy(), 'UNAVAILABLE'],
  ['hangs up', (socket) => void socket.end(), 'UNAVAILABLE'],
  [
    'resets within the answer',
    (socket) => void socket.write(http(ROOM).subarray(0, -5), () => socket.resetAndDestroy()),
    'UNAVAILABLE',
  ],
  ['sends garbage', (socket) => void socket.write('\u0000secret\r\n\r\n'.repeat(9)), 'UNAVAILABLE'],
  [
    'sends a page',
    (socket) => void socket.write(http('<html>secret</html>', '200 OK', 'content-type: text/html')),
    'UNAVAILABLE',
  ],
  [
    'is behind a proxy that says 502',
    (socket) => void socket.write(http('<html>secret</html>', '502 Bad Gateway', 'server: secret')),
    'UNAVAILABLE',
  ],
  ['says 500', (socket) => void socket.write(http('secret', '500 Internal Server Error')), 'UNAVAILABLE'],
  [
    'says 500 with errors',
    (socket) => void socket.write(http('{"errors":[{"message":"secret"}]}', '500 Internal Server Error')),
    'DOWNSTREAM_SERVICE_ERROR',
  ],
  [
    'moves',
    (socket) => void socket.write(http('', '302 Found', 'location: http://127.0.0.1/secret')),
    'UNAVAILABLE',
  ],
  [
    'sends a gzip bomb',
    (socket) => void socket.write(http(BOMB, '200 OK', 'content-encoding: gzip')),
    'TOO_LARGE',
  ],
  [
    'sends broken gzip',
    (socket) => void socket.write(http(gzipSync(ROOM).subarray(0, -9), '200 OK', 'content-encoding: gzip')),
    'UNAVAILABLE',
  ],
  [
    'promises more than it sends',
    (socket) => void socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n${ROOM}`),
    'UNAVAILABLE',
  ],
  [
    'sends more than it promises',
    (socket) => void socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n${ROOM}`),
    'UNAVAILABLE',
  ],
  [
    'sends two lengths',
    (socket) => void socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 9\r\ncontent-length: 8\r\n\r\n${ROOM}`),
    'UNAVAILABLE',
  ],
  [
    'answers JSON that is no GraphQL',
    (socket) => void socket.write(http('{"hello":"secret"}')),
    'UNAVAILABLE',
  ],
  ['answers a list', (socket) => void socket.write(http('[{"data":{"room":null}}]')), 'UNAVAILABLE'],
  ['answers half of JSON', (socket) => void socket.write(http('{"data":{"room":')), 'UNAVAILABLE'],
  ['never stops', (socket) => flood(socket, 'HTTP/1.1 200 OK\r\n\r\n', 'secret'.repeat(500)), 'TOO_LARGE'],
  [
    'never stops its headers',
    (socket) => flood(socket, 'HTTP/1.1 200 OK\r\n', `x-a: ${'secret'.repeat(500)}\r\n`),
    'UNAVAILABLE',
  ],
];

function drip(socket: Socket): void {
  const bytes = http(ROOM);
  let at = 0;
  const timer = setInterval(() => socket.write(bytes.subarray(at, (at += 1))), 20);
  socket.on('close', () => clearInterval(timer));
}

function flood(socket: Socket, head: string, piece: string): void {
  socket.write(head);
  const timer = setInterval(() => socket.write(piece), 1);
  socket.on('close', () => clearInterval(timer));
}

describe('a subgraph that', () => {
  it.each(faults)(
    '%s costs its own fields only, within the deadline, and tells nothing',
    async (_what, behave, code) => {
      rooms.behave = behave;
      const from = performance.now();
      const asked = post(gateway.url, { query: BOTH });
      const healthy = await post(gateway.url, { query: '{ me { id } }' });
      expect(healthy.body).toEqual({ data: { me: { id: 'u1' } } });
      const { status, body } = await asked;
      expect(performance.now() - from).toBeLessThan(DEADLINE_MS + MARGIN_MS);
      expect([status, body.data]).toEqual([200, { me: { id: 'u1', name: 'User u1' }, room: null }]);
      expect(codesOf(body)).toEqual([code]);
      expect(JSON.stringify(body)).not.toMatch(SECRETS);
    },
  );

  it('takes a field of an entity with it, and leaves the entity', async () => {
    rooms.behave = (socket) => void socket.resetAndDestroy();
    const { body } = await post(gateway.url, { query: MINE });
    expect(body.data).toEqual({ me: { id: 'u1', name: 'User u1', room: null } });
    expect(codesOf(body)).toEqual(['UNAVAILABLE']);
    expect(JSON.stringify(body)).not.toMatch(SECRETS);
  });

  it('resets is asked once more for a query, and never for a mutation', async () => {
    let resets = 1;
    rooms.behave = (socket) => {
      if (resets-- > 0) socket.resetAndDestroy();
      else socket.write(http(ROOM));
    };
    expect((await post(gateway.url, { query: BOTH })).body.errors).toBeUndefined();
    expect(rooms.requests).toHaveLength(2);
    resets = 1;
    const { body } = await post(gateway.url, { query: 'mutation { rename { name } }' });
    expect([body.data, codesOf(body)]).toEqual([{ rename: null }, ['UNAVAILABLE']]);
    expect(rooms.requests).toHaveLength(3);
  });

  it('fails most of the time is not waited for any more, until it is back', async () => {
    const own = await start();
    rooms.behave = () => undefined;
    const ask = async (): Promise<unknown[]> => codesOf((await post(own.url, { query: BOTH })).body);
    const hung = await Promise.all(Array.from({ length: 5 }, (_, i) => askAs(own, `Bearer ${i}`)));
    expect(hung.map(codesOf)).toEqual(Array.from({ length: 5 }, () => ['TIMEOUT']));
    const from = performance.now();
    const { body } = await post(own.url, { query: BOTH });
    expect(performance.now() - from).toBeLessThan(DEADLINE_MS);
    expect([body.data, codesOf(body)]).toEqual([
      { me: { id: 'u1', name: 'User u1' }, room: null },
      ['UNAVAILABLE'],
    ]);
    expect(rooms.requests).toHaveLength(5);
    rooms.behave = wellBehaved;
    await until('it is asked again', async () => (await ask()).length === 0, { deadlineMs: 3_000 });
    await own.close();
  });

  it('takes no place from others, however many wait for it', async () => {
    const places = { SUBGRAPH_CONNECTIONS: '4', SUBGRAPH_QUEUE: '4', SUBGRAPH_PIPELINING: '1' };
    const own = await start(places);
    rooms.behave = () => undefined;
    const asked: Promise<Result>[] = [];
    while (asked.length < 40) {
      asked.push(askAs(own, `Bearer ${asked.length}`));
      // One after the other, for the other subgraph has as few places.
      expect((await post(own.url, { query: '{ me { id } }' })).body).toEqual({ data: { me: { id: 'u1' } } });
    }
    const answers = await Promise.all(asked);
    for (const { data } of answers) expect(data).toEqual({ me: { id: 'u1', name: 'User u1' }, room: null });
    const codes = answers.flatMap(codesOf);
    expect(codes.filter((code) => code === 'TIMEOUT')).toHaveLength(8);
    expect(codes.filter((code) => code === 'UNAVAILABLE')).toHaveLength(32);
    await own.close();
  });

  it('is asked by a client that leaves is given up at once', async () => {
    let closed = 0;
    rooms.behave = (socket) => void socket.on('close', () => (closed += 1));
    const client = new AbortController();
    const asked = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      signal: client.signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ room { name } }' }),
    });
    await until('the subgraph is asked', () => rooms.requests.length === 1);
    client.abort();
    await expect(asked).rejects.toThrow('aborted');
    await until('its connection is closed', () => closed === 1);
  });
});

describe('a query that several clients send at once', () => {
  it('is fetched once for one identity, and for each identity by itself', async () => {
    const waiting: Socket[] = [];
    rooms.behave = (socket) => void waiting.push(socket);
    const asked = ['a', 'a', 'a', 'b'].map((token) => askAs(gateway, `Bearer ${token}`));
    await until('both identities have come', () => waiting.length === 2);
    const identities = rooms.requests.map((request) => /authorization: (.*)/.exec(request)?.[1]);
    expect(new Set(identities)).toEqual(new Set(['Bearer a', 'Bearer b']));
    for (const socket of waiting) socket.write(http(ROOM));
    for (const answer of await Promise.all(asked))
      expect(answer).toEqual({ data: { me: { id: 'u1', name: 'User u1' }, room: { name: 'large' } } });
    expect(rooms.requests).toHaveLength(2);
  });

  it('is sent by the gateway as often as it is asked when it changes something', async () => {
    const waiting: Socket[] = [];
    rooms.behave = (socket) => void waiting.push(socket);
    const query = 'mutation { rename { name } }';
    const asked = [post(gateway.url, { query }), post(gateway.url, { query })];
    await until('both have come', () => waiting.length === 2);
    for (const socket of waiting) socket.write(http('{"data":{"rename":{"name":"small"}}}'));
    for (const { body } of await Promise.all(asked)) expect(body.data).toEqual({ rename: { name: 'small' } });
  });
});

async function askAs({ url }: Gateway, authorization: string): Promise<Result> {
  return (await post(url, { query: BOTH }, { authorization })).body;
}
