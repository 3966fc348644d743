import { describe, expect, it } from 'vitest';
import { shareReads } from './event-shared-read.ts';

function bench(paceMs = 0) {
  const reads: { key: string; answer: PromiseWithResolvers<number> }[] = [];
  const read = shareReads(
    async (key) => {
      const answer = Promise.withResolvers<number>();
      reads.push({ key, answer });
      return await answer.promise;
    },
    { paceMs },
  );
  return { reads, read };
}

describe('shared reads', () => {
  it('answer all who ask while one is under way by the next one, never by the one that began before', async () => {
    const { reads, read } = bench();
    const first = read('a');
    const crowd = Array.from({ length: 100 }, () => read('a'));
    reads[0]?.answer.resolve(1);
    expect(await first).toBe(1);
    await expect.poll(() => reads.length).toBe(2);
    reads[1]?.answer.resolve(2);
    expect(new Set(await Promise.all(crowd))).toEqual(new Set([2]));
    expect(reads).toHaveLength(2);
  });

  it('of different keys do not wait for each other', () => {
    const { reads, read } = bench();
    void read('a');
    void read('b');
    expect(reads.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('go on after a failure', async () => {
    const { reads, read } = bench();
    const failing = read('a');
    const next = read('a');
    reads[0]?.answer.reject(new Error('no'));
    await expect(failing).rejects.toThrow('no');
    await expect.poll(() => reads.length).toBe(2);
    reads[1]?.answer.resolve(2);
    expect(await next).toBe(2);
  });

  it('keep a pace, at which those who ask in between are gathered', async () => {
    const { reads, read } = bench(20);
    const first = read('a');
    reads[0]?.answer.resolve(1);
    await first;
    const others = [read('a'), read('a')];
    expect(reads).toHaveLength(1);
    await expect.poll(() => reads.length).toBe(2);
    reads[1]?.answer.resolve(2);
    expect(await Promise.all(others)).toEqual([2, 2]);
  });
});
