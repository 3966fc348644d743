import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyedHash } from './keyed-hash.ts';

describe('createKeyedHash', () => {
  it.each([
    ['an empty key', ''],
    ['a short key', 'key'],
    ['a key of one block', 'k'.repeat(64)],
    ['a key longer than a block', 'k'.repeat(65)],
    ['a key beyond ASCII', '열쇠'],
  ])('is HMAC-SHA-256 under %s', (_, key) => {
    const keyed = createKeyedHash(key);
    for (const text of ['', 'event-id\nevt.x\nw1', '회의록'.repeat(100)])
      expect(keyed(text).toString('hex')).toBe(createHmac('sha256', key).update(text).digest('hex'));
  });
});
