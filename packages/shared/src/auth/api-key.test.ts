import { describe, expect, it } from 'vitest';
import { hashApiKey, isApiKey, newApiKey, shownPrefixOf } from './api-key.ts';

describe('an API key', () => {
  it('has its form, its checksum and 256 bits that no other has', () => {
    const keys = Array.from({ length: 100 }, newApiKey);
    expect(new Set(keys).size).toBe(100);
    for (const key of keys) {
      expect(key).toMatch(/^hrk_[0-9A-Za-z]{49}$/);
      expect(isApiKey(key)).toBe(true);
    }
  });

  it('is told from what somebody mistyped, cut off, or guessed', () => {
    const key = newApiKey();
    const other = key.at(10) === 'x' ? 'y' : 'x';
    for (const wrong of [
      `${key.slice(0, 10)}${other}${key.slice(11)}`,
      key.slice(0, -1),
      `${key}0`,
      key.replace('hrk_', 'hrk-'),
      `hrk_${'0'.repeat(49)}`,
      ` ${key}`,
      `${key}\n`,
      '',
    ]) {
      expect(isApiKey(wrong)).toBe(false);
    }
  });

  it('is stored as a hash that is always the same, and shown by its beginning', () => {
    const key = newApiKey();
    expect(hashApiKey(key)).toBe(hashApiKey(key));
    expect(hashApiKey(key)).not.toBe(hashApiKey(newApiKey()));
    expect(hashApiKey(key)).toMatch(/^[\w-]{43}$/);
    expect(shownPrefixOf(key)).toBe(key.slice(0, 10));
  });
});
