import { randomUUID } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { signRequest } from '@hoerok/shared/auth';
import { TEST_SIGNING_KEY, testServers, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Gateway } from '../src/server.ts';
import { post, type Result } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { openSocket } from './fixture-socket.ts';

const LIMIT = 50;
const QUERY = { query: '{ me { id } }' };

let fixture: Fixture;
let pair: readonly [Gateway, Gateway];
beforeAll(async () => {
  fixture = await startFixture();
  const environment = { REDIS_URL: testServers().redisUrl, RATE_LIMIT_POINTS_PER_MINUTE: String(LIMIT) };
  pair = [await fixture.start(environment), await fixture.start(environment)];
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

async function newUser(): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await fixture.issuer.token({ userId: randomUUID() })}` };
}

type Reply = Awaited<ReturnType<typeof post>>;

async function flood(
  urls: readonly string[],
  count: number,
  headers: Record<string, string>,
): Promise<Reply[]> {
  const sent = Array.from({ length: count }, async (_, i) =>
    post(urls[i % urls.length] ?? '', QUERY, headers),
  );
  return await Promise.all(sent);
}

const passed = (replies: readonly Reply[]): number => replies.filter(({ status }) => status === 200).length;

describe('C32: a user', () => {
  it('of 200 requests in a second gets as many answers as there are points, and 429 with Retry-After for the rest', async () => {
    const replies = await flood([pair[0].url], 200, await newUser());
    expect(passed(replies)).toBe(LIMIT);
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(200 - LIMIT);
    for (const { headers, body } of refused) {
      const seconds = Number(headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(60);
      expect(body.errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: seconds });
    }
    expect((await post(pair[0].url, QUERY, await newUser())).status).toBe(200);
  });

  it('is counted by two gateways together', async () => {
    const replies = await flood([pair[0].url, pair[1].url], 200, await newUser());
    expect(passed(replies)).toBe(LIMIT);
  });

  it('who has used everything up at one gateway gets nothing from the other', async () => {
    const user = await newUser();
    await flood([pair[0].url], 60, user);
    expect(passed(await flood([pair[1].url], 60, user))).toBe(0);
  });

  it('is counted by streams and sockets as well, whose error says when to come back, and the socket stays', async () => {
    const user = await newUser();
    const accept = { ...user, accept: 'text/event-stream' };
    expect(passed(await Promise.all(Array.from({ length: 10 }, async () => sse(pair[0].url, accept))))).toBe(
      10,
    );
    const { init, subscribe, messages, socket } = await openSocket(pair[0].url);
    await init(user);
    for (let i = 0; i < 60; i += 1) subscribe(String(i), QUERY.query);
    await until('all are answered', () => answered(messages).size === 60);
    const refused = messages.filter(({ type }) => type === 'error');
    expect(refused).toHaveLength(60 - (LIMIT - 10));
    expect((refused[0]?.payload as Result['errors'])?.[0]?.extensions).toEqual({
      code: 'RATE_LIMITED',
      retryAfterSeconds: expect.any(Number) as number,
    });
    expect((await post(pair[0].url, QUERY, user)).status).toBe(429);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  });

  it('of our own services is none', async () => {
    const body = JSON.stringify(QUERY);
    const viewer = { kind: 'service', service: 'ai', workspaceId: 'w1', onBehalfOf: null } as const;
    const statuses = await Promise.all(
      Array.from({ length: LIMIT + 10 }, async () => {
        const stamp = { key: TEST_SIGNING_KEY, viewer, nowMs: Date.now(), nonce: randomUUID() };
        const signed = signRequest({ method: 'POST', path: '/graphql', body }, stamp);
        const headers = { 'content-type': 'application/json', ...signed };
        return (await fetch(`${pair[0].url}/graphql`, { method: 'POST', body, headers })).status;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe('C32: an address', () => {
  it('has one budget, whatever X-Forwarded-For says, and guessing tokens takes from it', async () => {
    const gateway = await fixture.start({ RATE_LIMIT_ADDRESS_POINTS_PER_MINUTE: '20' });
    const statuses: number[] = [];
    for (let i = 0; i < 15; i += 1)
      statuses.push((await post(gateway.url, QUERY, { 'x-forwarded-for': `198.51.100.${i}` })).status);
    for (let i = 0; i < 10; i += 1)
      statuses.push((await post(gateway.url, QUERY, { authorization: `Bearer wrong.${i}.token` })).status);
    expect(statuses).toEqual([...Array(15).fill(200), ...Array(5).fill(401), ...Array(5).fill(429)]);
    expect((await post(gateway.url, QUERY, await newUser())).status).toBe(200);
    await gateway.close();
  });

  it('is what a trusted proxy says', async () => {
    const trusted = { RATE_LIMIT_ADDRESS_POINTS_PER_MINUTE: '5', TRUSTED_PROXIES: '127.0.0.0/8, ::1' };
    const gateway = await fixture.start(trusted);
    const from = async (address: string): Promise<number> =>
      (await post(gateway.url, QUERY, { 'x-forwarded-for': `spoofed, ${address}` })).status;
    for (let i = 0; i < 5; i += 1) expect(await from('203.0.113.7')).toBe(200);
    expect(await from('203.0.113.7')).toBe(429);
    expect(await from('203.0.113.8')).toBe(200);
    await gateway.close();
  });
});

describe('C32: without Redis', () => {
  it.each(['refuses', 'never answers'])('each gateway counts alone while Redis %s', async (how) => {
    const redis = await serveBroken(how === 'refuses');
    const gateway = await fixture.start({
      REDIS_URL: redis.url,
      RATE_LIMIT_POINTS_PER_MINUTE: String(LIMIT),
    });
    const startedAt = performance.now();
    expect(passed(await flood([gateway.url], 200, await newUser()))).toBe(LIMIT);
    // One question may wait for Redis; a hundred do not wait one after the other.
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(fixture.log.some((line) => line.includes('counts alone'))).toBe(true);
    await gateway.close();
    await redis.close();
  });
});

async function sse(url: string, headers: Record<string, string>): Promise<Reply> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(QUERY),
  });
  await response.text();
  return { status: response.status, headers: response.headers, body: {} };
}

function answered(
  messages: readonly { readonly type: string; readonly id?: string }[],
): Set<string | undefined> {
  return new Set(messages.filter(({ type }) => type === 'error' || type === 'complete').map(({ id }) => id));
}

/** What stands where Redis should: it breaks every connection off, or takes all that comes and says nothing. */
async function serveBroken(refuses: boolean): Promise<{ url: string; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (refuses) socket.destroy();
    else socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
