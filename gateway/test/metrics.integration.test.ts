import { isDeepStrictEqual } from 'node:util';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, subscribeSocket } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';

const WATCH = 'subscription ($id: ID!) { taskUpdated(id: $id) { id status revision } }';

describe('the metrics of the gateway', () => {
  let fixture: Fixture;
  let token: string;
  beforeAll(async () => {
    fixture = await startFixture({ METRICS_PORT: '0' });
    token = await fixture.issuer.token();
  });
  afterAll(async () => await fixture[Symbol.asyncDispose]());

  it('are served nowhere unless asked for', async () => {
    await using unmeasured = await startFixture();
    expect(unmeasured.gateway.metricsPort).toBeNull();
  });

  const scrape = async (): Promise<string> =>
    await (await fetch(`http://127.0.0.1:${fixture.gateway.metricsPort}/metrics`)).text();
  const valueOf = (text: string, name: string, labels: string): number => {
    const line = text.split('\n').find((one) => one.startsWith(`${name}{`) && one.includes(labels));
    return Number(line?.split(' ')[1] ?? 0);
  };

  it('are on a port of their own, never on that of clients', async () => {
    expect((await fetch(`${fixture.gateway.url}/metrics`)).status).toBe(404);
    expect(fixture.gateway.metricsPort).not.toBe(fixture.gateway.port);
  });

  it('count operations by type and outcome, and fetches by subgraph', async () => {
    const before = await scrape();
    const authorization = { authorization: `Bearer ${token}` };
    await post(fixture.gateway.url, { query: '{ me { id } }' }, authorization);
    await post(fixture.gateway.url, { query: '{ nothing }' }, authorization);
    await post(fixture.gateway.url, { query: `{ ${'me { id } '.repeat(5_000)} }` }, authorization);
    fixture.graph.users.intercept = async () => ({ status: 500, body: 'no' });
    await post(fixture.gateway.url, { query: '{ me { id } }' }, authorization);
    fixture.graph.users.intercept = null;
    const after = await scrape();
    const gained = (name: string, labels: string): number =>
      valueOf(after, name, labels) - valueOf(before, name, labels);
    const operations = 'hoerok_graphql_duration_count';
    expect(gained(operations, 'service="gateway",type="query",outcome="ok"')).toBe(1);
    expect(gained(operations, 'service="gateway",type="query",outcome="failed"')).toBe(1);
    expect(gained(operations, 'service="gateway",type="unknown",outcome="refused"')).toBe(2);
    expect(gained('hoerok_gateway_fetch_duration_count', 'subgraph="users",outcome="ok"')).toBe(1);
    expect(gained('hoerok_gateway_fetch_duration_count', 'subgraph="users",outcome="failed"')).toBe(1);
  });

  it('follow subscriptions, sockets and subjects as they come and go', async () => {
    const gauges = ['hoerok_gateway_subscriptions', 'hoerok_gateway_websockets', 'hoerok_gateway_subjects'];
    const read = async (): Promise<number[]> => {
      const text = await scrape();
      return gauges.map((name) => valueOf(text, name, ''));
    };
    const delivered = async (): Promise<number> =>
      valueOf(await scrape(), 'hoerok_gateway_events_delivered_total', 'delivery="live"');
    const [before, deliveredBefore] = [await read(), await delivered()];
    await fixture.publish({ id: 'measured', revision: 1 });
    const operation = { query: WATCH, variables: { id: 'measured' } };
    const subscriber = subscribeSocket(fixture.gateway.url, operation, token);
    await subscriber.until((results) => results.length === 1);
    expect(await read()).toEqual(before.map((value) => value + 1));
    await fixture.publish({ id: 'measured', revision: 2, status: 'COMPLETED' });
    await subscriber.completed;
    expect(await delivered()).toBe(deliveredBefore + 1);
    await until('all is as before', async () => isDeepStrictEqual(await read(), before));
  });
});
