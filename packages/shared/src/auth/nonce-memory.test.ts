import { describe, expect, it } from 'vitest';
import { createNonceMemory } from './nonce-memory.ts';

const MAX_AGE_MS = 30_000;

describe('C28: the memory of signed requests', () => {
  it('lets each signature through once', () => {
    const { admit } = createNonceMemory({ maxAgeMs: MAX_AGE_MS });
    expect([admit('one-signature', 0, 0), admit('other-signature', 0, 0)]).toEqual([true, true]);
    expect([admit('one-signature', 0, 29_000), admit('other-signature', 0, 30_000)]).toEqual([false, false]);
  });

  it('never lets one through again as long as it counts, also one from a clock that is ahead', () => {
    const { admit } = createNonceMemory({ maxAgeMs: MAX_AGE_MS });
    for (let nowMs = 0; nowMs < 300_000; nowMs += 7_000) {
      const signature = `signature-${nowMs}`;
      const timestampMs = nowMs + (nowMs % 2 === 0 ? MAX_AGE_MS : 0);
      expect(admit(signature, timestampMs, nowMs)).toBe(true);
      for (let laterMs = nowMs; laterMs <= timestampMs + MAX_AGE_MS; laterMs += 7_000) {
        const { admit: fresh } = createNonceMemory({ maxAgeMs: MAX_AGE_MS });
        fresh(signature, timestampMs, nowMs);
        for (let between = nowMs; between < laterMs; between += 1_000) fresh(`${between}`, between, between);
        expect(fresh(signature, timestampMs, laterMs)).toBe(false);
      }
    }
  });

  it('holds two generations at most, and refuses what it may have forgotten', () => {
    const { admit } = createNonceMemory({ maxAgeMs: MAX_AGE_MS, capacity: 10 });
    const admitted = Array.from({ length: 100 }, (_, index) => admit(`signature-${index}`, index, 100));
    expect(admitted).not.toContain(false);
    const again = Array.from({ length: 100 }, (_, index) => admit(`signature-${index}`, index, 100));
    expect(again).not.toContain(true);
    expect(admit('never-seen-before', 50, 100)).toBe(false);
    expect(admit('never-seen-before', 100, 100)).toBe(true);
  });
});
