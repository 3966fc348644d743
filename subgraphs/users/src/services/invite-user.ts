import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { acrossWorkspaces, type Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { Invitation } from '../entities/invitation.entity.ts';
import { accountRepository } from '../repositories/account-repository.ts';
import { invitationRepository } from '../repositories/invitation-repository.ts';
import { requireActor } from './actor.ts';
import { emailTaken } from './add-user.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { inviteInput } from './user-input.ts';

const LIFE_MS = 7 * 24 * 3_600_000;

/** An invitation and the only copy of its token. */
export interface Invited {
  readonly invitation: Invitation;
  readonly token: string;
}

/**
 * Invites an address to the viewer's workspace for 7 days, in the place of an open invitation of the same address.
 * @throws AppError `BAD_INPUT`; `FORBIDDEN` for MEMBER and GUEST, and for a MANAGER who invites an ADMIN; `CONFLICT` when
 * the address has an account.
 */
export function createInviteUser(deps: {
  readonly transact: Transact;
  readonly clock: () => Date;
}): (viewer: UserViewer, input: unknown) => Promise<Invited> {
  return async (viewer, input) => {
    const { email, role, name } = decodeInput(inviteInput, input);
    const token = newSecret();
    const createdAt = deps.clock();
    const invitation: Invitation = {
      id: randomUUIDv7(),
      workspaceId: viewer.workspaceId,
      email,
      role,
      name: name ?? null,
      tokenHash: hashSecret(token),
      invitedById: viewer.userId,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + LIFE_MS),
      acceptedAt: null,
    };
    await deps.transact(async (tx) => {
      const actor = await requireActor(tx, viewer, ['ADMIN', 'MANAGER']);
      if (role === 'ADMIN' && actor.role !== 'ADMIN') {
        throw new AppError('FORBIDDEN', 'Only an ADMIN may invite an ADMIN.', {
          logLevel: 'debug',
          extensions: { path: ['role'] },
        });
      }
      // An address has one account, in whichever workspace.
      const known = await acrossWorkspaces(() => accountRepository(tx).findByEmail(email));
      if (known !== null) throw emailTaken();
      await invitationRepository(tx).replace(invitation);
    });
    return { invitation, token };
  };
}
