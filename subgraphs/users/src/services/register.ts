import { randomUUIDv7 } from 'node:crypto';
import type { Role } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { invitationRepository } from '../repositories/invitation-repository.ts';
import { workspaceRepository } from '../repositories/workspace-repository.ts';
import { addUser } from './add-user.ts';
import type { Passwords } from './passwords.ts';
import { hashSecret } from './secrets.ts';
import type { Grant, Sessions } from './sessions.ts';
import { registerInput } from './user-input.ts';

type Input = z.output<typeof registerInput>;

/** Where a new account comes in. */
interface Entrance {
  readonly workspaceId: string;
  readonly email: string;
  readonly role: Role;
}

/** What {@link createRegister} needs. */
export interface RegisterDeps {
  readonly transact: Transact;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly clock: () => Date;
}

/**
 * Makes a workspace with its ADMIN, or an account in the workspace of an invitation, and signs in.
 * @throws AppError `BAD_INPUT`; `CONFLICT` when the e-mail has an account; `NOT_FOUND` when the invitation is unknown,
 * used or over.
 */
export function createRegister(deps: RegisterDeps): (input: unknown) => Promise<Grant> {
  return async (input) => {
    const wanted = decodeInput(registerInput, input);
    const passwordHash = await deps.passwords.hash(wanted.password);
    const now = deps.clock();
    const { user, session } = await deps.transact(async (tx) => {
      const { invitationToken } = wanted;
      const entrance =
        invitationToken == null
          ? await foundWorkspace(tx, wanted, now)
          : await acceptInvitation(tx, { invitationToken, email: wanted.email ?? null, now });
      const created = await addUser(tx, {
        ...entrance,
        id: randomUUIDv7(),
        name: wanted.name,
        locale: wanted.locale ?? 'en',
        timeZone: wanted.timeZone ?? 'UTC',
        aliases: [],
        createdAt: now,
        passwordHash,
      });
      return { user: created, session: await deps.sessions.open(tx, created) };
    });
    return await deps.sessions.grant(user, session);
  };
}

async function foundWorkspace(tx: EntityManager, wanted: Input, now: Date): Promise<Entrance> {
  const id = randomUUIDv7();
  await workspaceRepository(tx).insert({ id, name: wanted.workspaceName ?? wanted.name, createdAt: now });
  return { workspaceId: id, email: wanted.email ?? '', role: 'ADMIN' };
}

async function acceptInvitation(
  tx: EntityManager,
  claim: { readonly invitationToken: string; readonly email: string | null; readonly now: Date },
): Promise<Entrance> {
  const invitations = invitationRepository(tx);
  const invitation = await invitations.findOpen(hashSecret(claim.invitationToken), claim.now);
  if (invitation === null) {
    throw new AppError(
      'NOT_FOUND',
      'There is no such invitation, or it was used or is over; ask for a new one.',
      {
        logLevel: 'debug',
        extensions: { path: ['invitationToken'] },
      },
    );
  }
  const { id, workspaceId, email, role } = invitation;
  if (claim.email !== null && claim.email !== email) {
    throw new AppError('BAD_INPUT', 'email: is not the invited address; leave it out.', {
      logLevel: 'debug',
      extensions: { path: ['email'] },
    });
  }
  await invitations.accept(id, claim.now);
  return { workspaceId, email, role };
}
