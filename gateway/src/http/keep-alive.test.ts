import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeepAlive, type Peer } from './keep-alive.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const INTERVAL_MS = 32_000;

function peer(answers: boolean) {
  const seen = { pings: 0, gaveUp: false };
  const one: Peer = {
    hasAnswered: true,
    ping: () => {
      seen.pings += 1;
      one.hasAnswered = answers;
    },
    giveUp: () => void (seen.gaveUp = true),
  };
  return { one, seen };
}

describe('the keep-alive of peers', () => {
  it('pings each once in an interval, and gives up who has not answered by the next', async () => {
    const keepAlive = createKeepAlive(INTERVAL_MS);
    const [alive, dead] = [peer(true), peer(false)];
    for (const { one } of [alive, dead]) keepAlive.add(one);
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    expect([alive.seen, dead.seen]).toEqual([
      { pings: 1, gaveUp: false },
      { pings: 1, gaveUp: false },
    ]);
    // One more, for who has answered only just now.
    await vi.advanceTimersByTimeAsync(INTERVAL_MS + 1);
    expect([alive.seen, dead.seen]).toEqual([
      { pings: 2, gaveUp: false },
      { pings: 1, gaveUp: true },
    ]);
  });

  it('spreads those that come together over the interval', async () => {
    const keepAlive = createKeepAlive(INTERVAL_MS);
    const peers = Array.from({ length: 64 }, () => peer(true));
    for (const { one } of peers) keepAlive.add(one);
    await vi.advanceTimersByTimeAsync(INTERVAL_MS / 2);
    expect(peers.filter(({ seen }) => seen.pings === 1)).toHaveLength(32);
    await vi.advanceTimersByTimeAsync(INTERVAL_MS / 2);
    expect(peers.every(({ seen }) => seen.pings === 1)).toBe(true);
  });

  it('leaves who has gone alone, and has no timer when nobody is there', async () => {
    const keepAlive = createKeepAlive(INTERVAL_MS);
    const { one, seen } = peer(true);
    keepAlive.add(one);
    keepAlive.remove(one);
    keepAlive.remove(one);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(2 * INTERVAL_MS);
    expect(seen.pings).toBe(0);
  });
});
