import { ROLES, type UserViewer } from '@hoerok/shared/auth';
import { userUpdated } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { decodeInput } from '@hoerok/shared/graphql';
import type { User } from '../entities/user.entity.ts';
import { userRepository } from '../repositories/user-repository.ts';
import { requireActor } from './actor.ts';
import { announceUser } from './user-events.ts';
import { updateProfileInput } from './user-input.ts';

/**
 * Changes the viewer's own profile; what is left out stays, and null empties what may be empty.
 * @throws AppError `BAD_INPUT`.
 */
export function createUpdateProfile(deps: {
  readonly transact: Transact;
}): (viewer: UserViewer, input: unknown) => Promise<User> {
  return async (viewer, input) => {
    const { avatarUrl, title, department, ...rest } = decodeInput(updateProfileInput, input);
    return await deps.transact(async (tx) => {
      const current = await requireActor(tx, viewer, ROLES);
      const changed: User = {
        ...current,
        avatarUrl: avatarUrl === undefined ? current.avatarUrl : avatarUrl,
        title: title === undefined ? current.title : title,
        department: department === undefined ? current.department : department,
        name: rest.name ?? current.name,
        locale: rest.locale ?? current.locale,
        timeZone: rest.timeZone ?? current.timeZone,
        aliases: rest.aliases ?? current.aliases,
        revision: current.revision + 1,
      };
      await userRepository(tx, viewer.workspaceId).update(changed);
      await announceUser(tx, userUpdated, { user: changed, actorId: viewer.userId });
      return changed;
    });
  };
}
