import { describe, expect, it } from 'vitest';
import { createBoundedQueue } from './bounded-queue.ts';

const limits = { maxItems: 3, maxBytes: 100 };

describe('a bounded queue', () => {
  it('gives items in order, also to a reader that came first', async () => {
    const queue = createBoundedQueue<number>(limits);
    const first = queue.pull();
    for (const item of [1, 2, 3]) expect(queue.push(item, 1)).toBe(true);
    expect([await first, await queue.pull(), await queue.pull()]).toEqual([1, 2, 3]);
  });

  it('refuses what exceeds the number or the bytes, and keeps what it has', async () => {
    const many = createBoundedQueue<number>(limits);
    expect([1, 2, 3, 4].map((item) => many.push(item, 1))).toEqual([true, true, true, false]);
    const large = createBoundedQueue<number>(limits);
    // The first always fits, or a large item could never be delivered.
    expect([1, 2].map((item) => large.push(item, 200))).toEqual([true, false]);
    expect(await large.pull()).toBe(1);
    expect(large.push(3, 90)).toBe(true);
  });

  it('delivers what waits before it fails, and fails once', async () => {
    const queue = createBoundedQueue<number>(limits);
    queue.push(1, 1);
    queue.finish(new Error('gone'));
    queue.finish();
    expect(await queue.pull()).toBe(1);
    await expect(queue.pull()).rejects.toThrow('gone');
    expect(await queue.pull()).toBeNull();
  });

  it('settles a waiting pull the moment it is discarded', async () => {
    const queue = createBoundedQueue<number>(limits);
    const pulled = queue.pull();
    queue.discard();
    expect(await pulled).toBeNull();
  });
});
