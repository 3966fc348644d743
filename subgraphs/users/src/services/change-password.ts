import type { UserViewer } from '@hoerok/shared/auth';
import { userUpdated } from '@hoerok/shared/contracts';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import type { User } from '../entities/user.entity.ts';
import { accountRepository } from '../repositories/account-repository.ts';
import { sessionRepository } from '../repositories/session-repository.ts';
import { signInAttemptRepository } from '../repositories/sign-in-attempt-repository.ts';
import { userRepository } from '../repositories/user-repository.ts';
import type { Grant, OpenSession } from './sessions.ts';
import { type SignInDeps, startAttempt } from './sign-in.ts';
import { announceRevocation, announceUser } from './user-events.ts';
import { changePasswordInput } from './user-input.ts';

/**
 * Gives the viewer another password: every session ends, everywhere at once, and a new one begins here. A wrong current
 * password counts as a sign-in that failed.
 * @throws AppError `BAD_INPUT`; `WRONG_CREDENTIALS`; `TOO_MANY_ATTEMPTS`.
 */
export function createChangePassword(
  deps: SignInDeps,
): (viewer: UserViewer, input: unknown) => Promise<Grant> {
  return async (viewer, input) => {
    const { currentPassword, newPassword } = decodeInput(changePasswordInput, input);
    const accounts = accountRepository(deps.dataSource.manager);
    const account = await accounts.findById(viewer.userId);
    if (account === null) throw wrong();
    await startAttempt(deps, account.email);
    const currentHash = await accounts.passwordHashOf(account.id);
    if (!(await deps.passwords.matches(currentHash, currentPassword))) throw wrong();
    const newHash = await deps.passwords.hash(newPassword);
    const opened = await deps.transact(async (tx) => {
      const user = await accountRepository(tx).findForUpdate(account.id);
      const isCurrent = (await accountRepository(tx).passwordHashOf(account.id)) === currentHash;
      if (user === null || !user.active || !isCurrent) return null;
      await accountRepository(tx).changePassword(user.id, newHash);
      await signInAttemptRepository(tx).clear(user.email);
      return await startAnew(tx, user, deps);
    });
    if (opened === null) throw wrong();
    return await deps.sessions.grant(opened.user, opened.session);
  };
}

async function startAnew(
  tx: EntityManager,
  before: User,
  { sessions, clock }: SignInDeps,
): Promise<{ readonly user: User; readonly session: OpenSession }> {
  const now = clock();
  const user: User = { ...before, revision: before.revision + 1 };
  const { id: userId, workspaceId, revision } = user;
  await userRepository(tx, workspaceId).update(user);
  await sessionRepository(tx).revokeAllOf(userId, now);
  await announceRevocation(tx, { workspaceId, userId, sessionId: null, revision }, now);
  await announceUser(tx, userUpdated, { user, actorId: userId });
  return { user, session: await sessions.open(tx, user) };
}

function wrong(): AppError {
  return new AppError('WRONG_CREDENTIALS', 'This is not your password.', {
    logLevel: 'debug',
    extensions: { path: ['currentPassword'] },
  });
}
