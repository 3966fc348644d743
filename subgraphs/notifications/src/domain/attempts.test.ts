import { describe, expect, it } from 'vitest';
import { isExpired, isRetryableStatus, maxAttempts, pauseAfter } from './attempts.ts';

describe('pauseAfter', () => {
  it('lengthens from seconds to hours for endpoints, and ends', () => {
    const pauses = Array.from({ length: maxAttempts('WEBHOOK') }, (_one, index) =>
      pauseAfter('WEBHOOK', index + 1, 0),
    );
    expect(pauses).toEqual(
      [10, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, null].map((s) => s && s * 1_000),
    );
  });

  it('fits all attempts at a person into the half hour in which a message is news', () => {
    const pauses = [1, 2, 3, 4].map((attempt) => pauseAfter('EMAIL', attempt, 1) ?? 0);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(30 * 60_000);
    expect(pauseAfter('SMS', 5, 0)).toBeNull();
  });

  it('spreads what failed together, and waits as long as it is asked to, but no longer than a day', () => {
    expect(pauseAfter('WEBHOOK', 1, 1)).toBe(12_000);
    expect(pauseAfter('WEBHOOK', 1, 0, 45_000)).toBe(45_000);
    expect(pauseAfter('WEBHOOK', 1, 0, 1e12)).toBe(86_400_000);
  });
});

it('lets messages to people expire, but not calls of programs', () => {
  const due = new Date('2026-03-04T00:00:00Z');
  const after = (minutes: number): Date => new Date(due.getTime() + minutes * 60_000);
  expect([isExpired('EMAIL', due, after(30)), isExpired('EMAIL', due, after(31))]).toEqual([false, true]);
  expect(isExpired('WEBHOOK', due, after(3_000))).toBe(false);
});

it('knows which answers may be others later', () => {
  expect([408, 425, 429, 500, 502, 503, 504].every(isRetryableStatus)).toBe(true);
  expect([301, 307, 400, 401, 403, 404, 410, 413, 422].some(isRetryableStatus)).toBe(false);
});
