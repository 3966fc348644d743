import { describe, expect, it } from 'vitest';
import { createQueueing } from './queueing.ts';

describe('queueing on the connections of an origin', () => {
  it('is allowed until something stalls, and again a second later', () => {
    const queueing = createQueueing();
    expect(queueing.isAllowed(0)).toBe(true);
    queueing.stalled(10);
    queueing.stalled(11);
    expect([1_009, 1_010].map(queueing.isAllowed)).toEqual([false, true]);
  });

  it('pauses for longer each time that it stalls again soon, up to a minute', () => {
    const queueing = createQueueing();
    let now = 0;
    const pauses = Array.from({ length: 8 }, () => {
      queueing.stalled(now);
      const from = now;
      while (!queueing.isAllowed(now)) now += 500;
      return now - from;
    });
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    queueing.stalled(now + 60_000);
    expect(queueing.isAllowed(now + 61_000)).toBe(true);
  });
});
