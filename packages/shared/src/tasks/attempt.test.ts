import { describe, expect, it } from 'vitest';
import { backoffMs } from './attempt.ts';
import { DEFAULT_TASK_POLICY } from './task-kind.ts';

describe('the backoff', () => {
  it('doubles its ceiling with every attempt, up to the longest delay', () => {
    const policy = { ...DEFAULT_TASK_POLICY, backoffBaseMs: 100, backoffMaxMs: 1_000 };
    const ceilings = [1, 2, 3, 4, 5, 50].map((attempt) => backoffMs(policy, attempt, 1));
    expect(ceilings).toEqual([100, 200, 400, 800, 1_000, 1_000]);
    expect(backoffMs(policy, 5, 0)).toBe(0);
    expect(backoffMs(policy, 1, 0.333)).toBe(33);
  });
});
