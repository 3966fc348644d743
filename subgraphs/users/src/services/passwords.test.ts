import { parseOptions, verify } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { createPasswords } from './passwords.ts';

describe('passwords', () => {
  it('are hashed with argon2id at the cost that OWASP recommends', async () => {
    const passwords = createPasswords();
    const stored = await passwords.hash('correct horse battery');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.matches(stored, 'correct horse battery')).toBe(true);
    expect(await passwords.matches(stored, 'wrong horse battery')).toBe(false);
  });

  it('cost the same work for an account that does not exist as for a wrong password', async () => {
    const checked: string[] = [];
    const passwords = createPasswords((stored, password) => {
      checked.push(String(stored));
      return verify(stored, password);
    });
    const stored = await passwords.hash('correct horse battery');
    expect(await passwords.matches(null, 'correct horse battery')).toBe(false);
    expect(checked.map((phc) => parseOptions(phc))).toEqual([parseOptions(stored)]);
  });
});
