import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { DataSource, EntityManager } from 'typeorm';
import { ATTEMPT_WINDOW_MS, nextAttemptAt } from '../domain/attempts.ts';
import { accountRepository } from '../repositories/account-repository.ts';
import { signInAttemptRepository } from '../repositories/sign-in-attempt-repository.ts';
import type { Passwords } from './passwords.ts';
import type { Grant, Sessions } from './sessions.ts';
import { signInInput } from './user-input.ts';

/** What {@link createSignIn} needs. */
export interface SignInDeps {
  readonly transact: Transact;
  readonly dataSource: DataSource;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly clock: () => Date;
}

/**
 * Signs in with e-mail and password. An unknown address, a wrong password and a deactivated account take the same time
 * and give the same answer.
 * @throws AppError `BAD_INPUT`; `WRONG_CREDENTIALS`; `TOO_MANY_ATTEMPTS` after 10 failures of the address within 15
 * minutes, whatever the password.
 */
export function createSignIn(deps: SignInDeps): (input: unknown) => Promise<Grant> {
  return async (input) => {
    const { email, password } = decodeInput(signInInput, input);
    await startAttempt(deps, email);
    const accounts = accountRepository(deps.dataSource.manager);
    const account = await accounts.findByEmail(email);
    // Asked for nobody, too: the same two queries for every address.
    const passwordHash = await accounts.passwordHashOf(account?.id ?? '');
    const correct = await deps.passwords.matches(passwordHash, password);
    if (account === null || !correct) throw wrong();
    const opened = await deps.transact(async (tx) => {
      const user = await accountRepository(tx).findForUpdate(account.id);
      // Changed while we looked at it: who knows the old password does not get in any more.
      const isCurrent = (await accountRepository(tx).passwordHashOf(account.id)) === passwordHash;
      if (user === null || !user.active || !isCurrent) return null;
      await signInAttemptRepository(tx).clear(email);
      return { user, session: await deps.sessions.open(tx, user) };
    });
    if (opened === null) throw wrong();
    return await deps.sessions.grant(opened.user, opened.session);
  };
}

/**
 * Counts a try of the address's password, before the password is looked at.
 * @throws AppError `TOO_MANY_ATTEMPTS`.
 */
export async function startAttempt(
  { transact, clock }: Pick<SignInDeps, 'transact' | 'clock'>,
  email: string,
): Promise<void> {
  const waitUntil = await transact((tx) => countAttempt(tx, email, clock()));
  if (waitUntil !== null) throw tooMany(waitUntil);
}

/**
 * Counts the attempt before the password is looked at and forgets it when it succeeds: a thousand guesses sent at once
 * count as a thousand. Answers when to come back if there are too many.
 */
async function countAttempt(tx: EntityManager, email: string, now: Date): Promise<Date | null> {
  const attempts = signInAttemptRepository(tx);
  await attempts.lock(email);
  const waitUntil = nextAttemptAt(await attempts.timesOf(email), now);
  if (waitUntil === null) await attempts.add(email, now);
  await attempts.dropBefore(new Date(now.getTime() - ATTEMPT_WINDOW_MS));
  return waitUntil;
}

function wrong(): AppError {
  return new AppError('WRONG_CREDENTIALS', 'E-mail and password do not belong together.', {
    logLevel: 'debug',
  });
}

function tooMany(waitUntil: Date): AppError {
  const until = waitUntil.toISOString();
  return new AppError(
    'TOO_MANY_ATTEMPTS',
    `Too many sign-ins failed for this e-mail; try again at ${until}.`,
    {
      logLevel: 'info',
      extensions: { path: ['email'] },
    },
  );
}
