import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { userUpdated } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { requireAdminLeft, type Standing } from '../domain/last-admin.ts';
import type { User } from '../entities/user.entity.ts';
import { invitationRepository } from '../repositories/invitation-repository.ts';
import { sessionRepository } from '../repositories/session-repository.ts';
import { userRepository } from '../repositories/user-repository.ts';
import { workspaceRepository } from '../repositories/workspace-repository.ts';
import { requireActor } from './actor.ts';
import { addUser } from './add-user.ts';
import type { Passwords } from './passwords.ts';
import { announceRevocation, announceUser } from './user-events.ts';
import { createUserInput, setRoleInput } from './user-input.ts';

/** What an ADMIN does with the people of its workspace. Each throws `FORBIDDEN` for everybody else. */
export interface Members {
  /** @throws AppError `BAD_INPUT`; `CONFLICT` when the e-mail has an account. */
  readonly create: (viewer: UserViewer, input: unknown) => Promise<User>;
  /** @throws AppError `NOT_FOUND`; `CONFLICT` for the last ADMIN. */
  readonly setRole: (viewer: UserViewer, input: unknown) => Promise<User>;
  /** Ends the sessions of the account, too. @throws AppError `NOT_FOUND`; `CONFLICT` for the last ADMIN. */
  readonly deactivate: (viewer: UserViewer, userId: string) => Promise<User>;
}

/** What {@link createMembers} needs. */
export interface MemberDeps {
  readonly transact: Transact;
  readonly passwords: Passwords;
  readonly clock: () => Date;
}

/** Builds {@link Members}. */
export function createMembers(deps: MemberDeps): Members {
  return {
    create: (viewer, input) => createUser(deps, viewer, input),
    setRole: (viewer, input) => {
      const { userId, role } = decodeInput(setRoleInput, input);
      return changeStanding(deps, viewer, { userId, standing: { role } });
    },
    deactivate: (viewer, userId) => changeStanding(deps, viewer, { userId, standing: { active: false } }),
  };
}

async function createUser(deps: MemberDeps, viewer: UserViewer, input: unknown): Promise<User> {
  const wanted = decodeInput(createUserInput, input);
  const passwordHash = await deps.passwords.hash(wanted.password);
  return await deps.transact(async (tx) => {
    const actor = await requireActor(tx, viewer, ['ADMIN']);
    const account = {
      id: randomUUIDv7(),
      workspaceId: viewer.workspaceId,
      email: wanted.email,
      name: wanted.name,
      role: wanted.role ?? ('MEMBER' as const),
      locale: wanted.locale ?? actor.locale,
      timeZone: wanted.timeZone ?? actor.timeZone,
      aliases: wanted.aliases ?? [],
      createdAt: deps.clock(),
      passwordHash,
    };
    return await addUser(tx, account, actor.id);
  });
}

async function changeStanding(
  deps: MemberDeps,
  viewer: UserViewer,
  change: { readonly userId: string; readonly standing: Partial<Standing> },
): Promise<User> {
  return await deps.transact(async (tx) => {
    // Before the actor is read: two ADMINs who demote each other at once must not both succeed.
    await workspaceRepository(tx).lock(viewer.workspaceId);
    const actor = await requireActor(tx, viewer, ['ADMIN']);
    const users = userRepository(tx, viewer.workspaceId);
    const before = await users.findForUpdate(change.userId);
    if (before === null) throw notFound();
    const after: User = { ...before, ...change.standing, revision: before.revision + 1 };
    if (after.role === before.role && after.active === before.active) return before;
    requireAdminLeft({ before, after, adminCount: await users.countAdmins() });
    await users.update(after);
    await withdraw(tx, after, deps.clock());
    await announceUser(tx, userUpdated, { user: after, actorId: actor.id });
    return after;
  });
}

/**
 * Takes back what a person holds that no longer fits: open invitations and access tokens in any case, sessions once it is
 * not active.
 */
async function withdraw(tx: EntityManager, user: User, now: Date): Promise<void> {
  const { id: userId, workspaceId, revision } = user;
  await invitationRepository(tx).withdrawAllOf(userId);
  await announceRevocation(tx, { workspaceId, userId, sessionId: null, revision }, now);
  if (!user.active) await sessionRepository(tx).revokeAllOf(user.id, now);
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such user in your workspace.', {
    logLevel: 'debug',
    extensions: { path: ['userId'] },
  });
}
