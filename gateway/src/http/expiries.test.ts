import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createExpiries } from './expiries.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

describe('what ends in time', () => {
  it('ends at its instant, and shares a timer with what ends then too', async () => {
    const expiries = createExpiries();
    const ended: string[] = [];
    for (const name of ['a', 'b']) expiries.add(2_000, { expire: () => void ended.push(name) });
    expiries.add(5_000, { expire: () => void ended.push('c') });
    expect(vi.getTimerCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(ended).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(ended).toEqual(['a', 'b', 'c']);
  });

  it('does not end what was taken out, and keeps no timer for it', async () => {
    const expiries = createExpiries();
    const ended: string[] = [];
    const one = { expire: () => void ended.push('one') };
    expiries.add(2_000, one);
    expiries.remove(2_000, one);
    expiries.remove(2_000, one);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ended).toEqual([]);
  });

  it('ends at once what should have ended before', async () => {
    vi.setSystemTime(10_000);
    const expiries = createExpiries();
    let ended = false;
    expiries.add(2_000, { expire: () => void (ended = true) });
    await vi.advanceTimersByTimeAsync(1);
    expect(ended).toBe(true);
  });
});
