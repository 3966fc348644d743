import { describe, expect, it } from 'vitest';
import { compareP99 } from './beside.ts';

const times = (count: number, ms: number): number[] => Array.from({ length: count }, () => ms);

describe('what others notice of a fault', () => {
  it('is nothing while their p99 stays within 1.2 times that of the calm and its noise', () => {
    const quiet = compareP99([times(100, 50), times(100, 50)], times(100, 69));
    expect(quiet).toMatchObject({ calmMs: 50, floorMs: 10, barMs: 70, isMet: true });
    expect(compareP99([times(100, 50)], times(100, 71)).isMet).toBe(false);
  });

  it('is held against the noise that the calm shows by itself', () => {
    const noisy = [[...times(50, 20), ...times(50, 80)], times(100, 30)];
    expect(compareP99(noisy, times(100, 150))).toMatchObject({ floorMs: 60, barMs: 156, isMet: true });
    expect(compareP99(noisy, times(100, 157)).isMet).toBe(false);
  });

  it('is not known, and so the bar not met, when nothing was measured', () => {
    expect(compareP99([times(100, 50)], []).isMet).toBe(false);
    expect(compareP99([[]], times(100, 50)).isMet).toBe(false);
  });
});
