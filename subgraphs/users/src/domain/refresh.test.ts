import { describe, expect, it } from 'vitest';
import { judgeRefresh } from './refresh.ts';

const at = (seconds: number): Date => new Date(1_780_000_000_000 + seconds * 1_000);
const token = { expiresAt: at(100), spentAt: null, revokedAt: null };

describe('a refresh token', () => {
  it('gives the next pair until it ends', () => {
    expect(judgeRefresh(token, at(99))).toBe('rotate');
    expect(judgeRefresh(token, at(100))).toBe('ended');
  });

  it('is raced up to ten seconds after it was spent, and stolen from then on', () => {
    const spent = { ...token, spentAt: at(20) };
    expect(judgeRefresh(spent, at(30))).toBe('raced');
    expect(judgeRefresh(spent, at(30.001))).toBe('stolen');
  });

  it('is worth nothing once its session is revoked', () => {
    expect(judgeRefresh({ ...token, revokedAt: at(1) }, at(2))).toBe('ended');
  });
});
