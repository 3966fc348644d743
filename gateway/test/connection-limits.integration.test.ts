import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { until } from '@hoerok/shared/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { subscribeEvents, subscribeMultipart, subscribeSocket } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { serveProxy } from './fixture-proxy.ts';
import { openSocket } from './fixture-socket.ts';

const WATCH = 'subscription ($id: ID!) { taskUpdated(id: $id) { id revision error { message } } }';
const KEEPALIVE_MS = 200;

let fixture: Fixture;
let authorization: string;
beforeAll(async () => {
  fixture = await startFixture({
    KEEPALIVE_MS: String(KEEPALIVE_MS),
    CONNECTIONS_PER_USER: '3',
    SUBSCRIPTIONS_PER_SOCKET: '3',
  });
  await fixture.publish({ id: 'limits', revision: 1 });
});
// Somebody else each time, who may see everything: what the last one had open does not count.
beforeEach(async () => {
  authorization = `Bearer ${await fixture.issuer.token({ userId: randomUUID(), role: 'ADMIN' })}`;
});
afterEach(async () => await until('everything is released', () => fixture.gateway.interest() === 0));
afterAll(async () => await fixture[Symbol.asyncDispose]());

const stream = async (accept: string, token = authorization) =>
  await fetch(`${fixture.gateway.url}/graphql`, {
    method: 'POST',
    headers: { accept, authorization: token, 'content-type': 'application/json' },
    body: JSON.stringify({ query: WATCH, variables: { id: 'limits' } }),
  });

describe('one socket', () => {
  it('carries so many operations and no more; the others go on, and one that ends makes room', async () => {
    const { init, subscribe, send, results, messages, socket } = await openSocket(fixture.gateway.url);
    await init({ authorization });
    for (const id of ['1', '2', '3', '4']) subscribe(id, WATCH, { id: 'limits' });
    await until('the fourth is refused', () => messages.some(({ type }) => type === 'error'));
    expect(messages.find(({ type }) => type === 'error')).toMatchObject({
      id: '4',
      payload: [
        {
          message: 'A socket carries at most 3 operations at once.',
          extensions: { code: 'TOO_LARGE' },
        },
      ],
    });
    await until('the others begin', () => ['1', '2', '3'].every((id) => results(id).length === 1));
    send({ id: '1', type: 'complete' });
    subscribe('5', WATCH, { id: 'limits' });
    await until('another one begins', () => results('5').length === 1);
    socket.close();
  });

  it('that does not say who it is closes with 4408', async () => {
    const { closed } = await openSocket(fixture.gateway.url);
    expect((await closed)[0]).toBe(4408);
  });

  it('that sends hundreds of messages at once is answered all of them, in its own time', async () => {
    const { init, send, messages, socket } = await openSocket(fixture.gateway.url);
    await init({ authorization });
    // So many that it is not listened to for longer than a dead peer has.
    for (let index = 0; index < 400; index += 1) send({ type: 'ping', payload: { index } });
    await until('a neighbor is answered', async () => (await stream('application/json')).status === 406);
    const pongs = (): unknown[] =>
      messages
        .filter(({ type }) => type === 'pong')
        .map(({ payload }) => (payload as { index: number }).index);
    await until('all are answered', () => pongs().length === 400);
    expect(pongs()).toEqual(Array.from({ length: 400 }, (_, index) => index));
    send({ type: 'ping', payload: { index: 400 } });
    await until('it is listened to again', () => pongs().length === 401);
    socket.close();
  });
});

describe('one user', () => {
  it('has so many sockets and streams together and no more, and nobody else is told so', async () => {
    const { init, socket } = await openSocket(fixture.gateway.url);
    await init({ authorization });
    const token = authorization.slice('Bearer '.length);
    const operation = { query: WATCH, variables: { id: 'limits' } };
    const events = subscribeEvents(fixture.gateway.url, operation, token);
    const parts = subscribeMultipart(fixture.gateway.url, operation, token);
    for (const one of [events, parts]) await one.until((results) => results.length === 1);

    const refused = await openSocket(fixture.gateway.url);
    refused.send({ type: 'connection_init', payload: { authorization } });
    const message = 'One user may have 3 sockets and streams open at once; close one first.';
    expect(await refused.closed).toEqual([1013, message]);
    for (const accept of ['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0']) {
      const response = await stream(accept);
      expect(response.status).toBe(429);
      expect(await response.json()).toEqual({
        errors: [{ message, extensions: { code: 'TOO_MANY_CONNECTIONS' } }],
      });
    }
    expect((await stream('application/json')).status).toBe(406);
    const other = await fixture.issuer.token({ userId: 'u2', role: 'ADMIN' });
    const neighbor = subscribeSocket(fixture.gateway.url, operation, other);
    await neighbor.until((results) => results.length === 1);

    socket.close();
    await until('there is room again', async () => {
      const again = await openSocket(fixture.gateway.url);
      again.send({ type: 'connection_init', payload: { authorization } });
      const accepted = await Promise.race([again.closed.then(() => false), once(again.socket, 'message')]);
      again.socket.close();
      return accepted !== false;
    });
    for (const one of [events, parts, neighbor]) one.stop();
  });
});

