import { userCreated } from '@hoerok/shared/contracts';
import { AppError } from '@hoerok/shared/errors';
import type { EntityManager } from 'typeorm';
import type { User } from '../entities/user.entity.ts';
import { accountRepository } from '../repositories/account-repository.ts';
import { userRepository } from '../repositories/user-repository.ts';
import { announceUser } from './user-events.ts';

/** What a new account consists of. */
export interface NewUser
  extends Pick<
    User,
    'id' | 'workspaceId' | 'email' | 'name' | 'role' | 'locale' | 'timeZone' | 'aliases' | 'createdAt'
  > {
  /** Null for a guest who comes in by a link and has none. */
  readonly passwordHash: string | null;
}

/**
 * Adds an account inside `tx` and tells of it.
 * @throws AppError `CONFLICT` when the e-mail has an account, in whichever workspace.
 */
export async function addUser(
  tx: EntityManager,
  account: NewUser,
  actorId: string = account.id,
): Promise<User> {
  const { passwordHash, ...given } = account;
  const user: User = {
    ...given,
    avatarUrl: null,
    title: null,
    department: null,
    active: true,
    revision: 1,
  };
  if (!(await userRepository(tx, user.workspaceId).insert(user))) throw emailTaken();
  if (passwordHash !== null) await accountRepository(tx).storePassword(user.id, passwordHash);
  await announceUser(tx, userCreated, { user, actorId });
  return user;
}

/** The e-mail address has an account already. */
export function emailTaken(): AppError {
  return new AppError('CONFLICT', 'This e-mail address has an account already.', {
    logLevel: 'debug',
    extensions: { path: ['email'] },
  });
}
