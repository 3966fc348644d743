import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { until } from '@hoerok/shared/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Gateway } from '../src/server.ts';
import { type Result, type Subscriber, subscribeEvents, subscribeSocket } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { compose } from './fixture-graph.ts';
import { type FixtureUpstream, serveUpstream } from './fixture-upstream.ts';

const QUERY = 'subscription ($id: ID!) { roomChanged(id: $id) { id name } }';

let fixture: Fixture;
let upstream: FixtureUpstream;
let gateway: Gateway;
let file: string;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  token = await fixture.issuer.token();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());
beforeEach(async () => {
  upstream = await serveUpstream();
  file = join(dirname(fixture.file), 'rooms.graphql');
  await writeFile(file, compose([upstream]));
  gateway = await fixture.start({ SUPERGRAPH_FILE: file });
});
afterEach(async () => {
  await gateway.close();
  await upstream.close();
});

const watch = (id = 'r', by = token, subscribe = subscribeSocket): Subscriber =>
  subscribe(gateway.url, { query: QUERY, variables: { id } }, by);
const codesOf = (results: readonly Result[]) =>
  results.flatMap(({ errors }) => errors ?? []).map((error) => error.extensions?.['code']);
const runs = async (count: number): Promise<void> =>
  await until(`${count} operations run`, () => upstream.running() === count).then(() => undefined);

