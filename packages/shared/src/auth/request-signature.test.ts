import { describe, expect, it } from 'vitest';
import {
  createReplayMemory,
  SIGNATURE_HEADERS,
  type SignedRequest,
  signRequest,
  verifyRequest,
} from './request-signature.ts';
import type { UserViewer } from './viewer.ts';

const OLD_KEY = 'the-old-key-of-at-least-32-characters';
const NEW_KEY = 'the-new-key-of-at-least-32-characters';
const NOW = 1_772_600_000_000;
const request: SignedRequest = { method: 'POST', path: '/graphql', body: '{"query":"{ me { id } }"}' };
const viewer: UserViewer = {
  kind: 'user',
  userId: 'u-1',
  workspaceId: 'w-1',
  role: 'MEMBER',
  sessionId: 's-1',
};

const sign = (key = OLD_KEY, who: UserViewer | null = viewer): Record<string, string> =>
  signRequest(request, { key, viewer: who, nowMs: NOW, nonce: 'n-1' });
const verify = (
  headers: Record<string, string | readonly string[] | undefined>,
  changed: { request?: Partial<SignedRequest>; keys?: string[]; nowMs?: number } = {},
): unknown =>
  verifyRequest(
    { ...request, ...changed.request },
    { keys: changed.keys ?? [OLD_KEY], headers, nowMs: changed.nowMs ?? NOW },
  );

describe('C28: a signed request', () => {
  it('gives back the viewer that was signed, also none', () => {
    expect(verify(sign())).toEqual(viewer);
    expect(verify(sign(OLD_KEY, null))).toBeNull();
    expect(verify(sign(), { request: { body: Buffer.from(String(request.body)) } })).toEqual(viewer);
  });

  it.each([
    ['another body', { request: { body: '{"query":"{ users { id } }"}' } }],
    ['another path', { request: { path: '/graphql?x=1' } }],
    ['another method', { request: { method: 'GET' } }],
    ['a key that is not known', { keys: [NEW_KEY] }],
    ['no key at all', { keys: [] }],
    ['an age of more than 30 seconds', { nowMs: NOW + 30_001 }],
    ['a time too far ahead', { nowMs: NOW - 30_001 }],
  ])('is refused with %s', (_what, changed) => {
    expect(() => verify(sign(), changed)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });

  it('is accepted until it is 30 seconds old', () => {
    expect(verify(sign(), { nowMs: NOW + 30_000 })).toEqual(viewer);
  });

  it.each(Object.entries(SIGNATURE_HEADERS))(
    'is refused when its %s is changed, missing or doubled',
    (_, name) => {
      const admin = Buffer.from(JSON.stringify({ ...viewer, role: 'ADMIN' })).toString('base64url');
      const forged = name === SIGNATURE_HEADERS.viewer ? admin : `${sign()[name]}0`;
      for (const value of [forged, undefined, [sign()[name] ?? '', 'x'], '']) {
        expect(() => verify({ ...sign(), [name]: value })).toThrow(
          expect.objectContaining({ code: 'UNAUTHENTICATED' }),
        );
      }
    },
  );

  it('is accepted under the old and the new key while keys rotate', () => {
    const keys = [NEW_KEY, OLD_KEY];
    expect(verify(sign(OLD_KEY), { keys })).toEqual(viewer);
    expect(verify(sign(NEW_KEY), { keys })).toEqual(viewer);
    expect(() => verify(sign(OLD_KEY), { keys: [NEW_KEY] })).toThrow('signature of the request is wrong');
  });

  it('is refused when its viewer is none that this process knows', () => {
    const unknown = { ...viewer, kind: 'robot' } as unknown as UserViewer;
    expect(() => verify(sign(OLD_KEY, unknown))).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED' }),
    );
  });

  it('is refused when it comes a second time, and a wrong one leaves no trace', () => {
    const replays = createReplayMemory();
    const again = (headers: Record<string, string>, nowMs: number): unknown =>
      verifyRequest(request, { keys: [OLD_KEY], headers, nowMs, replays });
    const forged = { ...sign(), [SIGNATURE_HEADERS.viewer]: '' };
    expect(() => again(forged, NOW)).toThrow('signature of the request is wrong');
    expect(again(sign(), NOW)).toEqual(viewer);
    for (const laterMs of [0, 15_000, 30_000])
      expect(() => again(sign(), NOW + laterMs)).toThrow('served before');
    const fresh = signRequest(request, { key: OLD_KEY, viewer, nowMs: NOW, nonce: 'n-2' });
    expect(again(fresh, NOW)).toEqual(viewer);
  });
});
