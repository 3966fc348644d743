import { once } from 'node:events';
import { connect } from 'node:net';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { post, subscribeEvents, subscribeMultipart, subscribeSocket } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { openSocket } from './fixture-socket.ts';

let fixture: Fixture;
let token: string;
beforeAll(async () => {
  fixture = await startFixture();
  token = await fixture.issuer.token();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

const STREAMING = [subscribeSocket, subscribeEvents, subscribeMultipart];
const bomb = `{ ...f0 } ${Array.from({ length: 22 }, (_, i) => `fragment f${i} on Query { ${i === 21 ? 'me { id }' : `...f${i + 1} ...f${i + 1}`} }`).join(' ')}`;

describe('every transport', () => {
  const query = 'query ($id: ID!) { me { id name } task(id: $id) { id meeting { title } } }';
  const mutation = 'mutation { touch(id: "t") { id status } }';
  const variables = { id: 't' };
  beforeAll(() => {
    const meeting = { __typename: 'Meeting', id: 'm1' };
    fixture.graph.rows.set('t', {
      __typename: 'Task',
      id: 't',
      status: 'PENDING',
      progress: 0,
      revision: 1,
      meeting,
    });
  });

  it('answers queries and mutations alike', async () => {
    for (const operation of [{ query, variables }, { query: mutation }]) {
      const { body } = await post(fixture.gateway.url, operation, { authorization: `Bearer ${token}` });
      expect(body.errors).toBeUndefined();
      for (const subscribe of STREAMING) {
        const subscriber = subscribe(fixture.gateway.url, operation, token);
        await subscriber.completed;
        expect(subscriber.results).toEqual([body]);
      }
    }
  });

  it('answers a client that takes streams, too, but would rather have JSON, with JSON', async () => {
    const accept = 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed';
    const answer = await fetch(new URL('/graphql', fixture.gateway.url), {
      method: 'POST',
      headers: { accept, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    expect(answer.headers.get('content-type')).toContain('application/graphql-response+json');
    const stream = await fetch(new URL('/graphql', fixture.gateway.url), {
      method: 'POST',
      headers: { accept, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'subscription { taskUpdated(id: "t") { id } }' }),
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    await stream.body?.cancel();
  });

  it('refuses a fragment bomb in a moment', async () => {
    const startedAt = performance.now();
    const { status, body } = await post(fixture.gateway.url, { query: bomb });
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions?.['code']).toBe('OPERATION_TOO_LARGE');
    for (const accept of ['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0']) {
      const stream = await post(fixture.gateway.url, { query: bomb }, { accept });
      expect([stream.status, stream.body.errors?.[0]?.extensions]).toEqual([
        400,
        { code: 'OPERATION_TOO_LARGE' },
      ]);
    }
    const { messages, send, init, socket } = await openSocket(fixture.gateway.url);
    await init();
    send({ id: '1', type: 'subscribe', payload: { query: bomb } });
    await until('the bomb is refused', () => messages.some(({ type }) => type === 'error'));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    socket.close();
  });

  it('gives the same error for an operation that is not valid, and never a suggestion', async () => {
    const { status, body } = await post(fixture.gateway.url, { query: '{ mee { id } }' });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toContain('Did you mean');
    for (const subscribe of STREAMING) {
      const subscriber = subscribe(fixture.gateway.url, { query: '{ mee { id } }' });
      await subscriber.completed;
      expect(subscriber.results).toEqual([body]);
    }
  });

  it('refuses variables that do not fit', async () => {
    const { status, body } = await post(fixture.gateway.url, { query });
    expect([status, body.errors?.[0]?.extensions?.['code']]).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('refuses a conditional root field of a subscription with a proper error', async () => {
    const conditional = {
      query: 'subscription ($c: Boolean!) { myTaskUpdated @include(if: $c) { id } }',
      variables: { c: true },
    };
    const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}` };
    const { status, body } = await post(fixture.gateway.url, conditional, headers);
    expect(status).toBe(400);
    expect(body.errors?.[0]?.message).toMatch(/neither @skip nor @include/);
  });
});

describe('a socket', () => {
  it('survives a syntax error in one of its operations', async () => {
    const { messages, send, init, socket } = await openSocket(fixture.gateway.url);
    await init();
    send({ id: '1', type: 'subscribe', payload: { query: '{ me {' } });
    send({ id: '2', type: 'subscribe', payload: { query: '{ me { id } }' } });
    await until('both are answered', () =>
      messages.some(({ id, type }) => id === '2' && type === 'complete'),
    );
    expect(messages.find(({ id }) => id === '1')).toMatchObject({ type: 'error' });
    expect(messages.find(({ id, type }) => id === '2' && type === 'next')).toMatchObject({
      payload: { data: { me: { id: 'u1' } } },
    });
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  });

  it('of a foreign page is refused, one of our own page or of a program is not', async () => {
    for (const origin of ['https://evil.example', 'null', `${fixture.gateway.url}.evil.example`]) {
      await expect(openSocket(fixture.gateway.url, { origin })).rejects.toThrow('403');
    }
    (await openSocket(fixture.gateway.url, { origin: fixture.gateway.url })).socket.close();
    (await openSocket(fixture.gateway.url)).socket.close();
  });

  it('with a token that is not valid closes with 4403', async () => {
    const { send, closed } = await openSocket(fixture.gateway.url);
    send({ type: 'connection_init', payload: { Authorization: 'Bearer nonsense' } });
    expect(await closed).toEqual([4403, 'The access token is not valid.']);
  });

  it('closes with 4403 when its token expires', async () => {
    const shortLived = await fixture.issuer.token({ seconds: 1 });
    const { init, closed } = await openSocket(fixture.gateway.url);
    await init({ authorization: `Bearer ${shortLived}` });
    expect(await closed).toEqual([4403, 'The access token has expired; refresh it.']);
  });

  it('that sends more than 64 KiB in one message is closed', async () => {
    const { send, init, closed } = await openSocket(fixture.gateway.url);
    await init();
    send({ id: '1', type: 'subscribe', payload: { query: `{ me { id } } # ${'x'.repeat(70_000)}` } });
    expect((await closed)[0]).toBe(1009);
  });
});

describe('an event stream', () => {
  it('names each event, and ends with an error when the token expires', async () => {
    const shortLived = await fixture.issuer.token({ seconds: 2 });
    await fixture.publish({ id: 'sse', revision: 1 });
    const response = await fetch(
      `${fixture.gateway.url}/graphql?query=${encodeURIComponent('subscription { taskUpdated(id: "sse") { id } }')}`,
      {
        headers: { accept: 'text/event-stream', authorization: `Bearer ${shortLived}` },
      },
    );
    const text = await response.text();
    expect(response.headers.get('content-type')).toMatch('text/event-stream');
    expect(text).toMatch(/^:\n\nid: [\w-]+\nevent: next\ndata: \{"data":\{"taskUpdated":\{"id":"sse"\}\}/);
    expect(text).toMatch(/UNAUTHENTICATED.*\n\nevent: complete\ndata:\n\n$/s);
  });

  it('carries no mutation in a GET request', async () => {
    const url = `${fixture.gateway.url}/graphql?query=${encodeURIComponent('mutation { touch(id: "t") { id } }')}`;
    const response = await fetch(url, { headers: { accept: 'text/event-stream' } });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('a stopping gateway', () => {
  it('closes sockets with 1001, breaks event streams off, and lets a running request finish', async () => {
    const gateway = await fixture.start();
    const { init, closed, send } = await openSocket(gateway.url);
    await init({ authorization: `Bearer ${token}` });
    send({ id: '1', type: 'subscribe', payload: { query: 'subscription { myTaskUpdated { id } }' } });
    const stream = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ query: 'subscription { myTaskUpdated { id } }' }),
    });
    await until('both streams are open', () => gateway.interest() === 1);
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<null>();
    fixture.graph.users.asked.length = 0;
    fixture.graph.users.intercept = async () => await mayAnswer;
    const running = post(gateway.url, { query: '{ me { id } }' });
    await until('the request runs', () => fixture.graph.users.asked.length === 1);
    const stopped = gateway.close();
    expect((await closed)[0]).toBe(1001);
    expect(await stream.text()).not.toContain('complete');
    answer(null);
    expect((await running).body).toEqual({ data: { me: { id: 'u1' } } });
    await stopped;
    fixture.graph.users.intercept = null;
    await expect(fetch(`${gateway.url}/health`)).rejects.toThrow('fetch failed');
  });

  it('waits for nobody who has connected and never said a word', async () => {
    const gateway = await fixture.start({ SHUTDOWN_GRACE_SECONDS: '600' });
    const silent = connect(gateway.port, '127.0.0.1');
    await once(silent, 'connect');
    await gateway.close();
    if (!silent.closed) await once(silent, 'close');
    expect(silent.bytesRead).toBe(0);
  });
});
