import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { type HandSocket, openSocket } from './fixture-socket.ts';

const WATCH = 'subscription ($id: ID!) { taskUpdated(id: $id) { revision requestedBy { name } } }';
const EXPIRED = [4403, 'The access token has expired; refresh it.'];

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

/** A socket whose token ends in about two seconds, with a task on it. */
async function watchBriefly(id: string): Promise<HandSocket & { readonly expiresAtMs: number }> {
  await fixture.publish({ id, revision: 1 });
  const expiresAtMs = (Math.floor(Date.now() / 1_000) + 2) * 1_000;
  const authorization = `Bearer ${await fixture.issuer.token({ seconds: 2 })}`;
  const socket = await openSocket(fixture.gateway.url);
  await socket.init({ authorization });
  socket.subscribe('watch', WATCH, { id });
  await until('the snapshot comes', () => socket.results('watch').length === 1);
  return { ...socket, expiresAtMs };
}

/** What subgraphs were told last about the viewer. */
function lastViewer(): Record<string, unknown> {
  const header = String(fixture.graph.users.asked.at(-1)?.headers['x-hoerok-viewer']);
  return JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>;
}

describe('a ping with a fresh access token', () => {
  it('renews the socket in place, and what is fetched from then on is signed with it', async () => {
    const { ping, results, expiresAtMs, socket } = await watchBriefly('renewed');
    expect(lastViewer()).toMatchObject({ sessionId: 's1' });
    const accessToken = await fixture.issuer.token({ payload: { sid: 's2' } });
    const pong = (await ping({ accessToken })) as { renewed: boolean; expiresAt: string };
    expect(pong.renewed).toBe(true);
    expect(new Date(pong.expiresAt).getTime()).toBeGreaterThan(expiresAtMs);
    await until('the first token has ended', () => Date.now() > expiresAtMs + 300);
    await fixture.publish({ id: 'renewed', revision: 2 });
    await until('the event comes', () => results('watch').length === 2);
    expect(lastViewer()).toMatchObject({ userId: 'u1', workspaceId: 'w1', sessionId: 's2' });
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  });

  it.each([
    ['user', { userId: 'u2' }],
    ['workspace', { workspaceId: 'w2' }],
    ['role', { role: 'ADMIN' }],
  ])('of another %s closes the socket with 4403', async (_what, claims) => {
    const { send, closed } = await watchBriefly('other');
    send({ type: 'ping', payload: { accessToken: await fixture.issuer.token(claims) } });
    expect(await closed).toEqual([4403, 'The access token is of another viewer; open another socket.']);
  });

  it('that is not valid, or ends sooner, changes nothing: the socket goes on until its own token ends', async () => {
    const { ping, results, closed } = await watchBriefly('wrong');
    const accessToken = await fixture.issuer.token({ payload: { aud: 'other' } });
    expect(await ping({ accessToken })).toEqual({
      renewed: false,
      reason: 'The access token is not valid.',
    });
    const sooner = await fixture.issuer.token({ seconds: 1 });
    expect(await ping({ accessToken: sooner })).toMatchObject({ renewed: false });
    await fixture.publish({ id: 'wrong', revision: 2 });
    await until('the event comes', () => results('watch').length === 2);
    expect(await closed).toEqual(EXPIRED);
  });

  it('is passed on to subgraphs where tokens are not verified here', async () => {
    const gateway = await fixture.start({
      JWKS_URL: undefined as unknown as string,
      INTERNAL_SIGNING_KEYS: '',
    });
    const { init, ping, subscribe, results, socket } = await openSocket(gateway.url);
    await init({ authorization: 'Bearer one' });
    expect(await ping({ accessToken: 'two' })).toEqual({ renewed: true, expiresAt: null });
    subscribe('1', '{ me { id } }');
    await until('the answer comes', () => results('1').length === 1);
    expect(fixture.graph.users.asked.at(-1)?.headers.authorization).toBe('Bearer two');
    socket.close();
    await gateway.close();
  });
});

describe('C3: a socket that nobody renews', () => {
  it('closes with 4403 when its token ends, and no event comes after that', async () => {
    const { closed, results, expiresAtMs } = await watchBriefly('expiring');
    let end: readonly [number, string] | undefined;
    void closed.then((how) => {
      end = how;
    });
    const publishedAtMs = [0, 0];
    while (end === undefined) {
      publishedAtMs.push(Date.now());
      await fixture.publish({ id: 'expiring', revision: publishedAtMs.length - 1 });
    }
    expect(end).toEqual(EXPIRED);
    const delivered = results('watch').map(
      ({ data }) => (data?.['taskUpdated'] as { readonly revision: number } | undefined)?.revision ?? -1,
    );
    expect(delivered.length).toBeGreaterThan(10);
    for (const revision of delivered) expect(publishedAtMs[revision]).toBeLessThan(expiresAtMs);
    await until('the subject is released', () => fixture.gateway.interest() === 0);
  });

  it('answers any other ping with its own payload', async () => {
    const { ping, socket } = await openSocket(fixture.gateway.url);
    expect(await ping({ a: 1 })).toEqual({ a: 1 });
    socket.close();
  });
});
