import { randomUUIDv7 } from 'node:crypto';
import { holdName } from '@hoerok/shared/database';
import type { EntityManager } from 'typeorm';
import { SignInAttemptSchema } from '../entities/sign-in-attempt.entity.ts';

/** Sign-ins that failed or are under way, by e-mail. */
export interface SignInAttemptRepository {
  /** Lets one sign-in of this address at a time read and add, until the transaction ends. */
  readonly lock: (email: string) => Promise<void>;
  readonly timesOf: (email: string) => Promise<Date[]>;
  readonly add: (email: string, at: Date) => Promise<void>;
  readonly clear: (email: string) => Promise<void>;
  /** Deletes up to 100 of anybody's from before `at`: the table stays as small as the window. */
  readonly dropBefore: (at: Date) => Promise<void>;
}

/** Binds the queries to a transaction. */
export function signInAttemptRepository(tx: EntityManager): SignInAttemptRepository {
  return {
    lock: async (email) => holdName(tx, email),
    timesOf: async (email) =>
      (await tx.findBy(SignInAttemptSchema, { email })).map(({ attemptedAt }) => attemptedAt),
    add: async (email, attemptedAt) =>
      void (await tx.insert(SignInAttemptSchema, { id: randomUUIDv7(), email, attemptedAt })),
    clear: async (email) => void (await tx.delete(SignInAttemptSchema, { email })),
    dropBefore: async (at) => {
      // SKIP LOCKED: two sign-ins that clean up at once neither wait for nor deadlock with each other.
      await tx.query(
        `DELETE FROM sign_in_attempt WHERE id IN (
           SELECT id FROM sign_in_attempt WHERE attempted_at < $1 ORDER BY attempted_at LIMIT 100 FOR UPDATE SKIP LOCKED)`,
        [at],
      );
    },
  };
}
