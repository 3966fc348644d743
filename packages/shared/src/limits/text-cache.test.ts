import { describe, expect, it } from 'vitest';
import { createTextCache } from './text-cache.ts';

describe('a text cache', () => {
  it('gives room to what was used last and never holds more characters than allowed', () => {
    const cache = createTextCache<number>(30);
    for (const [index, text] of ['a', 'b', 'c'].entries()) cache.set(text.repeat(10), index);
    expect(cache.get('a'.repeat(10))).toBe(0);
    cache.set('d'.repeat(10), 3);
    expect(cache.size()).toBe(30);
    expect(cache.get('b'.repeat(10))).toBeUndefined();
    expect(cache.get('a'.repeat(10))).toBe(0);
  });

  it('does not keep what is longer than all of it, and counts a value once', () => {
    const cache = createTextCache<number>(10);
    cache.set('x'.repeat(11), 1);
    expect(cache.get('x'.repeat(11))).toBeUndefined();
    cache.set('y', 1, 6);
    cache.set('y', 2, 7);
    expect([cache.get('y'), cache.size()]).toEqual([2, 7]);
  });
});
