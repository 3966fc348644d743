import type { Role, UserViewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import type { EntityManager } from 'typeorm';
import type { User } from '../entities/user.entity.ts';
import { userRepository } from '../repositories/user-repository.ts';

/**
 * The viewer as its row says, not its token: whoever lost a role or the account rules over nobody any more, though the
 * token lives for some minutes. The row stays locked until the transaction ends, so its role cannot change meanwhile.
 * @throws AppError `UNAUTHENTICATED` when the account is not active, `FORBIDDEN` when its role is none of `roles`.
 */
export async function requireActor(
  tx: EntityManager,
  viewer: UserViewer,
  roles: readonly Role[],
): Promise<User> {
  const actor = await userRepository(tx, viewer.workspaceId).findForUpdate(viewer.userId);
  if (actor === null || !actor.active)
    throw new AppError('UNAUTHENTICATED', 'This account is not active any more.', { logLevel: 'debug' });
  if (!roles.includes(actor.role)) {
    const allowed = new Intl.ListFormat('en', { type: 'disjunction' }).format(roles);
    throw new AppError('FORBIDDEN', `Only ${allowed} may do this.`, { logLevel: 'debug' });
  }
  return actor;
}
