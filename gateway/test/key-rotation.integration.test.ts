import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';

/** A key of the issuer. */
interface IssuerKey {
  readonly jwk: JWK;
  readonly token: (kid?: string) => Promise<string>;
}

let fixture: Fixture;
let server: Server;
let published: readonly JWK[] | null = [];
let fetches = 0;

beforeAll(async () => {
  server = createServer((_request, response) => {
    fetches += 1;
    if (published === null) response.writeHead(503).end();
    else response.end(JSON.stringify({ keys: published }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  fixture = await startFixture({ JWKS_URL: `http://127.0.0.1:${port}/.well-known/jwks.json` });
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

async function makeKey(id: string): Promise<IssuerKey> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const jwk = { ...(await exportJWK(publicKey)), kid: id, alg: 'EdDSA', use: 'sig' };
  const claims = { sub: 'u1', ws: 'w1', role: 'MEMBER', sid: 's1', iss: 'hoerok', aud: 'hoerok' };
  const token = async (kid = id): Promise<string> =>
    await new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
  return { jwk, token };
}

async function statusOf(token: string): Promise<number> {
  return (await post(fixture.gateway.url, { query: '{ me { id } }' }, { authorization: `Bearer ${token}` }))
    .status;
}

describe('C2: the keys of a running gateway', () => {
  it('are changed by their issuer without a restart, and go on while it is down', async () => {
    const [one, two] = [await makeKey('k1'), await makeKey('k2')];
    published = null;
    expect(await statusOf(await one.token())).toBe(503);
    published = [one.jwk];
    await expect.poll(async () => await statusOf(await one.token())).toBe(200);
    published = [two.jwk, one.jwk];
    expect(await statusOf(await two.token())).toBe(200);
    expect(await statusOf(await one.token())).toBe(200);
    published = null;
    for (const key of [one, two]) expect(await statusOf(await key.token())).toBe(200);
  });

  it('are not asked for again by a thousand tokens with ids that nobody knows', async () => {
    const forged = await makeKey('forged');
    const before = fetches;
    for (let round = 0; round < 20; round += 1) {
      const tokens = Array.from({ length: 50 }, (_, index) => forged.token(`unknown-${round}-${index}`));
      const statuses = await Promise.all((await Promise.all(tokens)).map(statusOf));
      expect(new Set(statuses)).toEqual(new Set([401]));
    }
    expect(fetches - before).toBeLessThanOrEqual(1);
  });
});
