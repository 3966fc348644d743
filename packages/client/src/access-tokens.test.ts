import { expect, it } from 'vitest';
import { createAccessTokens } from './access-tokens.ts';
import { HoerokError } from './hoerok-error.ts';

const NOW_MS = 1_000_000_000_000;
const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (iat: number, exp: number, name = 'sig'): string =>
  `${base64url({ alg: 'EdDSA' })}.${base64url({ iat, exp })}.${name}`;
const seconds = NOW_MS / 1000;

it('keeps a token until a fifth of its life, but at most 30 s, before its end', async () => {
  let nowMs = NOW_MS;
  let asked = 0;
  const tokens = createAccessTokens(
    async () => tokenOf(nowMs / 1000, nowMs / 1000 + 100, String((asked += 1))),
    () => nowMs,
  );
  const first = await tokens.current();
  expect(tokens.dueInMs()).toBe(80_000);
  nowMs += 79_999;
  expect(await tokens.current()).toBe(first);
  nowMs += 1;
  expect(await tokens.current()).not.toBe(first);
  const long = createAccessTokens(
    () => tokenOf(seconds, seconds + 3_600),
    () => NOW_MS,
  );
  await long.current();
  expect(long.dueInMs()).toBe(3_570_000);
});

it('asks once for all who need a token at the same time, and tells which one is to be replaced', async () => {
  const stale: (string | null)[] = [];
  const tokens = createAccessTokens(async (old) => {
    stale.push(old);
    return `opaque-${stale.length}`;
  });
  await Promise.all([tokens.current(), tokens.current()]);
  expect(tokens.dueInMs()).toBeNull();
  tokens.refuse('opaque-1');
  expect(await tokens.current()).toBe('opaque-2');
  expect(stale).toEqual([null, 'opaque-1']);
});

it('gives up when the token that was refused is given again', async () => {
  const tokens = createAccessTokens(() => 'stubborn');
  await tokens.current();
  tokens.refuse('stubborn');
  await expect(tokens.current()).rejects.toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
});

it('keeps the token at hand when an older one is refused', async () => {
  let asked = 0;
  const tokens = createAccessTokens(() => `t${(asked += 1)}`);
  await tokens.current();
  await tokens.renew();
  tokens.refuse('t1');
  expect(await tokens.current()).toBe('t2');
});

it('takes the whole life of a token where the clock is wrong', async () => {
  for (const offMs of [-3_600_000, 3_600_000]) {
    const tokens = createAccessTokens(
      () => tokenOf(seconds, seconds + 100),
      () => NOW_MS + offMs,
    );
    await tokens.current();
    expect(tokens.dueInMs()).toBe(80_000);
  }
});

it('tells a source that fails from one that gives up', async () => {
  const failing = createAccessTokens(() => Promise.reject(new TypeError('fetch failed')));
  await expect(failing.current()).rejects.toMatchObject({ code: 'TOKEN_UNAVAILABLE', retryable: true });
  const ended = createAccessTokens(() => {
    throw new HoerokError('SESSION_REVOKED', 'Signed out.');
  });
  await expect(ended.current()).rejects.toMatchObject({ code: 'SESSION_REVOKED', retryable: false });
});
