import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hashApiKey, newApiKey, verifyRequest } from '@hoerok/shared/auth';
import { accessRevoked } from '@hoerok/shared/contracts';
import { publishEvent, TEST_SIGNING_KEY, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, type Result } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { openSocket } from './fixture-socket.ts';

const TOUCH = 'mutation ($id: ID!) { touch(id: $id) { id } }';
const FORBIDDEN = 'This API key may not change anything: it lacks the scope WRITE.';

/** A key as the users service knows it. */
interface KnownKey {
  readonly id: string;
  readonly userId: string;
  readonly role: string;
  readonly revision: number;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
}

let fixture: Fixture;
let users: Server;
/** What the users service says, by hash; a number is a status. */
const known = new Map<string, KnownKey | number>();
let asked = 0;

beforeAll(async () => {
  users = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { method = '', url: path = '', headers } = request;
      const context = { keys: [TEST_SIGNING_KEY], headers, nowMs: Date.now() };
      if (verifyRequest({ method, path, body }, context)?.kind !== 'service') return response.destroy();
      const { hash } = JSON.parse(body) as { hash: string };
      asked += 1;
      const answer = known.get(hash) ?? null;
      if (typeof answer === 'number') return response.writeHead(answer).end('{}');
      return response.end(JSON.stringify(answer && { ...answer, workspaceId: 'w1' }));
    })();
  });
  users.listen(0, '127.0.0.1');
  await once(users, 'listening');
  const { port } = users.address() as AddressInfo;
  fixture = await startFixture({ API_KEYS_URL: `http://127.0.0.1:${port}/internal/api-keys` });
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  users.closeAllConnections();
  users.close();
});

let keys = 0;
function makeKey(more: Partial<KnownKey> = {}): { readonly key: string; readonly id: string } {
  const key = newApiKey();
  keys += 1;
  const id = `key-${keys}`;
  const counts = { id, userId: `u${keys}`, role: 'MEMBER', revision: 1, scopes: ['read'], expiresAt: null };
  known.set(hashApiKey(key), { ...counts, ...more });
  return { key, id };
}

async function ask(key: string, query = '{ me { id } }'): Promise<{ status: number; body: Result }> {
  const operation = { query, variables: { id: '1' } };
  return await post(fixture.gateway.url, operation, { authorization: `Bearer ${key}` });
}

async function revoke(change: {
  userId: string;
  sessionId: string | null;
  revision: number | null;
}): Promise<void> {
  await publishEvent(fixture.messaging.namespace, accessRevoked, {
    workspaceId: 'w1',
    aggregateId: change.sessionId ?? change.userId,
    payload: { ...change, accessEndsAt: new Date(Date.now() + 900_000).toISOString() },
  });
}

const lastViewer = (): unknown =>
  JSON.parse(
    Buffer.from(String(fixture.graph.users.asked.at(-1)?.headers['x-hoerok-viewer']), 'base64url').toString(),
  );

describe('an API key', () => {
  it('stands for its owner with its scopes; the users service is asked once in a while, and never sees it', async () => {
    const { key, id } = makeKey({ scopes: ['read', 'write'] });
    const before = asked;
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(key)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(asked).toBe(before + 1);
    expect(lastViewer()).toEqual({
      kind: 'user',
      userId: `u${keys}`,
      workspaceId: 'w1',
      role: 'MEMBER',
      sessionId: id,
      scopes: ['read', 'write'],
      apiKeyId: id,
    });
  });

  it('that is unknown, mistyped or over is refused, and what is mistyped is asked about by nobody', async () => {
    const over = makeKey({ expiresAt: new Date(Date.now() - 1_000).toISOString() });
    for (const key of [newApiKey(), over.key]) expect((await ask(key)).status).toBe(401);
    const before = asked;
    const { key } = makeKey();
    for (const wrong of [key.slice(0, -1), `${key}x`, 'hrk_', `hrk_${'a'.repeat(49)}`])
      expect((await ask(wrong)).status).toBe(401);
    expect(asked).toBe(before);
  });

  it('is answered with 503 while nobody can tell whether it counts', async () => {
    const { key } = makeKey();
    known.set(hashApiKey(key), 500);
    const { status, body } = await ask(key);
    expect([status, body.errors?.[0]?.extensions?.['code']]).toEqual([503, 'UNAVAILABLE']);
    known.delete(hashApiKey(key));
    expect((await ask(key)).status).toBe(401);
  });

  it('without the scope WRITE changes nothing, whichever way and however often it is tried', async () => {
    const reader = makeKey();
    const writer = makeKey({ scopes: ['read', 'write'] });
    for (const who of [reader, writer, reader, writer, reader]) {
      const { body, status } = await ask(who.key, TOUCH);
      if (who === writer) expect(body).toEqual({ data: { touch: null } });
      else expect([status, body.errors?.[0]?.message]).toEqual([403, FORBIDDEN]);
    }
    const touched = fixture.graph.tasks.asked.filter(({ query }) => query.includes('touch'));
    expect(touched).toHaveLength(2);
    const { init, subscribe, results, socket } = await openSocket(fixture.gateway.url);
    await init({ authorization: `Bearer ${reader.key}` });
    subscribe('touch', TOUCH, { id: '1' });
    subscribe('ask', '{ me { id } }');
    await until('both are answered', () => results('touch').length + results('ask').length === 2);
    expect(results('touch')[0]?.errors?.[0]?.message).toBe(FORBIDDEN);
    expect(results('ask')[0]?.data).toBeDefined();
    socket.close();
    expect(fixture.graph.tasks.asked.filter(({ query }) => query.includes('touch'))).toHaveLength(2);
  });

  it('that is revoked is refused at once, and its sockets are closed within two seconds', async () => {
    const { key, id } = makeKey();
    const userId = `u${keys}`;
    const other = makeKey({ userId });
    const sockets = await Promise.all(
      [key, other.key].map(async () => await openSocket(fixture.gateway.url)),
    );
    const [ended, goesOn] = sockets;
    await ended?.init({ authorization: `Bearer ${key}` });
    await goesOn?.init({ authorization: `Bearer ${other.key}` });
    expect((await ask(key)).status).toBe(200);
    known.delete(hashApiKey(key));
    expect((await ask(key)).status).toBe(200);
    const beganAt = performance.now();
    await revoke({ userId, sessionId: id, revision: null });
    expect((await ended?.closed)?.[0]).toBe(4403);
    expect(performance.now() - beganAt).toBeLessThan(2_000);
    expect((await ask(key)).status).toBe(401);
    expect((await ask(other.key)).status).toBe(200);
    expect(goesOn?.socket.readyState).toBe(goesOn?.socket.OPEN);
    goesOn?.socket.close();
  });

  it('has the new role of its owner at once', async () => {
    const { key } = makeKey();
    const userId = `u${keys}`;
    await ask(key);
    known.set(hashApiKey(key), { ...(known.get(hashApiKey(key)) as KnownKey), role: 'GUEST', revision: 2 });
    await revoke({ userId, sessionId: null, revision: 2 });
    await until('the gateway has heard of it', async () => {
      expect((await ask(key)).status).toBe(200);
      return (lastViewer() as { role: string }).role === 'GUEST';
    });
  });

  it('closes its sockets when its time is over', async () => {
    const { key } = makeKey({ expiresAt: new Date(Date.now() + 1_000).toISOString() });
    const { init, closed } = await openSocket(fixture.gateway.url);
    await init({ authorization: `Bearer ${key}` });
    expect((await closed)[0]).toBe(4403);
  });
});
