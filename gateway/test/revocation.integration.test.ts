import { accessRevoked } from '@hoerok/shared/contracts';
import { publishEvent, until } from '@hoerok/shared/testing';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, subscribeEvents, subscribeMultipart } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { type HandSocket, openSocket } from './fixture-socket.ts';

const WATCH = 'subscription ($id: ID!) { taskUpdated(id: $id) { id revision } }';
const MESSAGE = 'Access was revoked; refresh the access token, or sign in again.';
const ERROR = { message: MESSAGE, extensions: { code: 'UNAUTHENTICATED' } };
const SOON_MS = 2_000;

let fixture: Fixture;
let urls: readonly string[];
beforeAll(async () => {
  fixture = await startFixture();
  const second = await fixture.start();
  urls = [fixture.gateway.url, second.url];
  await fixture.publish({ id: 'task', revision: 1 });
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

interface Withdrawn {
  readonly sessionId?: string;
  readonly revision?: number;
  readonly endsInMs?: number;
}

async function revoke({ sessionId, revision, endsInMs = 900_000 }: Withdrawn): Promise<void> {
  await publishEvent(fixture.messaging.namespace, accessRevoked, {
    workspaceId: 'w1',
    aggregateId: sessionId ?? 'u1',
    payload: {
      userId: 'u1',
      sessionId: sessionId ?? null,
      revision: revision ?? null,
      accessEndsAt: new Date(Date.now() + endsInMs).toISOString(),
    },
  });
}

const tokenOf = async (sid: string, claims: JWTPayload = {}): Promise<string> =>
  await fixture.issuer.token({ payload: { sid, ...claims } });

async function statusAt(url: string, token: string): Promise<number> {
  const { status } = await post(url, { query: '{ me { id } }' }, { authorization: `Bearer ${token}` });
  return status;
}

async function watch(url: string, token: string): Promise<HandSocket> {
  const socket = await openSocket(url);
  await socket.init({ authorization: `Bearer ${token}` });
  socket.subscribe('watch', WATCH, { id: 'task' });
  await until('the snapshot comes', () => socket.results('watch').length === 1);
  return socket;
}

describe('C3: a session that is revoked', () => {
  it('loses its sockets at every gateway within two seconds with 4403, and its token is refused', async () => {
    const [token, other] = [await tokenOf('ended'), await tokenOf('goes-on')];
    const ended = await Promise.all(urls.map(async (url) => await watch(url, token)));
    const goesOn = await Promise.all(urls.map(async (url) => await watch(url, other)));
    const beganAt = performance.now();
    await revoke({ sessionId: 'ended' });
    for (const { closed } of ended) expect(await closed).toEqual([4403, MESSAGE]);
    expect(performance.now() - beganAt).toBeLessThan(SOON_MS);
    for (const url of urls) {
      expect(await statusAt(url, token)).toBe(401);
      expect(await statusAt(url, other)).toBe(200);
      const { send, closed } = await openSocket(url);
      send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
      expect(await closed).toEqual([4403, MESSAGE]);
    }
    for (const { socket, results } of goesOn) {
      expect([socket.readyState, results('watch').length]).toEqual([socket.OPEN, 1]);
      socket.close();
    }
  });

  it('loses its server-sent events and multipart responses with an error that says so', async () => {
    const token = await tokenOf('streams');
    const operation = { query: WATCH, variables: { id: 'task' } };
    const [url = ''] = urls;
    const events = subscribeEvents(url, operation, token);
    const parts = subscribeMultipart(url, operation, token);
    await Promise.all([events, parts].map(async (stream) => await stream.until(({ length }) => length > 0)));
    const beganAt = performance.now();
    await revoke({ sessionId: 'streams' });
    await events.completed;
    await expect(parts.completed).rejects.toBeDefined();
    expect(performance.now() - beganAt).toBeLessThan(SOON_MS);
    expect(events.results.at(-1)).toEqual({ errors: [ERROR] });
    expect(parts.messages.at(-1)).toEqual({ payload: null, errors: [ERROR] });
    await until('nothing is watched any more', () => fixture.gateway.interest() === 0);
  });

  it('gets nothing more when its client does not answer the closing word, and may start nothing', async () => {
    const { socket, send, subscribe, messages } = await watch(urls[0] ?? '', await tokenOf('stubborn'));
    // Nothing is read any more, so the closing word is not answered, but there is something to say.
    socket.pause();
    await revoke({ sessionId: 'stubborn' });
    await until('the gateway has heard of it', async () => {
      return (await statusAt(urls[0] ?? '', await tokenOf('stubborn'))) === 401;
    });
    const asked = fixture.graph.users.asked.length;
    const before = messages.length;
    send({ type: 'ping' });
    subscribe('late', '{ me { id } }');
    await fixture.publish({ id: 'task', revision: 2 });
    await until('the gateway has hung up', () => fixture.gateway.interest() === 0);
    socket.resume();
    await until('the client notices', () => socket.readyState === socket.CLOSED);
    expect(messages).toHaveLength(before);
    expect(fixture.graph.users.asked).toHaveLength(asked);
  });

  it('is refused by a gateway that starts later, as long as its tokens would count', async () => {
    const token = await tokenOf('before');
    const over = await tokenOf('over');
    await revoke({ sessionId: 'before' });
    await revoke({ sessionId: 'over', endsInMs: -120_000 });
    const third = await fixture.start();
    expect(await statusAt(third.url, token)).toBe(401);
    expect(await statusAt(third.url, over)).toBe(200);
    await third.close();
  });
});

describe('C3: a user whose role, password or standing changes', () => {
  it('loses what was granted before, and keeps what was granted after', async () => {
    const claims = { sub: 'u1', rev: 4 };
    const [old, fresh] = [await tokenOf('s7', claims), await tokenOf('s7', { ...claims, rev: 5 })];
    const sockets = await Promise.all([watch(urls[0] ?? '', old), watch(urls[1] ?? '', await tokenOf('s8'))]);
    const goesOn = await watch(urls[0] ?? '', fresh);
    await revoke({ revision: 5 });
    for (const { closed } of sockets) expect(await closed).toEqual([4403, MESSAGE]);
    expect(await statusAt(urls[1] ?? '', old)).toBe(401);
    expect(await statusAt(urls[1] ?? '', fresh)).toBe(200);
    expect(goesOn.socket.readyState).toBe(goesOn.socket.OPEN);
    goesOn.socket.close();
  });

  it('keeps a socket that was renewed with a newer token before', async () => {
    const socket = await watch(urls[0] ?? '', await tokenOf('s9', { rev: 5 }));
    const accessToken = await fixture.issuer.token({ seconds: 600, payload: { sid: 's9', rev: 6 } });
    expect(await socket.ping({ accessToken })).toMatchObject({ renewed: true });
    await revoke({ revision: 6 });
    await until(
      'it has been told',
      async () => (await statusAt(urls[0] ?? '', await tokenOf('s9', { rev: 5 }))) === 401,
    );
    expect(socket.socket.readyState).toBe(socket.socket.OPEN);
    socket.socket.close();
  });
});
