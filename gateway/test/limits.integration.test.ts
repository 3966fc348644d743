import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { post, type Result } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { HOSTILE } from './fixture-hostile.ts';
import { openSocket } from './fixture-socket.ts';

let fixture: Fixture;
let token: string;
beforeAll(async () => {
  // A socket takes less than a request; here both take the same.
  fixture = await startFixture({ SOCKET_MESSAGE_BYTES: '200000', MAX_COST: '40' });
  token = await fixture.issuer.token();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

const codeOf = ({ errors }: Result): unknown => errors?.[0]?.extensions?.['code'];

/** A refusal in the middle of everything else this machine does; a server that runs the operation takes far longer. */
const REFUSED_WITHIN_MS = 250;

const ACCEPTS = [
  ['HTTP', 'application/json'],
  ['server-sent events', 'text/event-stream'],
  ['multipart', 'multipart/mixed;subscriptionSpec=1.0'],
] as const;

describe.each(ACCEPTS)('C12: over %s', (_transport, accept) => {
  it.each(HOSTILE)('%s is refused in time, and the next operation is served', async (_what, operation) => {
    const { url } = fixture.gateway;
    const startedAt = performance.now();
    const { status, body } = await post(url, operation, { accept });
    expect(performance.now() - startedAt).toBeLessThan(REFUSED_WITHIN_MS);
    expect([status, codeOf(body)]).toEqual([400, 'OPERATION_TOO_LARGE']);
    expect((await post(url, { query: '{ me { id } }' })).body).toEqual({ data: { me: { id: 'u1' } } });
  });
});

describe('C12: over a WebSocket', () => {
  it('each is refused with an error of its own, and the socket serves the next operation', async () => {
    const { init, send, messages, subscribe, results, socket } = await openSocket(fixture.gateway.url);
    await init();
    for (const [id, payload] of HOSTILE) {
      const startedAt = performance.now();
      send({ id, type: 'subscribe', payload });
      await until(`${id} is refused`, () => messages.some((message) => message.id === id), { intervalMs: 2 });
      expect(performance.now() - startedAt).toBeLessThan(REFUSED_WITHIN_MS);
      expect(messages.find((message) => message.id === id)?.type).toBe('error');
    }
    subscribe('next', '{ me { id } }');
    await until('the next one is answered', () => results('next').length === 1);
    expect(results('next')).toEqual([{ data: { me: { id: 'u1' } } }]);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  });
});

describe('C12: the estimated cost', () => {
  const query = 'query ($n: Int) { task(id: "1") { history { code } transcript { segments(first: $n) } } }';

  it('refuses an operation before a subgraph hears of it', async () => {
    const before = fixture.graph.tasks.asked.length;
    const dear =
      '{ a: task(id: "1") { history { code } } b: task(id: "1") { history { code } } c: task(id: "1") { history { code } } d: task(id: "1") { history { code } } }';
    const { status, body } = await post(fixture.gateway.url, { query: dear });
    expect([status, codeOf(body), body.extensions]).toEqual([400, 'OPERATION_TOO_LARGE', undefined]);
    expect(fixture.graph.tasks.asked.length).toBe(before);
  });

  it('is told to auditors alone', async () => {
    const gateway = await fixture.start({ AUDIT_ROLE: 'ADMIN' });
    const auditor = await fixture.issuer.token({ role: 'ADMIN' });
    const ask = async (bearer: string): Promise<unknown> =>
      (await post(gateway.url, { query, variables: { n: 3 } }, { authorization: `Bearer ${bearer}` })).body
        .extensions;
    expect(await ask(auditor)).toEqual({ cost: { estimated: 12, maximum: 40 } });
    expect(await ask(token)).toBeUndefined();
    // Known by now, and still told to nobody else.
    expect(await ask(auditor)).toEqual({ cost: { estimated: 12, maximum: 40 } });
    await gateway.close();
  });
});

describe('C13: many operations in one request', () => {
  it('are refused as a batch of 50', async () => {
    const response = await fetch(`${fixture.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Array.from({ length: 50 }, () => ({ query: '{ me { id } }' }))),
    });
    expect(response.status).toBe(400);
  });

  it('count one by one as aliases', async () => {
    const gateway = await fixture.start({ RATE_LIMIT_ADDRESS_POINTS_PER_MINUTE: '50' });
    const aliases = (prefix: string): string =>
      `{ ${Array.from({ length: 20 }, (_, i) => `${prefix}${i}: me { id }`).join(' ')} }`;
    const statuses = [];
    for (const prefix of ['a', 'b', 'c'])
      statuses.push((await post(gateway.url, { query: aliases(prefix) })).status);
    expect(statuses).toEqual([200, 200, 429]);
    await gateway.close();
  });
});
