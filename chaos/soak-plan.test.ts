import { describe, expect, it } from 'vitest';
import { planSoak } from './soak-plan.ts';

describe('the plan of a soak', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(planSoak(7, 30, 60_000)).toEqual(planSoak(7, 30, 60_000));
    expect(planSoak(8, 30, 60_000)).not.toEqual(planSoak(7, 30, 60_000));
  });

  it('has one fault in the first half of each span, and every kind of them in a long one', () => {
    const plan = planSoak(1, 200, 1_000);
    expect(plan.map(({ atMs }) => Math.floor(atMs / 500))).toEqual(plan.map((_, round) => 2 * round));
    expect(new Set(plan.map(({ fault }) => fault)).size).toBe(8);
  });
});
