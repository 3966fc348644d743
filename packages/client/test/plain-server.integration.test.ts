import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { until } from '@hoerok/shared/testing';
import { buildSchema, GraphQLError } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { HoerokError } from '../src/index.ts';
import { quickClient, read, upTo } from './fixture-client.ts';

/** What a subscription of the server does; its events have no ids. */
let ticks: () => AsyncIterable<{ ticks: number }>;
let server: WebSocketServer;
let url: string;
let subscribed: number;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/graphql' });
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const schema = buildSchema('type Query { ok: Boolean } type Subscription { ticks: Int }');
  const start = (): AsyncIterable<{ ticks: number }> => {
    subscribed += 1;
    return ticks();
  };
  useServer({ schema, roots: { subscription: { ticks: start } } }, server);
});
beforeEach(() => {
  subscribed = 0;
});
afterAll(async () => {
  for (const socket of server.clients) socket.terminate();
  server.close();
  await once(server, 'close');
});

const TICKS = 'subscription { ticks }';

async function* count(last: number): AsyncGenerator<{ ticks: number }> {
  for (const tick of upTo(last)) yield { ticks: tick };
}

async function* countThenWait(last: number, wait: Promise<unknown>): AsyncGenerator<{ ticks: number }> {
  yield* count(last);
  await wait;
}

describe('a server whose events have no ids', () => {
  it('is read to the end, also when its events come faster than any loop reads', async () => {
    ticks = () => count(3_000);
    const { items, over } = read(quickClient(url).subscribe<{ ticks: number }>(TICKS));
    await over;
    expect(items.map(({ data, eventId, gap }) => [data?.ticks, eventId, gap])).toEqual(
      upTo(3_000).map((tick) => [tick, null, false]),
    );
  });

  it('cannot be read slowly: what the buffer holds is delivered, then the loop is told', async () => {
    ticks = () => count(1_000);
    const { promise: mayRead, resolve: go } = Promise.withResolvers<void>();
    const hoerok = quickClient(url, { bufferSize: 4 });
    const { items, over } = read(hoerok.subscribe<{ ticks: number }>(TICKS), async () => await mayRead);
    await until('the server was left', () => subscribed === 1 && server.clients.size === 0);
    go();
    await expect(over).rejects.toMatchObject({ code: 'SLOW_READER', retryable: true });
    expect(items.length).toBeLessThan(100);
    expect(items.map(({ data }) => data?.ticks)).toEqual(upTo(items.length));
  });

  it('is asked again when the connection is lost, and the loop is told that something may be missing', async () => {
    const { promise: forever } = Promise.withResolvers<never>();
    ticks = () => (subscribed === 1 ? countThenWait(2, forever) : count(1));
    const { items, over } = read(quickClient(url).subscribe(TICKS));
    await until('two events were read', () => items.length === 2);
    for (const socket of server.clients) (socket as WebSocket).terminate();
    await over;
    expect(items.map(({ gap }) => gap)).toEqual([false, false, true]);
  });

  it('is asked again when it says that it is not available, and not when it says anything else', async () => {
    const interruptions: HoerokError[] = [];
    const hoerok = quickClient(url, { onInterrupt: (error) => void interruptions.push(error) });
    const refuse = (code: string): never => {
      throw new GraphQLError('No.', { extensions: { code } });
    };
    ticks = () => (subscribed < 3 ? refuse('UNAVAILABLE') : count(2));
    const { items, over } = read(hoerok.subscribe(TICKS));
    await over;
    expect(items).toHaveLength(2);
    expect(interruptions.map(({ code }) => code)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
    ticks = () => refuse('FORBIDDEN');
    await expect(read(hoerok.subscribe(TICKS)).over).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a source of access tokens', () => {
  it('that fails is asked again, and ends everything only when it says so itself', async () => {
    ticks = () => count(1);
    let asked = 0;
    const interruptions: string[] = [];
    const hoerok = quickClient(url, {
      onInterrupt: ({ code }) => void interruptions.push(code),
      accessToken: async () => {
        asked += 1;
        if (asked < 3) throw new TypeError('fetch failed');
        return 'opaque';
      },
    });
    await read(hoerok.subscribe(TICKS)).over;
    expect(interruptions).toEqual(['TOKEN_UNAVAILABLE', 'TOKEN_UNAVAILABLE']);
    const signedOut = quickClient(url, {
      accessToken: () => {
        throw new HoerokError('SESSION_REVOKED', 'Signed out.');
      },
    });
    await expect(read(signedOut.subscribe(TICKS)).over).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
  });
});