/** Asks for a stream over a bare connection, which does not read but when it is told to. */
async function openBare(port: number, accept: string, token: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  const body = JSON.stringify({ query: WATCH, variables: { id: 'limits' } });
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: gateway\r\naccept: ${accept}\r\nauthorization: ${token}\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await once(socket, 'data');
  socket.pause();
  return socket;
}

describe('a client that is gone without a word', () => {
  it('because it was stopped loses its socket', async () => {
    const script = fileURLToPath(new URL('./socket-process.ts', import.meta.url));
    const args = [script, fixture.gateway.url, authorization, WATCH, 'limits'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(fixture.gateway.interest()).toBe(1);
    child.kill('SIGSTOP');
    await until('the socket is given up', () => fixture.gateway.interest() === 0);
    child.kill('SIGKILL');
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  });

  it('is told from one that has answered while the gateway was too busy to hear it', async () => {
    const script = fileURLToPath(new URL('./socket-process.ts', import.meta.url));
    const args = [script, fixture.gateway.url, authorization, WATCH, 'limits'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    for (let round = 0; round < 5; round += 1) {
      const busyUntil = performance.now() + 1.5 * KEEPALIVE_MS;
      while (performance.now() < busyUntil);
      await nextTurn();
    }
    expect(fixture.gateway.interest()).toBe(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('because the network swallows everything loses its socket, and others do not', async () => {
    const proxy = await serveProxy({ host: '127.0.0.1', port: fixture.gateway.port });
    const lost = await openSocket(`http://127.0.0.1:${proxy.port}`);
    const alive = await openSocket(fixture.gateway.url);
    for (const { init, subscribe, results } of [lost, alive]) {
      await init({ authorization });
      subscribe('1', WATCH, { id: 'limits' });
      await until('it begins', () => results('1').length === 1);
    }
    proxy.freeze();
    const second = await openSocket(fixture.gateway.url);
    await second.init({ authorization });
    // Three is the most: a fourth gets in only when the lost one is given up.
    const third = await openSocket(fixture.gateway.url);
    third.send({ type: 'connection_init', payload: { authorization } });
    expect((await third.closed)[0]).toBe(1013);
    await until('the lost socket is given up', async () => {
      const fourth = await openSocket(fixture.gateway.url);
      fourth.send({ type: 'connection_init', payload: { authorization } });
      const accepted = await Promise.race([fourth.closed.then(() => false), once(fourth.socket, 'message')]);
      fourth.socket.close();
      return accepted !== false;
    });
    expect(alive.socket.readyState).toBe(WebSocket.OPEN);
    for (const { socket } of [alive, second]) socket.close();
    await proxy.close();
  });

  it.each([
    ['event stream', 'text/event-stream'],
    ['multipart response', 'multipart/mixed;subscriptionSpec=1.0'],
  ])('and takes nothing of its %s any more loses it', async (_what, accept) => {
    const socket = await openBare(fixture.gateway.port, accept, authorization);
    const error = { code: 'X', message: 'x'.repeat(500_000) };
    let revision = 1_000;
    await until(
      'the stream is given up',
      async () => {
        revision += 1;
        await fixture.publish({ id: 'limits', revision, more: { error } });
        return fixture.gateway.interest() === 0;
      },
      { deadlineMs: 30_000 },
    );
    socket.destroy();
    const neighbor = subscribeSocket(
      fixture.gateway.url,
      { query: 'subscription { taskUpdated(id: "limits") { revision } }' },
      authorization.slice('Bearer '.length),
    );
    await neighbor.until((results) => results.length === 1);
    expect(neighbor.results).toMatchObject([{ data: { taskUpdated: { revision } } }]);
    neighbor.stop();
  });

  it('and takes nothing of the last words of its stream either, loses it as well', async () => {
    const gateway = await fixture.start({ KEEPALIVE_MS: '1500', CONNECTIONS_PER_USER: '1' });
    const userId = randomUUID();
    const brief = await fixture.issuer.token({ userId, role: 'ADMIN', seconds: 2 });
    const socket = await openBare(gateway.port, 'text/event-stream', `Bearer ${brief}`);
    const error = { code: 'X', message: 'x'.repeat(500_000) };
    let revision = 2_000;
    // The token ends before two intervals are over.
    await until('the stream has ended', async () => {
      revision += 1;
      await fixture.publish({ id: 'limits', revision, more: { error } });
      return gateway.interest() === 0;
    });
    const hasRoom = await until('there is room for another one', async () => {
      const token = await fixture.issuer.token({ userId, role: 'ADMIN' });
      const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}` };
      const query = encodeURIComponent('subscription { taskUpdated(id: "limits") { revision } }');
      const response = await fetch(`${gateway.url}/graphql?query=${query}`, { headers });
      await response.body?.cancel();
      return response.status === 200;
    });
    expect(hasRoom).toBe(true);
    socket.destroy();
    await gateway.close();
  });
});
