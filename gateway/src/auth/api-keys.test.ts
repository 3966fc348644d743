import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newApiKey } from '@hoerok/shared/auth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiKeyVerifier, createApiKeyVerifier } from './api-keys.ts';
import { createRevocations, type Revocations } from './revocations.ts';

const NOW = 1_780_000_000_000;
const KEY = { id: 'k1', userId: 'u1', workspaceId: 'w1', role: 'MEMBER', revision: 1, scopes: ['read'] };

let server: Server;
let answer: object | null;
let answering: Promise<unknown> | null;
let clock: { nowMs: number };
let revocations: Revocations;
let verify: ApiKeyVerifier;
let asked: number;
let atOnce: { now: number; most: number };

beforeEach(async () => {
  [answer, answering, asked] = [{ ...KEY, expiresAt: null }, null, 0];
  [clock, atOnce] = [{ nowMs: NOW }, { now: 0, most: 0 }];
  server = createServer((_request, response) => {
    asked += 1;
    atOnce.now += 1;
    atOnce.most = Math.max(atOnce.most, atOnce.now);
    void Promise.resolve(answering).then(() => {
      atOnce.now -= 1;
      response.end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/internal/api-keys`;
  revocations = createRevocations({ clock: () => clock.nowMs });
  const signingKey = 'a-signing-key-of-at-least-32-characters';
  verify = createApiKeyVerifier({ url, signingKey, revocations, clock: () => clock.nowMs });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const codeOf = async (key: string): Promise<string> =>
  await verify(key).then(
    () => 'accepted',
    ({ code }: { code: string }) => code,
  );

describe('what the users service says of an API key', () => {
  it('counts for 30 seconds, also that it knows none such', async () => {
    const [known, unknown] = [newApiKey(), newApiKey()];
    expect(await codeOf(known)).toBe('accepted');
    answer = null;
    expect([await codeOf(known), await codeOf(unknown)]).toEqual(['accepted', 'UNAUTHENTICATED']);
    clock.nowMs += 29_999;
    await Promise.all([codeOf(known), codeOf(unknown)]);
    expect(asked).toBe(2);
    clock.nowMs += 1;
    expect(await codeOf(known)).toBe('UNAUTHENTICATED');
    expect(asked).toBe(3);
  });

  it('counts no longer once access was revoked; a key whose owner has another role is asked about again', async () => {
    const key = newApiKey();
    expect((await verify(key)).viewer.role).toBe('MEMBER');
    answer = { ...KEY, role: 'GUEST', revision: 2, expiresAt: null };
    const accessEndsAtMs = NOW + 900_000;
    revocations.add({ userId: 'u1', sessionId: null, revision: 2, accessEndsAtMs });
    expect((await verify(key)).viewer.role).toBe('GUEST');
    revocations.add({ userId: 'u1', sessionId: 'k1', revision: null, accessEndsAtMs });
    expect(await codeOf(key)).toBe('UNAUTHENTICATED');
  });

  it('ends with the key, and after a day at the latest', async () => {
    const key = newApiKey();
    expect((await verify(key)).expiresAtMs).toBe(NOW + 86_400_000);
    clock.nowMs += 30_000;
    answer = { ...KEY, expiresAt: new Date(NOW + 60_000).toISOString() };
    expect((await verify(key)).expiresAtMs).toBe(NOW + 60_000);
    clock.nowMs = NOW + 59_999;
    expect(await codeOf(key)).toBe('accepted');
    clock.nowMs = NOW + 60_000;
    expect(await codeOf(key)).toBe('UNAUTHENTICATED');
  });

  it('is asked for sixteen keys at a time: who guesses does not drown it, and hears at once that it is enough', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    answering = promise;
    answer = null;
    const codes = Array.from({ length: 300 }, () => codeOf(newApiKey()));
    expect(await Promise.race(codes.slice(256))).toBe('UNAVAILABLE');
    await expect.poll(() => atOnce.now).toBe(16);
    resolve();
    const counted = Map.groupBy(await Promise.all(codes), (code) => code);
    expect(counted.get('UNAUTHENTICATED')).toHaveLength(256);
    expect(counted.get('UNAVAILABLE')).toHaveLength(44);
    expect(atOnce.most).toBe(16);
  });
});
