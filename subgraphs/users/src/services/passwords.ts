import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** The second recommended setting of OWASP's Password Storage Cheat Sheet; the algorithm defaults to argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes and checks passwords. */
export interface Passwords {
  /** argon2id in PHC format, with a salt of its own. */
  readonly hash: (password: string) => Promise<string>;
  /** False for `null`, the hash of nobody, after the same work as for a wrong password. */
  readonly matches: (passwordHash: string | null, password: string) => Promise<boolean>;
}

/** Builds {@link Passwords}; `check` stands in for argon2's own in tests. */
export function createPasswords(check: typeof verify = verify): Passwords {
  // Computed at the first need of it and kept: its password is known to nobody.
  let nobodys: Promise<string> | undefined;
  return {
    hash: (password) => hash(password, COST),
    matches: async (passwordHash, password) => {
      nobodys ??= hash(randomBytes(32), COST);
      const matches = await check(passwordHash ?? (await nobodys), password);
      return matches && passwordHash !== null;
    },
  };
}
