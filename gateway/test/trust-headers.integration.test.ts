import { randomUUID } from 'node:crypto';
import { SIGNATURE_HEADERS, signRequest, type Viewer, verifyRequest } from '@hoerok/shared/auth';
import { TEST_SIGNING_KEY, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { openSocket } from './fixture-socket.ts';

const ADMIN: Viewer = { kind: 'user', userId: 'root', workspaceId: 'w2', role: 'ADMIN', sessionId: 's' };
const SERVICE: Viewer = { kind: 'service', service: 'ai', workspaceId: 'w1', onBehalfOf: null };

let fixture: Fixture;
beforeAll(async () => {
  // What nobody should configure changes nothing.
  fixture = await startFixture({
    PROPAGATE_HEADERS: `X-Hoerok-Viewer,${SIGNATURE_HEADERS.signature},x-tenant`,
  });
});
afterAll(async () => await fixture[Symbol.asyncDispose]());

const encoded = Buffer.from(JSON.stringify(ADMIN)).toString('base64url');
const spoofed = {
  [SIGNATURE_HEADERS.viewer]: encoded,
  [SIGNATURE_HEADERS.timestamp]: String(Date.now()),
  [SIGNATURE_HEADERS.nonce]: 'n',
  'x-hoerok-role': 'ADMIN',
  'x-user-id': 'root',
};

/** The viewer that a subgraph was told of last, as it verifies it. */
function verifiedViewer(): unknown {
  const { headers = {}, path = '', body = '' } = fixture.graph.users.asked.at(-1) ?? {};
  expect(headers['x-hoerok-role']).toBeUndefined();
  expect(headers['x-user-id']).toBeUndefined();
  return verifyRequest(
    { method: 'POST', path, body },
    { keys: [TEST_SIGNING_KEY], headers, nowMs: Date.now() },
  );
}

describe('C28: what a client says in the name of the gateway', () => {
  it('reaches no subgraph over HTTP, whether the client has signed in or not', async () => {
    await post(fixture.gateway.url, { query: '{ me { id } }' }, spoofed);
    expect(verifiedViewer()).toBeNull();
    const authorization = `Bearer ${await fixture.issuer.token()}`;
    await post(fixture.gateway.url, { query: '{ me { name } }' }, { ...spoofed, authorization });
    expect(verifiedViewer()).toMatchObject({ userId: 'u1', workspaceId: 'w1', role: 'MEMBER' });
  });

  it('reaches no subgraph over a WebSocket', async () => {
    const { init, subscribe, results, socket } = await openSocket(fixture.gateway.url, { headers: spoofed });
    await init(spoofed);
    subscribe('1', '{ me { id name } }');
    await until('it is answered', () => results('1').length === 1);
    expect(verifiedViewer()).toBeNull();
    socket.close();
  });

  it('with a signature of its own making is refused', async () => {
    const operation = { query: '{ me { id } }' };
    const request = { method: 'POST', path: '/graphql', body: JSON.stringify(operation) };
    const signing = { nowMs: Date.now(), nonce: randomUUID() };
    const guessed = signRequest(request, { ...signing, key: 'k'.repeat(32), viewer: SERVICE });
    const person = signRequest(request, { ...signing, key: TEST_SIGNING_KEY, viewer: ADMIN });
    const blank = { ...spoofed, [SIGNATURE_HEADERS.signature]: '' };
    for (const headers of [guessed, person, blank, { [SIGNATURE_HEADERS.signature]: 'v1=' }])
      expect((await post(fixture.gateway.url, operation, headers)).status).toBe(401);
  });
});

describe('C28: a signed request of a service', () => {
  it('is served once: its copy is refused', async () => {
    const operation = { query: '{ me { id } }' };
    const request = { method: 'POST', path: '/graphql', body: JSON.stringify(operation) };
    const signing = { key: TEST_SIGNING_KEY, viewer: SERVICE, nowMs: Date.now(), nonce: randomUUID() };
    const headers = signRequest(request, signing);
    expect((await post(fixture.gateway.url, operation, headers)).status).toBe(200);
    const copy = await post(fixture.gateway.url, operation, headers);
    expect([copy.status, copy.body.errors?.[0]?.message]).toEqual([
      401,
      'The request has been served before; sign each one anew.',
    ]);
  });
});

describe('C13: several operations in one request', () => {
  it('are refused with 400, and none of them is run', async () => {
    const asked = fixture.graph.users.asked.length;
    const batch = (count: number): string =>
      JSON.stringify(Array.from({ length: count }, () => ({ query: '{ me { id } }' })));
    for (const body of [batch(1), batch(50), '[]']) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${fixture.gateway.url}/graphql`, { method: 'POST', headers, body });
      expect(response.status).toBe(400);
    }
    const { init, socket, closed } = await openSocket(fixture.gateway.url);
    await init();
    socket.send(JSON.stringify([{ id: '1', type: 'subscribe', payload: { query: '{ me { id } }' } }]));
    expect((await closed)[0]).toBe(4400);
    expect(fixture.graph.users.asked).toHaveLength(asked);
  });
});
