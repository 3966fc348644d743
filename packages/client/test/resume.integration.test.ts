import { streamNames } from '@hoerok/shared/messaging';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fixture, startFixture } from '../../../gateway/test/fixture-gateway.ts';
import { type CuttableProxy, serveProxy } from '../../../gateway/test/fixture-proxy.ts';
import { countSockets, quickClient, read, revisions, upTo } from './fixture-client.ts';

let fixture: Fixture;
let proxy: CuttableProxy;
let proxied: string;
let accessToken: string;
beforeAll(async () => {
  fixture = await startFixture();
  accessToken = await fixture.issuer.token();
  proxy = await serveProxy({ host: '127.0.0.1', port: Number(new URL(fixture.gateway.url).port) });
  proxied = `http://127.0.0.1:${proxy.port}`;
});
afterAll(async () => {
  await proxy.close();
  await fixture[Symbol.asyncDispose]();
});

const WATCH_MINE = 'subscription { myTaskUpdated { id revision } }';

interface Mine {
  readonly myTaskUpdated: { readonly id: string; readonly revision: number };
}

describe('a loop over a connection that is cut', () => {
  it('20 times in mid-stream reads every revision of a task once and in order, and ends with the task', async () => {
    const hoerok = quickClient(proxied, { accessToken: () => accessToken });
    const { items, over } = read(hoerok.watchTask('cut'));
    let revision = 0;
    const publish = async (status?: 'COMPLETED'): Promise<void> => {
      revision += 1;
      await fixture.publish({ id: 'cut', revision, ...(status === undefined ? {} : { status }) });
    };
    for (let cuts = 0; cuts < 20; cuts += 1) {
      await publish();
      await until('the loop has read the newest revision', () => items.length === revision);
      proxy.cut();
      await publish();
      await publish();
      proxy.heal();
    }
    await publish('COMPLETED');
    await over;
    expect(revisions(items)).toEqual(upTo(61));
    await until('the subject is released', () => fixture.gateway.interest() === 0);
  });

  it('misses no event of many tasks, none of them twice, and is told of each interruption', async () => {
    const interruptions: string[] = [];
    const hoerok = quickClient(proxied, {
      accessToken: () => accessToken,
      onInterrupt: ({ code }) => void interruptions.push(code),
    });
    const { items, over } = read(hoerok.subscribe<Mine>(WATCH_MINE));
    await until('the stream is open', () => fixture.gateway.interest() === 1);
    for (let round = 0; round < 5; round += 1) {
      await fixture.publish({ id: `many-${round}`, revision: 1 });
      await until('the event is read', () => items.length === 2 * round + 1);
      proxy.cut();
      await fixture.publish({ id: `many-${round}`, revision: 2 });
      proxy.heal();
      await until('what was missed is read', () => items.length === 2 * round + 2);
    }
    hoerok.close();
    await over;
    expect(items.map(({ data }) => data?.myTaskUpdated)).toEqual(
      upTo(5).flatMap((round) => [1, 2].map((revision) => ({ id: `many-${round - 1}`, revision }))),
    );
    expect(items.every(({ gap }) => !gap)).toBe(true);
    expect(interruptions.length).toBeGreaterThanOrEqual(5);
    expect(new Set(interruptions)).toEqual(new Set(['CONNECTION_LOST']));
  });

  it('comes back with all other loops of its client over one connection', async () => {
    const { webSocketImpl, opened } = countSockets();
    const hoerok = quickClient(proxied, { accessToken: () => accessToken, webSocketImpl });
    const loops = upTo(10).map((name) => read(hoerok.watchTask(`loop-${name}`)));
    for (const name of upTo(10)) await fixture.publish({ id: `loop-${name}`, revision: 1 });
    await until('all loops run', () => loops.every(({ items }) => items.length === 1));
    proxy.cut();
    proxy.heal();
    for (const name of upTo(10))
      await fixture.publish({ id: `loop-${name}`, revision: 2, status: 'COMPLETED' });
    await Promise.all(loops.map(async ({ over }) => await over));
    expect(loops.map(({ items }) => revisions(items))).toEqual(upTo(10).map(() => [1, 2]));
    expect(opened()).toBe(2);
  });

  it('is told when events were lost for good while it was away, and goes on with the state of things', async () => {
    const hoerok = quickClient(proxied, { accessToken: () => accessToken });
    const document = 'subscription { taskUpdated(id: "gap") { revision } }';
    const { items, over } = read(hoerok.subscribe<{ taskUpdated: { revision: number } }>(document));
    await fixture.publish({ id: 'gap', revision: 1 });
    await until('the loop runs', () => items.length === 1);
    proxy.cut();
    await fixture.publish({ id: 'gap', revision: 2 });
    const { manager, namespace } = fixture.messaging;
    await manager.streams.purge(streamNames(namespace, 'ai').events);
    await fixture.publish({ id: 'gap', revision: 3, status: 'COMPLETED' });
    proxy.heal();
    await over;
    const seen = items.map(({ data, gap }) => ({ revision: data?.taskUpdated.revision, gap }));
    expect(seen).toEqual([
      { revision: 1, gap: false },
      { revision: 3, gap: true },
    ]);
  });

  it('goes on in another process from the last event id', async () => {
    const first = quickClient(proxied, { accessToken: () => accessToken });
    let lastEventId: string | null = null;
    await fixture.publish({ id: 'later', revision: 1 });
    for await (const event of first.subscribe('subscription { taskUpdated(id: "later") { revision } }')) {
      lastEventId = event.eventId;
      break;
    }
    await fixture.publish({ id: 'later', revision: 2 });
    await fixture.publish({ id: 'later', revision: 3, status: 'FAILED' });
    const second = quickClient(proxied, { accessToken: () => accessToken });
    const { items, over } = read(second.watchTask('later', { lastEventId }));
    await over;
    expect(revisions(items)).toEqual([2, 3]);
  });

  it('is taken up again by a gateway that was restarted', async () => {
    const stopping = await fixture.start();
    const hoerok = quickClient(stopping.url, { accessToken: () => accessToken });
    const { items, over } = read(hoerok.watchTask('restart'));
    await fixture.publish({ id: 'restart', revision: 1 });
    await until('the loop runs', () => items.length === 1);
    await stopping.close();
    await fixture.publish({ id: 'restart', revision: 2 });
    await fixture.start({ PORT: new URL(stopping.url).port });
    await fixture.publish({ id: 'restart', revision: 3, status: 'COMPLETED' });
    await over;
    expect(revisions(items)).toEqual([1, 2, 3]);
  });

  it('notices that nothing is heard any more, without being told', async () => {
    const { webSocketImpl, opened } = countSockets();
    const hoerok = quickClient(proxied, { accessToken: () => accessToken, webSocketImpl, keepAliveMs: 100 });
    const { items, over } = read(hoerok.watchTask('silent'));
    await fixture.publish({ id: 'silent', revision: 1 });
    await until('the loop runs', () => items.length === 1);
    proxy.freeze();
    await fixture.publish({ id: 'silent', revision: 2, status: 'COMPLETED' });
    await over;
    expect(revisions(items)).toEqual([1, 2]);
    expect(opened()).toBeGreaterThan(1);
  });
});

describe('a slow reader', () => {
  it('leaves the stream when its buffer is full, and then reads the rest: all of it, in order', async () => {
    const hoerok = quickClient(fixture.gateway.url, { accessToken: () => accessToken, bufferSize: 8 });
    const { promise: mayRead, resolve: go } = Promise.withResolvers<void>();
    const { items, over } = read(hoerok.watchTask('slow'), async () => await mayRead);
    await until('the stream is open', () => fixture.gateway.interest() === 1);
    for (const revision of upTo(99)) await fixture.publish({ id: 'slow', revision });
    await until('the stream is left', () => fixture.gateway.interest() === 0);
    await fixture.publish({ id: 'slow', revision: 100, status: 'COMPLETED' });
    go();
    await over;
    expect(revisions(items)).toEqual(upTo(100));
  });
});
