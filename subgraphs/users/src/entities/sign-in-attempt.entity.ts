import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `sign_in_attempt`: a sign-in that failed, or has not succeeded yet. */
export interface SignInAttempt {
  readonly id: string;
  /** As tried, in lower case; there need not be such an account. */
  readonly email: string;
  readonly attemptedAt: Date;
}

/** Maps {@link SignInAttempt}. */
export const SignInAttemptSchema = new EntitySchema<SignInAttempt>({
  name: 'SignInAttempt',
  tableName: 'sign_in_attempt',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'sign_in_attempt_pkey' },
    email: { type: 'text' },
    attemptedAt: { type: 'timestamptz', name: 'attempted_at' },
  } satisfies Columns<SignInAttempt>,
  indices: [
    { name: 'sign_in_attempt_by_email', columns: ['email', 'attemptedAt'] },
    { name: 'sign_in_attempt_age', columns: ['attemptedAt'] },
  ],
});
