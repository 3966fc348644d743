import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

it('reads seconds and dates, within a bound, and nothing else', () => {
  expect(retryAfterMs('120', 600_000)).toBe(120_000);
  expect(retryAfterMs('1e12', 600_000)).toBe(600_000);
  expect(retryAfterMs('-5', 600_000)).toBe(0);
  expect(retryAfterMs('Wed, 21 Oct 2015 07:28:00 GMT', 600_000)).toBe(0);
  expect(retryAfterMs(new Date(Date.now() + 3_600_000).toUTCString(), 600_000)).toBe(600_000);
  for (const header of [null, undefined, '', ' ', 'soon'])
    expect(retryAfterMs(header, 600_000)).toBeUndefined();
});
