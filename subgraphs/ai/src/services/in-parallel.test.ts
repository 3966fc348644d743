import { describe, expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

describe('inParallel', () => {
  it('works on so many at a time and gives what was made in order', async () => {
    let now = 0;
    let most = 0;
    const made = await inParallel([3, 1, 2, 5, 4], 2, async (input) => {
      now += 1;
      most = Math.max(most, now);
      for (let turn = 0; turn < input; turn += 1) await Promise.resolve();
      now -= 1;
      return input * 10;
    });
    expect([made, most]).toEqual([[30, 10, 20, 50, 40], 2]);
  });

  it('begins nothing after a failure and finishes what has begun before it tells', async () => {
    const finished: number[] = [];
    const gate = Promise.withResolvers<void>();
    const work = inParallel([0, 1, 2, 3], 2, async (input) => {
      if (input === 1) throw new Error('broken');
      await gate.promise;
      finished.push(input);
    });
    let told = false;
    const end = work.catch((error: unknown) => {
      told = true;
      return error;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toBe(false);
    gate.resolve();
    expect(await end).toMatchObject({ message: 'broken' });
    expect(finished).toEqual([0]);
  });

  it('makes nothing of nothing', async () => {
    expect(await inParallel([], 4, async () => 1)).toEqual([]);
  });
});