describe('subscriptions from a subgraph over graphql-ws', () => {
  it('share one socket per viewer, which proves who that is', async () => {
    const other = await fixture.issuer.token({ userId: 'u2', workspaceId: 'w2' });
    const subscribers = [
      watch('a'),
      watch('b'),
      watch('a', token, subscribeEvents),
      watch('a', other),
      watch('c', other),
    ];
    await runs(5);
    expect(upstream.sockets()).toHaveLength(2);
    expect(upstream.viewers).toMatchObject([
      { userId: 'u1', workspaceId: 'w1' },
      { userId: 'u2', workspaceId: 'w2' },
    ]);
    upstream.publish('room:a', { id: 'a', name: 'A' });
    await Promise.all(
      [0, 2, 3].map(async (index) => await subscribers[index]?.until((all) => all.length === 1)),
    );
    expect(subscribers.map(({ results }) => results.length)).toEqual([1, 0, 1, 1, 0]);
    for (const subscriber of subscribers) subscriber.stop();
    await runs(0);
  });

  it.each([
    ['graphql-transport-ws', subscribeSocket],
    ['server-sent events', subscribeEvents],
  ])('are completed there at once when a client of %s leaves a quiet stream', async (_name, subscribe) => {
    const leaving = watch('quiet', token, subscribe);
    const staying = watch('quiet', token, subscribe);
    await runs(2);
    leaving.stop();
    await runs(1);
    upstream.publish('room:quiet', { id: 'quiet', name: 'still here' });
    await staying.until((results) => results.length === 1);
    expect(leaving.results).toEqual([]);
    staying.stop();
    await runs(0);
  });

  it('pass its errors on as those of any subgraph', async () => {
    const refused = watch('forbidden');
    const watching = watch('r');
    await refused.completed;
    expect(refused.results).toMatchObject([
      {
        data: { roomChanged: null },
        errors: [{ message: 'Not this room.', extensions: { code: 'FORBIDDEN' } }],
      },
    ]);
    await runs(1);
    upstream.publish('room:r', new Error('connect ECONNREFUSED 10.0.0.7:5432'));
    upstream.publish('room:r', { id: 'r', name: 'next' });
    await watching.until((results) => results.length === 2);
    expect(watching.results[0]?.errors?.[0]).toMatchObject({
      path: ['roomChanged'],
      extensions: { requestId: expect.any(String) as string },
    });
    expect(JSON.stringify(watching.results)).not.toContain('10.0.0.7');
    expect(watching.results[1]?.data).toEqual({ roomChanged: { id: 'r', name: 'next' } });
    watching.stop();
  });

  it('end as unavailable when it dies in mid-stream, and can be had again when it is back', async () => {
    const subscribers = [watch(), watch('r', token, subscribeEvents)];
    await runs(2);
    upstream.publish('room:r', { id: 'r', name: 'before' });
    await Promise.all(subscribers.map(async (one) => await one.until((results) => results.length === 1)));
    const port = Number(new URL(upstream.url).port);
    await upstream.close();
    for (const { completed, results } of subscribers) {
      await completed;
      expect(codesOf(results)).toEqual(['UNAVAILABLE']);
      expect(JSON.stringify(results)).not.toContain(String(port));
    }
    const early = watch();
    await early.completed;
    expect(codesOf(early.results)).toEqual(['UNAVAILABLE']);
    upstream = await serveUpstream(port);
    const again = watch();
    await runs(1);
    upstream.publish('room:r', { id: 'r', name: 'after' });
    await again.until((results) => results.length === 1);
    expect(again.results[0]?.data).toEqual({ roomChanged: { id: 'r', name: 'after' } });
    again.stop();
  });

  it('end with SLOW_READER for a client that stops reading, after what it has got in order', async () => {
    const socket = new WebSocket(`${gateway.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    const results: Result[] = [];
    let completed = false;
    socket.on('message', (text: Buffer) => {
      const { type, payload } = JSON.parse(text.toString()) as { type: string; payload: Result };
      if (type === 'connection_ack')
        socket.send(
          JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUERY, variables: { id: 'r' } } }),
        );
      if (type === 'next') results.push(payload);
      if (type === 'complete') completed = true;
    });
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    });
    await runs(1);
    socket.pause();
    // More than the buffers of two sockets take.
    const filling = 'x'.repeat(100_000);
    await until('the upstream is told', async () => {
      for (let index = 0; index < 20; index += 1) upstream.publish('room:r', { id: 'r', name: filling });
      return upstream.running() === 0;
    });
    socket.resume();
    await until('the stream is over', () => completed);
    expect(codesOf(results)).toEqual(['SLOW_READER']);
    expect(results.at(-1)?.errors).toHaveLength(1);
    expect(results.slice(0, -1).every(({ data }) => data?.['roomChanged'] !== null)).toBe(true);
    socket.close();
  });

  it('outlive a new supergraph in which they are the same', async () => {
    const subscriber = watch();
    await runs(1);
    const swaps = () => fixture.log.filter((line) => line.includes('A new supergraph')).length;
    const before = swaps();
    await writeFile(
      file,
      compose([{ ...upstream, sdl: `${upstream.sdl} extend type Query { added: Int }` }]),
    );
    await until('the swap', () => swaps() > before);
    upstream.publish('room:r', { id: 'r', name: 'after' });
    await subscriber.until((results) => results.length === 1);
    expect(subscriber.results[0]?.data).toEqual({ roomChanged: { id: 'r', name: 'after' } });
    expect(upstream.inits).toHaveLength(1);
    subscriber.stop();
  });

  it('end with SUBSCRIPTION_SCHEMA_RELOAD when their subgraph has moved', async () => {
    const subscriber = watch();
    await runs(1);
    await writeFile(file, compose([{ ...upstream, url: 'http://127.0.0.1:9/graphql' }]));
    await subscriber.completed;
    expect(codesOf(subscriber.results)).toEqual(['SUBSCRIPTION_SCHEMA_RELOAD']);
    await runs(0);
  });

  it('come from another address when SUBSCRIPTION_URLS says so', async () => {
    await writeFile(file, compose([{ ...upstream, url: 'http://127.0.0.1:9/graphql' }]));
    const elsewhere = await fixture.start({
      SUPERGRAPH_FILE: file,
      SUBSCRIPTION_URLS: `rooms=${upstream.url.replace(/^http/, 'ws')}`,
    });
    const subscriber = subscribeSocket(elsewhere.url, { query: QUERY, variables: { id: 'r' } }, token);
    await runs(1);
    expect(upstream.viewers).toMatchObject([{ userId: 'u1' }]);
    subscriber.stop();
    await elsewhere.close();
  });
});
