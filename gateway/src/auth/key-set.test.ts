import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, jwtVerify, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeySet } from './key-set.ts';

/** An issuer whose published keys a test changes, and a verifier of it by a clock that stands still. */
interface Issuer {
  readonly verify: (token: string) => Promise<string>;
  readonly newKey: (kid: string) => Promise<{ readonly jwk: JWK; readonly token: string }>;
  published: readonly JWK[] | number;
  fetches: number;
  nowMs: number;
}

let server: Server;
let issuer: Issuer;

beforeEach(async () => {
  server = createServer((_request, response) => {
    issuer.fetches += 1;
    const { published } = issuer;
    if (typeof published === 'number') return void response.writeHead(published).end('<html>');
    response.end(JSON.stringify({ keys: published }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  const find = createKeySet({ url, clock: () => issuer.nowMs });
  issuer = {
    published: [],
    fetches: 0,
    nowMs: 1_780_000_000_000,
    verify: async (token) =>
      await jwtVerify(token, find).then(
        () => 'accepted',
        (error: Error) => error.name,
      ),
    newKey: async (kid) => {
      const { publicKey, privateKey } = await generateKeyPair('EdDSA');
      const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' };
      const token = await new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey);
      return { jwk, token };
    },
  };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const REFUSED = 'JWKSNoMatchingKey';

describe('C2: the keys of the issuer', () => {
  it('count at once when they are added, without a restart', async () => {
    const [one, two] = [await issuer.newKey('k1'), await issuer.newKey('k2')];
    issuer.published = [one.jwk];
    expect(await issuer.verify(one.token)).toBe('accepted');
    expect(await issuer.verify(two.token)).toBe(REFUSED);
    issuer.nowMs += 30_000;
    issuer.published = [two.jwk, one.jwk];
    expect(await issuer.verify(two.token)).toBe('accepted');
    expect(await issuer.verify(one.token)).toBe('accepted');
  });

  it('count within a minute after somebody has used up the question for unknown ids', async () => {
    const [one, two] = [await issuer.newKey('k1'), await issuer.newKey('k2')];
    issuer.published = [one.jwk];
    await issuer.verify(one.token);
    await issuer.verify((await issuer.newKey('noise')).token);
    issuer.published = [two.jwk, one.jwk];
    expect(await issuer.verify(two.token)).toBe(REFUSED);
    issuer.nowMs += 55_000;
    expect(await issuer.verify(two.token)).toBe('accepted');
  });

  it('are refused within a minute after they are withdrawn, however quiet it was', async () => {
    const [one, two] = [await issuer.newKey('k1'), await issuer.newKey('k2')];
    issuer.published = [one.jwk, two.jwk];
    expect(await issuer.verify(one.token)).toBe('accepted');
    issuer.published = [two.jwk];
    issuer.nowMs += 55_000;
    expect(await issuer.verify(one.token)).toBe(REFUSED);
    expect(await issuer.verify(two.token)).toBe('accepted');
  });

  it.each([
    ['is down', 503],
    ['answers something else', 200],
  ])('go on while their address %s, and are asked for every ten seconds', async (_what, status) => {
    const one = await issuer.newKey('k1');
    issuer.published = [one.jwk];
    expect(await issuer.verify(one.token)).toBe('accepted');
    issuer.published = status;
    for (let second = 0; second < 600; second += 1) {
      issuer.nowMs += 1_000;
      expect(await issuer.verify(one.token)).toBe('accepted');
    }
    expect(issuer.fetches).toBeLessThan(62);
    const { fetches } = issuer;
    issuer.published = [one.jwk];
    // The last question may still be on its way, and until it is answered there is no other.
    const askLater = async (): Promise<number> => {
      issuer.nowMs += 10_000;
      await issuer.verify(one.token);
      return issuer.fetches;
    };
    await expect.poll(askLater).toBeGreaterThan(fetches);
  });

  it('are fetched once for 1,000 unknown ids, also at once, and again only after 30 seconds', async () => {
    const one = await issuer.newKey('k1');
    issuer.published = [one.jwk];
    await issuer.verify(one.token);
    const unknown = await Promise.all(Array.from({ length: 50 }, (_, index) => issuer.newKey(`u${index}`)));
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(unknown.map(async ({ token }) => await issuer.verify(token)));
      expect(new Set(answers)).toEqual(new Set([REFUSED]));
    }
    expect(issuer.fetches).toBe(2);
    issuer.nowMs += 29_999;
    await issuer.verify(unknown[0]?.token ?? '');
    expect(issuer.fetches).toBe(2);
  });

  it('are fetched once at the start, however many ask, and no token is let in without them', async () => {
    const one = await issuer.newKey('k1');
    issuer.published = 500;
    const early = await Promise.all(Array.from({ length: 20 }, () => issuer.verify(one.token)));
    expect(new Set(early)).toEqual(new Set(['NoKeysError']));
    expect(issuer.fetches).toBe(1);
    issuer.published = [one.jwk];
    issuer.nowMs += 500;
    expect(await issuer.verify(one.token)).toBe('accepted');
    expect(issuer.fetches).toBe(2);
  });

  it('are never private ones, nor taken without an id', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    issuer.published = [{ ...(await exportJWK(privateKey)), kid: 'k1', alg: 'EdDSA' }];
    const sign = (header: object): Promise<string> =>
      new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(privateKey);
    expect(await issuer.verify(await sign({ kid: 'k1' }))).not.toBe('accepted');
    issuer.published = [{ ...(await exportJWK(publicKey)), alg: 'EdDSA' }];
    issuer.nowMs += 60_000;
    expect(await issuer.verify(await sign({}))).toBe(REFUSED);
  });
});
